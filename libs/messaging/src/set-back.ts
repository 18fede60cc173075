import { createHash } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { EventStore, QuarantineEntry } from 'aftercare/event-store';
import { dropsStreamOf } from './names.js';

const MOST_DROPS = 10_000;

/** An alarm that stays until a person signs for it: an entry in quarantine whose bytes are the fact itself. */
export type Fact = Omit<QuarantineEntry, 'at' | 'type' | 'bytes'> & { readonly fact: Readonly<Record<string, string | number>> };

const logger = new Logger('Alarm');

/**
 * Keeps the fact, unless one of this source is kept already. A fact that a person signed for is not raised again.
 * True when one is there afterwards.
 */
export async function raise(store: EventStore, { fact, ...entry }: Fact, at: string): Promise<boolean> {
  if (await isRaised(store, entry.source)) return true;
  const bytes = bytesOf(fact);
  if (await isSignedFor(store, entry.source, { bytes, index: entry.index })) return false;
  await store.quarantine({ ...entry, type: 'alarm', bytes, at });
  logger.error(`ALARM ${entry.reason}; kept in quarantine as ${entry.source} ${entry.index} until it is dropped with a signature`);
  return true;
}

export async function isRaised(store: EventStore, source: string): Promise<boolean> {
  return (await store.quarantined()).some(entry => entry.source === source);
}

/** True when somebody signed for exactly these bytes; with an index, for them at this place or a lower one. */
export async function isSignedFor(store: EventStore, source: string, { bytes, index }: { readonly bytes: Uint8Array; readonly index: number }): Promise<boolean> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return (await store.readStream(dropsStreamOf(source), 0, MOST_DROPS)).some(({ event }) => {
    const dropped = event.data as { readonly sha256?: string; readonly index?: number };
    return dropped.sha256 === sha256 && (dropped.index ?? 0) <= index;
  });
}

export function bytesOf(fact: Fact['fact']): Uint8Array {
  return Buffer.from(JSON.stringify(fact));
}
