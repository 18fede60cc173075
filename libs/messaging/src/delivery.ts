/** One handing-over of a message; the part of a JetStream message that the inbox needs. */
export interface Delivery {
  readonly seq: number;
  readonly data: Uint8Array;
  /** Why the carrier does not believe that the source published it; absent for what it vouches for. */
  readonly fault?: string;
  ack(): void;
  nak(millis?: number): void;
  working(): void;
}
