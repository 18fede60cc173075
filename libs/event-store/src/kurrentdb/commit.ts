import { randomUUID } from 'node:crypto';
import type { CommandRecord, InboxMark, QuarantineEntry } from '../port.js';
import { departureText, standingOf, type Standing } from '../standing.js';
import type { InboxState } from '../transfer.js';
import type { Entry, StreamEntry } from './fenced-stream.js';

/** Type of the entry that ends every commit. No event has it: names of events are single words. */
const NOTE = 'aftercare.commit';

/** Everything of a commit beside its events. It stands behind them, in the same atomic append. */
export interface Note {
  readonly receipts: readonly CommandRecord[];
  readonly marks: readonly InboxMark[];
  readonly quarantined: readonly QuarantineEntry[];
  readonly releases: readonly InboxMark[];
  /** What was dealt with, as another engine left it. */
  readonly positions: readonly InboxState[];
  /** What becomes of the log's standing with this commit, as `standingText` writes it; null for what every append leaves alone. */
  readonly transfer: string | null;
}

/** A commit as the stream holds it. */
export interface Commit {
  readonly events: readonly Uint8Array[];
  readonly note: Note;
  /** Revision of the note. */
  readonly revision: number;
}

export const NOTHING: Note = { receipts: [], marks: [], quarantined: [], releases: [], positions: [], transfer: null };

export function standingText(standing: Standing): string {
  return departureText(standing) ?? (standing.state === 'open' ? 'finished' : 'begun');
}

/** An empty text is that of a log whose standing was never changed. */
export function standingIn(text: string): Standing {
  return standingOf(text !== '' && text !== 'finished', text.startsWith('{') ? text : null);
}

export interface EventToCommit { readonly type: string; readonly bytes: Uint8Array }

export function entriesOf(events: readonly EventToCommit[], note: Note): readonly Entry[] {
  return [
    ...events.map(({ type, bytes }) => ({ id: randomUUID(), type, data: bytes })),
    { id: randomUUID(), type: NOTE, data: Buffer.from(JSON.stringify(note, bytesAsBase64)) },
  ];
}

/** The whole commits at the beginning of `entries`; a commit whose note is not there yet is left for the next read. */
export function commitsIn(entries: readonly StreamEntry[]): readonly Commit[] {
  const commits: Commit[] = [];
  let events: Uint8Array[] = [];
  for (const { type, data, revision } of entries) {
    if (type !== NOTE) {
      events.push(data);
      continue;
    }
    commits.push({ events, note: readNote(data), revision });
    events = [];
  }
  return commits;
}

function bytesAsBase64(this: Record<string, unknown>, key: string, value: unknown): unknown {
  return key === 'bytes' ? Buffer.from(this[key] as Uint8Array).toString('base64') : value;
}

function readNote(data: Uint8Array): Note {
  const note = JSON.parse(Buffer.from(data).toString('utf8')) as Omit<Note, 'quarantined'> & {
    readonly quarantined: readonly (Omit<QuarantineEntry, 'bytes'> & { readonly bytes: string })[];
  };
  return { ...note, quarantined: note.quarantined.map((entry) => ({ ...entry, bytes: Buffer.from(entry.bytes, 'base64') })) };
}
