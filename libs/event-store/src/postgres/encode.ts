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

export interface Written extends Pick<Batch, 'events' | 'commands' | 'next' | 'recordedAt'> {
  readonly from: { readonly next: number };
}

/** Parameters of the statement that writes events, receipts and head. */
export function writeValues({ from, events, commands, next, recordedAt }: Written): unknown[] {
  let start = 1;
  const starts = events.map(({ bytes }) => (start += bytes.length) - bytes.length);
  return [
    from.next, Buffer.concat(events.map(({ bytes }) => bytes)),
    events.map(({ stream }) => toName(stream)), events.map(({ version }) => version), events.map(({ correlation }) => toName(correlation)),
    events.map((event) => event.recordedAt), starts, events.map(({ bytes }) => bytes.length),
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
