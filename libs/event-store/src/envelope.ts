import { CanonicalBytes } from './canonical-bytes.js';
import { writeCanonical } from './canonical.js';
import type { EventToAppend } from './port.js';

/**
 * An event written out except for the three values that only the log can give. Everything that can be refused has been
 * checked, and later changes by the caller cannot reach it.
 */
export interface PreparedEvent {
  readonly type: string;
  readonly correlationId: string;
  /** Where the record begins in the block, behind room for the digits of its index. */
  readonly start: number;
  /** Where in the block the values belong. */
  readonly indexAt: number;
  readonly recordedAtAt: number;
  readonly versionAt: number;
}

/** Digits of 2^53-1. */
const LONGEST_INTEGER = 16;
const RECORDED_AT_LENGTH = '2026-03-02T01:30:00.000Z'.length;

/** All events of one request in one piece of memory, because a piece for each costs as much as writing it. */
export interface PreparedEvents {
  readonly block: Buffer;
  readonly each: readonly PreparedEvent[];
}

/** Taken while in use, so that a getter which appends cannot write into the middle of another event. */
let spare: CanonicalBytes | null = null;

/** @throws NotCanonical */
export function prepareEvents(events: readonly EventToAppend[], log: string, stream: string): PreparedEvents {
  const out = spare ?? new CanonicalBytes();
  spare = null;
  out.clear();
  const each = events.map((event) => writeEvent(out, event, log, stream));
  const block = out.copy();
  if (out.reusable) spare = out;
  return { block, each };
}

/**
 * The members of the record in their RFC 8785 order, which a test holds against an independent serialiser. Members of
 * `event` that the envelope does not name are not part of the record.
 */
function writeEvent(out: CanonicalBytes, event: EventToAppend, log: string, stream: string): PreparedEvent {
  const { type, correlationId } = event;
  out.room(LONGEST_INTEGER);
  const start = out.length;
  member(out, '{"actor":', event.actor, 'actor');
  // Absent and not null where there is none, so that records of before it was known have the bytes they had.
  if ((event.adoption ?? null) !== null) member(out, ',"adoption":', event.adoption, 'adoption');
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
  out.room(RECORDED_AT_LENGTH);
  member(out, '","schema":', event.schema, 'schema');
  member(out, ',"signature":', event.signature, 'signature');
  member(out, ',"stream":', stream, 'stream');
  member(out, ',"type":', type, 'type');
  out.plain(',"version":');
  const versionAt = out.length;
  out.room(LONGEST_INTEGER + 1);
  return { type, correlationId, start, indexAt, recordedAtAt, versionAt };
}

/**
 * The record: UTF-8 bytes of the canonical form, completed in place by moving what precedes the index to the left by
 * the index's digits. Hence only once for each prepared event: a second call would find its own digits there.
 * `recordedAt` must come from `neverBefore`, which vouches for its form.
 * @throws RangeError when it has another length, because what lay in memory before would become part of the record.
 */
export function recordBytes(block: Buffer, { start, indexAt, recordedAtAt, versionAt }: PreparedEvent, index: number, version: number, recordedAt: string): Buffer {
  if (recordedAt.length !== RECORDED_AT_LENGTH) throw new RangeError('recordedAt is not UTC in ISO 8601 with milliseconds');
  const digits = String(index);
  const from = start - digits.length;
  block.copyWithin(from, start, indexAt);
  putAscii(block, indexAt - digits.length, digits);
  putAscii(block, recordedAtAt, recordedAt);
  return block.subarray(from, putAscii(block, versionAt, `${version}}`));
}

function member(out: CanonicalBytes, name: string, value: unknown, at: string): void {
  out.plain(name);
  writeCanonical(out, value, at);
}

function putAscii(bytes: Buffer, from: number, text: string): number {
  for (let i = 0; i < text.length; i += 1) bytes[from + i] = text.charCodeAt(i);
  return from + text.length;
}
