import { Logger } from '@nestjs/common';
import type { EventStore } from 'aftercare/event-store';
import { indexAt, sequenceOf } from './names.js';
import { NotProvisioned, type OwnStream } from './ports.js';
import { mayBeThrownAway, StreamAhead, type Seen } from './stream-ahead.js';

/** What the stream really holds: the next index it needs, and which incarnation of the stream said so. */
export interface Alignment {
  readonly next: number;
  readonly created: string;
}

const LOOKED_AT_ONCE = 8;
const logger = new Logger('Relay');

/**
 * Asks the stream itself where to go on. A position remembered by the relay would be wrong as soon as the bus loses
 * acknowledged messages, is restored or replaced. A stream whose end is not the same as in the log holds another
 * history; being a copy, it is thrown away, and published again from the log when it has been provisioned anew. Not so
 * one that holds events of this log which the log does not hold: then it is the log that has lost something.
 *
 * The last `depth` messages are compared, which must be as many as are published at once: when a stranger's message
 * takes the place of one of them, the server refuses that one but finds the fences of the following ones satisfied,
 * so the very last message alone would look right.
 *
 * A stream that counts messages it no longer holds is no copy either, not even when it holds none to compare: a server
 * that makes a stream anew while it still deletes the one before can lose all of them and keep their number.
 * @throws NotProvisioned while there is no stream; StreamAhead while it holds more than the log.
 */
export async function alignWithStream(stream: OwnStream, store: EventStore, depth: number): Promise<Alignment> {
  const state = await stream.state();
  if (!state) throw new NotProvisioned('stream');
  const { created, lastSequence: last } = state;
  if (last === 0) return { next: 0, created };
  const head = await store.head();
  const first = state.firstSequence ?? 1;
  const shared = Math.min(last, head);
  const found = await compare(stream, store, Math.max(first, shared - depth + 1), shared);
  // Before it is thrown away for what it lost, it was looked at: what is left may be the only witness of a log that was set back.
  if (found === 'same' && last <= head) return first > 1 ? replace(stream, store, created) : { next: indexAt(last) + 1, created };
  const seen = { created, lastSequence: last, head };
  if (found === 'same') return refuseOrReplace(stream, store, seen, await holdsOwnEvents(stream, store.log, Math.max(first, head + 1), Math.min(last, head + depth)));
  return refuseOrReplace(stream, store, seen, found === 'other events' && await haveOneBeginning(stream, store, first));
}

/** True while the stream is the one we aligned with and ends where we left it. */
export async function isStillAligned(stream: OwnStream, alignment: Alignment): Promise<boolean> {
  const state = await stream.state();
  return state !== null && state.created === alignment.created && indexAt(state.lastSequence) + 1 === alignment.next;
}

/**
 * Compares a few messages and answers with the sequence where the next look begins, round and round. Needed because
 * a server can lose messages in the middle and count them still: nats-server 2.9 removes the files of a stream that
 * was made again right after its predecessor of the same name was deleted.
 * @throws NotProvisioned after throwing away a stream that lacks one; StreamAhead when the log lacks some; Error when the
 * stream has to be aligned with anew.
 */
export async function patrol(stream: OwnStream, store: EventStore, from: number): Promise<number> {
  const state = await stream.state();
  if (!state || state.lastSequence === 0) return 1;
  const { created, lastSequence, firstSequence = 1 } = state;
  // Whether what is left is a damaged copy or a witness is decided where all of it is looked at.
  if (firstSequence > 1) throw new Error(`the stream lost what stood before its message ${firstSequence}`);
  const first = from > lastSequence ? 1 : from;
  const last = Math.min(first + LOOKED_AT_ONCE - 1, lastSequence);
  const found = await compare(stream, store, first, last);
  if (found === 'same') return last + 1;
  const seen = { created, lastSequence, head: await store.head() };
  return refuseOrReplace(stream, store, seen, found === 'other events' && await haveOneBeginning(stream, store, 1));
}

/**
 * A copy that is damaged or was written into is worth nothing. One that holds genuine events which the log lacks is the
 * truth that the log has lost, and is kept until a person signed for its end.
 */
async function refuseOrReplace(stream: OwnStream, store: EventStore, seen: Seen, holdsLostEvents: boolean): Promise<never> {
  if (holdsLostEvents && !await mayBeThrownAway(store, seen)) throw new StreamAhead(store.log, seen);
  return replace(stream, store, seen.created);
}

async function replace(stream: OwnStream, store: EventStore, created: string): Promise<never> {
  // An answer about a stream that was replaced meanwhile must not cost the new one its life.
  if ((await stream.state())?.created === created) {
    logger.warn(`the stream of ${store.log} holds another history than the log: deleting it and publishing the whole log again`);
    await stream.remove();
  }
  throw new NotProvisioned('stream');
}

type Comparison = 'same' | 'other events' | 'no copy';

/** 'other events' when what differs are events of this log in their places; damage and strangers' messages are 'no copy'. */
async function compare(stream: OwnStream, store: EventStore, first: number, last: number): Promise<Comparison> {
  const ours = last < first ? [] : await store.readLog(indexAt(first), last - first + 1);
  // A log that is just being read anew proves nothing against its copy.
  if (ours.length !== Math.max(0, last - first + 1)) throw new Error('the log gives fewer events than it counts');
  const found = await Promise.all(ours.map(async ({ index, bytes }): Promise<Comparison> => {
    const theirs = await stream.message(sequenceOf(index));
    if (theirs !== null && Buffer.from(theirs.buffer, theirs.byteOffset, theirs.byteLength).equals(bytes)) return 'same';
    return isEventOf(store.log, index, theirs) ? 'other events' : 'no copy';
  }));
  return (['other events', 'no copy'] as const).find(kind => found.includes(kind)) ?? 'same';
}

/** A log that was set back begins as the stream does; a log of another origin does not. */
async function haveOneBeginning(stream: OwnStream, store: EventStore, first: number): Promise<boolean> {
  return await compare(stream, store, first, first) === 'same';
}

async function holdsOwnEvents(stream: OwnStream, log: string, first: number, last: number): Promise<boolean> {
  const sequences = Array.from({ length: Math.max(0, last - first + 1) }, (_, place) => first + place);
  const are = await Promise.all(sequences.map(async sequence => isEventOf(log, indexAt(sequence), await stream.message(sequence))));
  return are.includes(true);
}

function isEventOf(log: string, index: number, bytes: Uint8Array | null): boolean {
  if (bytes === null) return false;
  try {
    const event = JSON.parse(Buffer.from(bytes).toString('utf8')) as Partial<Record<'log' | 'index', unknown>> | null;
    return event?.log === log && event.index === index;
  } catch {
    return false;
  }
}
