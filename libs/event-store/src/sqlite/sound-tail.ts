import type Database from 'better-sqlite3';
import { decode } from '../decode.js';

/** What an unclean end can have harmed lies at the end; reading this many costs a few milliseconds. */
const LAST_EVENTS = 256;

interface Row { readonly idx: number; readonly stream: string; readonly version: number; readonly correlation: string; readonly type: string; readonly bytes: Buffer }
interface Head { readonly log: string; readonly next: number; readonly recordedAt: string }

/**
 * Holds the last events against the head, against each other and against what stands beside their bytes.
 * @throws Error naming the first place that is wrong.
 */
export function requireSoundTail(db: Database.Database, file: string): void {
  const head = db.prepare<[], Head>('SELECT log, next, recorded_at AS recordedAt FROM head').get() as Head;
  const from = Math.max(0, head.next - LAST_EVENTS);
  const rows = db.prepare<[number], Row>('SELECT idx, stream, version, correlation, type, bytes FROM events WHERE idx >= ? ORDER BY idx').all(from);
  const isRecorded = db.prepare<[string, number], number>('SELECT 1 FROM events WHERE stream = ? AND version = ?').pluck();
  const last = rows.at(-1)?.idx ?? -1;
  if (last !== head.next - 1) throw new Error(`${file} is damaged: its head says ${head.next} events, the last index says ${last + 1}`);
  let recordedAt = '';
  for (const [i, row] of rows.entries()) {
    if (row.idx !== from + i) throw new Error(`${file} is damaged: index ${from + i} is missing`);
    const event = recordOf(row, file);
    const matches = event.index === row.idx && event.log === head.log && event.stream === row.stream && event.version === row.version
      && event.correlationId === row.correlation && event.type === row.type;
    if (!matches) throw new Error(`${file} is damaged: what stands beside the bytes of index ${row.idx} is not what they say`);
    if (row.version > 0 && isRecorded.get(row.stream, row.version - 1) === undefined) throw new Error(`${file} is damaged: the stream of index ${row.idx} lacks a version before it`);
    if (event.recordedAt < recordedAt) throw new Error(`${file} is damaged: index ${row.idx} was recorded before the one in front of it`);
    recordedAt = event.recordedAt;
  }
  if (recordedAt > head.recordedAt) throw new Error(`${file} is damaged: its head is older than its last event`);
}

function recordOf({ idx, bytes }: Row, file: string): ReturnType<typeof decode> {
  try {
    return decode(bytes);
  } catch {
    throw new Error(`${file} is damaged: the bytes of index ${idx} are no record`);
  }
}
