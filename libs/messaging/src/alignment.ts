import { Logger } from '@nestjs/common';
import type { EventStore } from 'aftercare/event-store';
import type { JetStreamManager } from '@nats-io/jetstream';
import { indexAt, streamNameOf } from './names.js';
import { provisionStream } from './provision.js';

/** What the stream really holds: the next index it needs, and which incarnation of the stream said so. */
export interface Alignment {
  readonly next: number;
  readonly created: string;
}

const logger = new Logger('Relay');

/**
 * Asks the stream itself where to go on. A position remembered by the relay would be wrong as soon as the bus loses
 * acknowledged messages, is restored or replaced. A stream whose last message is not our event of that index
 * holds another history; being a copy, it is thrown away and made again from the log.
 */
export async function alignWithStream(manager: JetStreamManager, store: EventStore): Promise<Alignment> {
  const info = await provisionStream(manager, store.log);
  if (info.state.last_seq === 0) return { next: 0, created: info.created };
  if (await holdsOurEvent(manager, store, info.state.last_seq)) {
    return { next: indexAt(info.state.last_seq) + 1, created: info.created };
  }
  logger.warn(`stream ${info.config.name} holds another history at sequence ${info.state.last_seq}: `
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

async function holdsOurEvent(manager: JetStreamManager, store: EventStore, sequence: number): Promise<boolean> {
  const [ours] = await store.readLog(indexAt(sequence), 1);
  if (!ours) return false;
  const theirs = await manager.streams.getMessage(streamNameOf(store.log), { seq: sequence });
  return theirs !== null && Buffer.from(theirs.data).equals(ours.bytes);
}
