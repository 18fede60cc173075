import { CanonicalBytes } from './canonical-bytes.js';
import { writeCanonical } from './canonical.js';
import type { EventToAppend } from './port.js';

/**
 * An event written out except for the three members that only the log can give. Everything that can be refused has been
 * checked, and later changes by the caller cannot reach it.
 */
export interface PreparedEvent {
  readonly type: string;
  readonly correlationId: string;
  /** The record without the values of index, recordedAt and version. */
  readonly written: Buffer;
  /** Where in `written` those of index and recordedAt belong; the version ends the record. */
  readonly indexAt: number;
  readonly recordedAtAt: number;
}

/** Taken while in use, so that a getter which appends cannot write into the middle of another event. */
let spare: CanonicalBytes | null = null;

/**
 * The members of the record in their RFC 8785 order, which a test holds against an independent serialiser. Members of
 * `event` that the envelope does not name are not part of the record.
 * @throws NotCanonical
 */
export function prepareEvent(event: EventToAppend, log: string, stream: string): PreparedEvent {
  const out = spare ?? new CanonicalBytes();
  spare = null;
  out.clear();
  const { type, correlationId } = event;
  member(out, '{"actor":', event.actor, 'actor');
  member(out, ',"causationId":', event.causationId, 'causationId');
  member(out, ',"correlationId":', correlationId, 'correlationId');
  member(out, ',"data":', event.data, 'data');
  member(out, ',"format":1,"id":', event.id, 'id');
  out.plain(',"index":');
  const indexAt = out.length;
  member(out, ',"log":', log, 'log');
  member(out, ',"occurredAt":', event.occurredAt, 'occurredAt');
  member(out, ',"onBehalfOf":', event.onBehalfOf, 'onBehalfOf');
  member(out, ',"personal":', event.personal, 'personal');
  member(out, ',"policy":', event.policy, 'policy');
  member(out, ',"reason":', event.reason, 'reason');
  out.plain(',"recordedAt":"');
  const recordedAtAt = out.length;
  member(out, '","schema":', event.schema, 'schema');
  member(out, ',"signature":', event.signature, 'signature');
  member(out, ',"stream":', stream, 'stream');
  member(out, ',"type":', type, 'type');
  out.plain(',"version":');
  const written = out.copy();
  if (out.reusable) spare = out;
  return { type, correlationId, written, indexAt, recordedAtAt };
}

/** The record: UTF-8 bytes of the canonical form. `recordedAt` must come from `neverBefore`, which vouches for its form. */
export function recordBytes({ written, indexAt, recordedAtAt }: PreparedEvent, index: number, version: number, recordedAt: string): Buffer {
  const indexDigits = String(index);
  const ending = `${version}}`;
  const bytes = Buffer.allocUnsafe(written.length + indexDigits.length + recordedAt.length + ending.length);
  let end = written.copy(bytes, 0, 0, indexAt);
  end = putAscii(bytes, end, indexDigits);
  end += written.copy(bytes, end, indexAt, recordedAtAt);
  end = putAscii(bytes, end, recordedAt);
  end += written.copy(bytes, end, recordedAtAt);
  putAscii(bytes, end, ending);
  return bytes;
}

function member(out: CanonicalBytes, name: string, value: unknown, at: string): void {
  out.plain(name);
  writeCanonical(out, value, at);
}

function putAscii(bytes: Buffer, from: number, text: string): number {
  for (let i = 0; i < text.length; i += 1) bytes[from + i] = text.charCodeAt(i);
  return from + text.length;
}
