import type { EventEnvelope, Recorded } from 'aftercare/kernel';
import type { CommandRecord, QuarantineEntry } from './bookkeeping.js';
import type { StoreTransfer } from './transfer.js';

export type { CommandRecord, QuarantineEntry } from './bookkeeping.js';

/** What only the log can give. */
type GivenByTheLog = 'format' | 'log' | 'index' | 'stream' | 'version' | 'recordedAt';

/** An event ready to be recorded: everything but its place and the time of recording. Its `id` is a UUIDv7. */
export type EventToAppend = Omit<EventEnvelope, GivenByTheLog> & { readonly type: string; readonly data: object };

/** One message of another department's log that this append answers. */
export interface InboxMark {
  readonly source: string;
  readonly index: number;
}

export interface AppendRequest {
  readonly stream: string;
  /** Version of the last event the decision was based on; -1 for a stream that does not exist yet. */
  readonly expectedVersion: number;
  /** May be empty: a command that changes nothing is still remembered, so that a repeat is recognised. */
  readonly events: readonly EventToAppend[];
  /** Unique per command in this log, at most 400 characters. */
  readonly commandId: string;
  /** Keyed digest of the command's content; the same id with another fingerprint is refused. */
  readonly fingerprint: string;
  readonly inbox?: InboxMark;
  /** Quarantined message that this command settles: it leaves the quarantine in the same transaction. */
  readonly releases?: InboxMark;
}

export type AppendResult =
  | { readonly outcome: 'appended'; readonly record: CommandRecord }
  | { readonly outcome: 'repeated'; readonly record: CommandRecord }
  | { readonly outcome: 'command-id-reused'; readonly record: CommandRecord }
  | { readonly outcome: 'conflict'; readonly actualVersion: number };

/** A recorded event with the exact bytes of its RFC 8785 form, which are the record. */
export interface StoredEvent {
  readonly index: number;
  readonly bytes: Uint8Array;
  readonly event: Recorded;
}

/**
 * One department's append-only log. Implementations answer `append` only after the data is durable, hand out
 * indexes 0, 1, 2, … and versions 0, 1, 2, … without gaps, and never change a stored byte.
 */
export interface EventStore {
  /** Name of the department. */
  readonly log: string;
  /** Records all events of the request or none. @throws StoreUnavailable when the disk refuses; nothing is then acknowledged. */
  append(request: AppendRequest): Promise<AppendResult>;
  findCommand(commandId: string): Promise<CommandRecord | null>;
  /** Events of a stream from `fromVersion` on, at most `limit`, in version order. */
  readStream(stream: string, fromVersion: number, limit: number): Promise<readonly StoredEvent[]>;
  /** Events of the log from `fromIndex` on, at most `limit`, in index order. */
  readLog(fromIndex: number, limit: number): Promise<readonly StoredEvent[]>;
  /** As `readLog`, without reading what the bytes hold: for those who share the work of decoding among threads. */
  readBytes(fromIndex: number, limit: number): Promise<readonly Uint8Array[]>;
  /** Events of one case in this department, in index order, from `fromIndex` on, at most `limit`. */
  readCorrelation(correlationId: string, fromIndex: number, limit: number): Promise<readonly StoredEvent[]>;
  /** Number of recorded events, which is the next index. */
  head(): Promise<number>;
  /**
   * Number of events recorded at or before the UTC instant, so that what was known then can be read: the log as of the
   * instant is what lies below this index. Recording times never run backwards in one log.
   */
  headAt(instant: string): Promise<number>;
  /** Next index of `source` that this department has not dealt with. */
  inboxPosition(source: string): Promise<number>;
  /** True when this message, or everything up to it, was dealt with. Messages may be marked ahead of a missing one. */
  inboxSeen(mark: InboxMark): Promise<boolean>;
  /** Remembers a message that needed no event. */
  markInbox(mark: InboxMark): Promise<void>;
  quarantine(entry: QuarantineEntry): Promise<void>;
  quarantined(): Promise<readonly QuarantineEntry[]>;
  releaseFromQuarantine(mark: InboxMark): Promise<void>;
  /** Calls `wake` after every commit with the new head; may be called less often than commits happen. Returns the way to stop. */
  subscribe(wake: (head: number) => void): () => void;
  /** Whether appends are taken. Once an engine error has stopped them, only opening the log again can. */
  status(): StoreStatus;
  /** Moving the whole log between engines. */
  transfer(): StoreTransfer;
  /** Finishes what was asked for; afterwards everything rejects with StoreUnavailable. */
  close(): Promise<void>;
}

export interface StoreStatus {
  readonly accepting: boolean;
  /** For operators; names no content. Present when `accepting` is false. */
  readonly reason?: string;
}

/** The log cannot take events now. The caller is told; nothing was acknowledged. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** Content that has no faithful canonical form: a bug or hostile input, refused before anything is written. */
export class NotCanonical extends Error {
  override readonly name = 'NotCanonical';
}
