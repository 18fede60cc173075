import type { Client } from 'pg';
import { decode } from '../decode.js';
import { fromName } from './encode.js';
import { ask, readTail, type TailRow } from './statements.js';
import { NotSound } from './trouble.js';

/** What an unclean end can have harmed lies at the end; reading this many costs a few milliseconds. */
const LAST_EVENTS = 256;

/**
 * Holds the last events below `next` against each other and against what stands beside their bytes.
 * @throws NotSound naming the first place that is wrong.
 */
export async function requireSoundTail(client: Client, log: string, next: number): Promise<void> {
  const from = Math.max(0, next - LAST_EVENTS);
  const rows = await ask(client, readTail, from, next);
  if (rows.length !== next - from) throw new NotSound(`The log is damaged: of the events from ${from} to ${next - 1} only ${rows.length} are there`);
  let recordedAt = '';
  for (const row of rows) {
    const event = recordOf(row);
    const matches = event.index === row.idx && event.log === log && event.stream === fromName(row.stream) && event.version === row.version
      && event.correlationId === fromName(row.correlation) && event.recordedAt === row.recordedAt;
    if (!matches) throw new NotSound(`The log is damaged: what stands beside the bytes of index ${row.idx} is not what they say`);
    if (!row.continues) throw new NotSound(`The log is damaged: the stream of index ${row.idx} lacks a version before it`);
    if (row.recordedAt < recordedAt) throw new NotSound(`The log is damaged: index ${row.idx} was recorded before the one in front of it`);
    if (row.recordedAt > row.headRecordedAt) throw new NotSound('The log is damaged: its head is older than its last event');
    recordedAt = row.recordedAt;
  }
}

function recordOf({ idx, bytes }: TailRow): ReturnType<typeof decode> {
  try {
    return decode(bytes);
  } catch {
    throw new NotSound(`The log is damaged: the bytes of index ${idx} are no record`);
  }
}
