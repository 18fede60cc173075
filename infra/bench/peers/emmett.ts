import type { SplitEvent } from './contestant.js';

/** The parts of Emmett that both of its stores share and the bench uses. */
export interface EmmettStore {
  appendToStream(stream: string, events: readonly SplitEvent[], options: { readonly expectedStreamVersion: bigint }): Promise<unknown>;
  readStream(stream: string, options: { readonly from: bigint }): Promise<{ readonly events: readonly EmmettMessage[] }>;
  consumer(options: object): EmmettConsumer;
}

export interface EmmettMessage {
  readonly type: string;
  readonly data: unknown;
  readonly metadata: EmmettMetadata;
}

interface EmmettMetadata {
  readonly streamName: string;
  readonly globalPosition: bigint;
  readonly occurredAt: string;
}

export interface EmmettConsumer {
  /** Of the sqlite store. */
  processor(options: object): unknown;
  /** Of the PostgreSQL store. */
  projector(options: object): unknown;
  reactor(options: object): unknown;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export function isConflict(error: unknown): boolean {
  return (error as { errorCode?: number }).errorCode === 412;
}

export function stillBehind({ globalPosition }: EmmettMetadata, last: number | bigint | string): boolean {
  return globalPosition < BigInt(last);
}
