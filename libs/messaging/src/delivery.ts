/** One handing-over of a message; the part of a JetStream message that the inbox needs. */
export interface Delivery {
  readonly seq: number;
  readonly data: Uint8Array;
  ack(): void;
  nak(millis?: number): void;
  working(): void;
}
