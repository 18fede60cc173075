import type { CommandRecord, QuarantineEntry } from '../port.js';
import type { Batch } from './decide-group.js';
import type { CommandRow, QuarantineRow } from './statements.js';

/** Names travel and rest as UTF-8 bytes: text on PostgreSQL cannot hold U+0000. */
export const toName = (text: string): Buffer => Buffer.from(text, 'utf8');
export const fromName = (bytes: Buffer): string => bytes.toString('utf8');

export function commandOf({ id, fingerprint, stream, ...rest }: CommandRow): CommandRecord {
  const { version, firstIndex, nextIndex, recordedAt } = rest;
  return { commandId: fromName(id), fingerprint: fromName(fingerprint), stream: fromName(stream), version, firstIndex, nextIndex, recordedAt };
}

export function entryOf({ source, index, type, reason, bytes, at }: QuarantineRow): QuarantineEntry {
  return { source: fromName(source), index, type: fromName(type), reason: fromName(reason), bytes, at: fromName(at) };
}

/** The driver writes an array member by member with quotes and escapes, which for a hundred events costs as much as writing them. */
const integers = (values: readonly number[]): string => `{${values.join(',')}}`;

/** Names repeat: the events of one request share their stream, and most of them their case. */
function names(values: readonly string[]): string {
  const literals = new Map<string, string>();
  const literal = (name: string): string => {
    const known = literals.get(name) ?? `"\\\\x${Buffer.from(name, 'utf8').toString('hex')}"`;
    literals.set(name, known);
    return known;
  };
  return `{${values.map(literal).join(',')}}`;
}

export interface Written extends Pick<Batch, 'events' | 'commands' | 'next' | 'recordedAt'> {
  readonly from: { readonly next: number };
}

/** Parameters of the statement that writes events, receipts and head. */
export function writeValues({ from, events, commands, next, recordedAt }: Written): unknown[] {
  let start = 1;
  const starts = events.map(({ bytes }) => (start += bytes.length) - bytes.length);
  return [
    from.next, Buffer.concat(events.map(({ bytes }) => bytes)),
    names(events.map(({ stream }) => stream)), integers(events.map(({ version }) => version)), names(events.map(({ correlation }) => correlation)),
    `{${events.map((event) => `"${event.recordedAt.replace(/["\\]/g, '\\$&')}"`).join(',')}}`, integers(starts), integers(events.map(({ bytes }) => bytes.length)),
    ...commandValues(commands), next, recordedAt,
  ];
}

export function commandValues(commands: readonly CommandRecord[]): unknown[] {
  return [
    commands.map(({ commandId }) => toName(commandId)), commands.map(({ fingerprint }) => toName(fingerprint)), commands.map(({ stream }) => toName(stream)),
    commands.map(({ version }) => version), commands.map(({ firstIndex }) => firstIndex), commands.map(({ nextIndex }) => nextIndex),
    commands.map((command) => command.recordedAt),
  ];
}

export function entryValues(entries: readonly QuarantineEntry[]): unknown[] {
  return [
    entries.map(({ source }) => toName(source)), entries.map(({ index }) => index), entries.map(({ type }) => toName(type)),
    entries.map(({ reason }) => toName(reason)), entries.map(({ bytes }) => Buffer.from(bytes)), entries.map(({ at }) => toName(at)),
  ];
}
