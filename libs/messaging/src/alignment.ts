import { Logger } from '@nestjs/common';
import type { EventStore } from 'aftercare/event-store';
import type { JetStreamManager } from '@nats-io/jetstream';
import { indexAt, sequenceOf, streamNameOf } from './names.js';
import { provisionStream } from './provision.js';

/** What the stream really holds: the next index it needs, and which incarnation of the stream said so. */
export interface Alignment {
  readonly next: number;
  readonly created: string;
}

const logger = new Logger('Relay');

/**
 * Asks the stream itself where to go on. A position remembered by the relay would be wrong as soon as the bus loses
 * acknowledged messages, is restored or replaced. A stream whose end is not the same as in the log holds another
 * history; being a copy, it is thrown away and made again from the log.
 *
 * The last `depth` messages are compared, which must be as many as are published at once: when a stranger's message
 * takes the place of one of them, the server refuses that one but finds the fences of the following ones satisfied,
 * so the very last message alone would look right.
 */
export async function alignWithStream(manager: JetStreamManager, store: EventStore, depth: number): Promise<Alignment> {
  const info = await provisionStream(manager, store.log);
  const last = info.state.last_seq;
  if (last === 0) return { next: 0, created: info.created };
  if (await endsLikeTheLog(manager, store, Math.max(1, last - depth + 1), last)) {
    return { next: indexAt(last) + 1, created: info.created };
  }
  logger.warn(`stream ${info.config.name} holds another history before sequence ${last}: `
    + 'deleting it and publishing the whole log again');
  await manager.streams.delete(info.config.name);
  const fresh = await provisionStream(manager, store.log);
  return { next: 0, created: fresh.created };
}

/** True while the stream is the one we aligned with and ends where we left it. */
export async function isStillAligned(manager: JetStreamManager, log: string, alignment: Alignment): Promise<boolean> {
  const info = await manager.streams.info(streamNameOf(log));
  return info.created === alignment.created && indexAt(info.state.last_seq) + 1 === alignment.next;
}

async function endsLikeTheLog(manager: JetStreamManager, store: EventStore, first: number, last: number): Promise<boolean> {
  const ours = await store.readLog(indexAt(first), last - first + 1);
  if (ours.length !== last - first + 1) return false;
  const same = await Promise.all(ours.map(async ({ index, bytes }) => {
    const theirs = await manager.streams.getMessage(streamNameOf(store.log), { seq: sequenceOf(index) });
    return theirs !== null && Buffer.from(theirs.data).equals(bytes);
  }));
  return same.every(Boolean);
}
