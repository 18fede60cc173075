import type { CommandRecord, QuarantineEntry } from './bookkeeping.js';
import type { Departure, Standing } from './standing.js';

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
  /** Replaces what the log knows of these sources. */
  | { readonly kind: 'inbox'; readonly states: readonly InboxState[] }
  /** The whole quarantine: what is not among them was released. */
  | { readonly kind: 'quarantine'; readonly entries: readonly QuarantineEntry[] };

/**
 * Moving a whole log from one engine to another. Between `begin` and `finish` the target cannot be opened for work: with
 * events but not yet all receipts a repeated command would be recorded twice. From `fence` on the source cannot either,
 * for ever once it has left, so that at no moment two logs take events. Every change is durable when answered.
 */
export interface StoreTransfer {
  /** Receipts ordered by the code points of their ids, after `afterId`, at most `limit`. */
  commands(afterId: string | null, limit: number): Promise<readonly CommandRecord[]>;
  /** Ordered by source. */
  inbox(): Promise<readonly InboxState[]>;
  standing(): Promise<Standing>;
  /** Marks an empty log, one whose transfer was interrupted, or one that left, as being filled. @throws Error for a log that was worked on. */
  begin(): Promise<void>;
  /** Receipts and marks may be given again. @throws Error for events that do not continue the log. */
  take(part: TransferPart): Promise<void>;
  /** From now on the log can be opened for work. */
  finish(): Promise<void>;
  /**
   * From now on no instance records anything here. Goes on with a move to the same place, and answers when that began.
   * @throws Error while it is moved to another place, or is not complete itself.
   */
  fence(departure: Departure): Promise<Departure>;
  /** Has gone for good, which only moving it back undoes. `events`: how many were copied. @throws Error when it has more, or the move was given up. */
  leave(departure: Departure, events: number): Promise<void>;
  /** Gives a move up: the log can be opened for work again. @throws Error when it has left. */
  stay(): Promise<void>;
}
