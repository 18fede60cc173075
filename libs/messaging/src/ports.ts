/**
 * The seams between delivery and what carries it. Relay, inbox and catching up know nothing of NATS: they are given
 *
 * - `OwnStreamAccess` / `OwnStream`: the copy of the own log (adapter `nats-own-stream.ts`), used by `Relay`;
 * - `SourceFeed`: the messages of one neighbour (adapter `nats-source-feed.ts`), used by `SourceConsumer`;
 * - `LogOwner`: the neighbour itself, for what the feed did not bring (adapter in `log-range.ts`), used by `CatchUp`;
 * - `EventStore`: the own log and inbox, from `aftercare/event-store`;
 * - `Time` (`time.ts`): all waiting, and the dates that are written down.
 *
 * No other input changes what they do, so a simulation that implements these five runs the very code that serves.
 * Every method may fail by rejecting, at any time and also after its effect came about: that is what buses do.
 */
import type { StoredEvent } from 'aftercare/event-store';
import type { Delivery } from './delivery.js';

/** How things stand with the stream; `created` tells one incarnation from the next. */
export interface OwnStreamState {
  readonly created: string;
  /** Sequence of the newest message, 0 for an empty stream. */
  readonly lastSequence: number;
  /** Sequence of the oldest message; 1 when absent. Larger where messages were lost: the stream is then no copy of its log. */
  readonly firstSequence?: number;
}

/** The stream of the own department, over one connection. */
export interface OwnStream {
  /** Null while nobody has provisioned the stream. */
  state(): Promise<OwnStreamState | null>;
  /** Bytes of the message at the sequence; null when the stream holds none there. */
  message(sequence: number): Promise<Uint8Array | null>;
  /**
   * Puts consecutive events at the sequences of their indexes, each on the condition that the one before it is the
   * stream's last: after a lost or refused one all that follow are refused. One call at a time.
   * @throws Error when one of them was refused or not confirmed; those before it may be there.
   */
  publishFenced(events: readonly StoredEvent[]): Promise<void>;
  /** Throws the stream away. It comes back empty when it is provisioned again. */
  remove(): Promise<void>;
  /** Nothing is called afterwards. */
  leave(): void;
}

export interface OwnStreamAccess {
  isConnected(): boolean;
  /** Waits for a connection; null when stopped first. */
  open(stopped: AbortSignal): Promise<OwnStream | null>;
}

/** Takes what a feed brings. */
export interface FeedTarget {
  /** A new session: what an earlier one brought cannot be acknowledged any more and will be brought again. */
  begin(): void;
  /** The feed showed that it is alive. */
  beat(): void;
  /** The feed waits for the answer before it brings the next message. */
  take(delivery: Delivery): Promise<void>;
}

/** The messages of one source: at least once, mostly in order, never trusted to be all of them. */
export interface SourceFeed {
  /**
   * Brings messages until stopped or the connection ends.
   * @throws NotProvisioned while stream or consumer do not exist; Error when they are lost on the way.
   */
  run(target: FeedTarget, stopped: AbortSignal): Promise<void>;
  /** Sequence of the newest message that the carrier holds for us, handed out or not; null when it cannot be told. */
  newest(): Promise<number | null>;
}

/** Events of a log as its owner gives them, beginning with the index asked for. */
export interface LogRange {
  /** Number of events the owner's log holds. */
  readonly head: number;
  /** Stored bytes of `from`, `from` + 1, …; fewer than asked for when the log ends or the answer would be too large. */
  readonly events: readonly Uint8Array[];
}

export interface LogOwner {
  /** Null when the owner cannot be asked or does not answer in time. */
  ask(range: { readonly from: number; readonly limit: number }): Promise<LogRange | null>;
}

/** What an operator provisions is not there (yet). Services look and wait; they make no stream and no consumer. */
export class NotProvisioned extends Error {
  override readonly name = 'NotProvisioned';

  constructor(readonly what: 'stream' | 'consumer') {
    super(`the ${what} is not provisioned`);
  }
}
