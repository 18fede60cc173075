import type { EventStore } from 'aftercare/event-store';
import { indexAt, streamAheadName } from './names.js';
import { bytesOf, isSignedFor, raise, type Fact } from './set-back.js';

/** What the stream was seen to hold when its log was found to be set back. */
export interface Seen {
  readonly created: string;
  readonly lastSequence: number;
  /** Events in the log at that time. */
  readonly head: number;
}

/**
 * The stream holds events of this log that the log does not hold: the log was set back, or this instance lags behind
 * another one of the same log. The stream may be the only place that still knows them.
 */
export class StreamAhead extends Error {
  override readonly name = 'StreamAhead';

  constructor(readonly log: string, readonly seen: Seen) {
    super(reasonOf(log, seen));
  }
}

/** True when a person signed that this very stream, as long as it is, may be thrown away. */
export async function mayBeThrownAway(store: EventStore, seen: Seen): Promise<boolean> {
  const { source, index, fact } = factOf(store.log, seen);
  return isSignedFor(store, source, { bytes: bytesOf(fact), index });
}

export async function raiseStreamAhead(store: EventStore, { log, seen }: StreamAhead, at: string): Promise<void> {
  await raise(store, factOf(log, seen), at);
}

/** Ends the alarm when the log has caught up with that stream; about a stream that is gone only a person can decide. */
export async function settleStreamAhead(store: EventStore, created: string, next: number): Promise<void> {
  for (const { source, index, bytes } of await store.quarantined()) {
    if (source !== streamAheadName(store.log)) continue;
    const fact = JSON.parse(Buffer.from(bytes).toString('utf8')) as { readonly created?: string; readonly holds?: number };
    if (fact.created === created && (fact.holds ?? Infinity) <= next) await store.releaseFromQuarantine({ source, index });
  }
}

function factOf(log: string, { created, lastSequence, head }: Seen): Fact {
  return {
    source: streamAheadName(log), index: indexAt(lastSequence), reason: reasonOf(log, { created, lastSequence, head }),
    fact: { created, holds: lastSequence, log },
  };
}

function reasonOf(log: string, { lastSequence, head }: Seen): string {
  return `the stream of ${log} holds ${lastSequence} events, some of which are not in the log of ${head}: it was set back, or this instance lags behind another`
    + '; restore the newer log, or sign that they are lost';
}
