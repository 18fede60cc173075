import type { CommandRecord, QuarantineEntry } from './port.js';

/** How far one source log was dealt with, and what was dealt with beyond a missing message. */
export interface InboxState {
  readonly source: string;
  readonly next: number;
  /** Ascending, all greater than `next`. */
  readonly ahead: readonly number[];
}

/** A piece of a log on its way to another engine. */
export type TransferPart =
  /** Stored bytes that continue the log without a gap; taken as they are. */
  | { readonly kind: 'events'; readonly events: readonly Uint8Array[] }
  | { readonly kind: 'commands'; readonly commands: readonly CommandRecord[] }
  | { readonly kind: 'inbox'; readonly states: readonly InboxState[] }
  | { readonly kind: 'quarantine'; readonly entries: readonly QuarantineEntry[] };

/**
 * Moving a whole log from one engine to another. Between `begin` and `finish` the log cannot be opened for work: with
 * events but not yet all receipts a repeated command would be recorded twice.
 */
export interface StoreTransfer {
  /** Receipts ordered by the code points of their ids, after `afterId`, at most `limit`. */
  commands(afterId: string | null, limit: number): Promise<readonly CommandRecord[]>;
  /** Ordered by source. */
  inbox(): Promise<readonly InboxState[]>;
  /** Marks an empty log, or one whose transfer was interrupted, as being filled. @throws Error for a log that was worked on. */
  begin(): Promise<void>;
  /** Durable when answered. Receipts and marks may be given again. @throws Error for events that do not continue the log. */
  take(part: TransferPart): Promise<void>;
  /** From now on the log can be opened for work. */
  finish(): Promise<void>;
}

/** The log holds a transfer that began and did not finish: it is filled on by the same transfer, or thrown away. */
export class TransferUnfinished extends Error {
  override readonly name = 'TransferUnfinished';
}
