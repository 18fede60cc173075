import { Logger } from '@nestjs/common';
import type { EventStore } from 'aftercare/event-store';
import { indexAt, sequenceOf } from './names.js';
import { NotProvisioned, type OwnStream } from './ports.js';

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
 * history; being a copy, it is thrown away, and published again from the log when it has been provisioned anew.
 *
 * The last `depth` messages are compared, which must be as many as are published at once: when a stranger's message
 * takes the place of one of them, the server refuses that one but finds the fences of the following ones satisfied,
 * so the very last message alone would look right.
 * @throws NotProvisioned while there is no stream.
 */
export async function alignWithStream(stream: OwnStream, store: EventStore, depth: number): Promise<Alignment> {
  const state = await stream.state();
  if (!state) throw new NotProvisioned('stream');
  const { created, lastSequence: last } = state;
  if (last === 0) return { next: 0, created };
  if (await isLikeTheLog(stream, store, Math.max(state.firstSequence ?? 1, last - depth + 1), last)) return { next: indexAt(last) + 1, created };
  return replace(stream, store, created);
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
 * @throws NotProvisioned after throwing away a stream that lacks one.
 */
export async function patrol(stream: OwnStream, store: EventStore, from: number): Promise<number> {
  const state = await stream.state();
  if (!state || state.lastSequence === 0) return 1;
  const first = Math.max(from, state.firstSequence ?? 1);
  if (first > state.lastSequence) return 1;
  const last = Math.min(first + LOOKED_AT_ONCE - 1, state.lastSequence);
  return await isLikeTheLog(stream, store, first, last) ? last + 1 : replace(stream, store, state.created);
}

async function replace(stream: OwnStream, store: EventStore, created: string): Promise<never> {
  // An answer about a stream that was replaced meanwhile must not cost the new one its life.
  if ((await stream.state())?.created === created) {
    logger.warn(`the stream of ${store.log} holds another history than the log: deleting it and publishing the whole log again`);
    await stream.remove();
  }
  throw new NotProvisioned('stream');
}

async function isLikeTheLog(stream: OwnStream, store: EventStore, first: number, last: number): Promise<boolean> {
  const ours = await store.readLog(indexAt(first), last - first + 1);
  if (ours.length !== last - first + 1) return false;
  const same = await Promise.all(ours.map(async ({ index, bytes }) => {
    const theirs = await stream.message(sequenceOf(index));
    return theirs !== null && Buffer.from(theirs.buffer, theirs.byteOffset, theirs.byteLength).equals(bytes);
  }));
  return same.every(Boolean);
}
