import { canonicalJson } from './canonical.js';
import type { EventToAppend } from './port.js';

/**
 * An event written out up to the three members that only the log can give. Everything that can be refused has been
 * checked, and later changes by the caller cannot reach it.
 */
export interface PreparedEvent {
  readonly type: string;
  readonly correlationId: string;
  readonly beforeIndex: string;
  readonly beforeRecordedAt: string;
  readonly beforeVersion: string;
}

/**
 * The members of the record in their RFC 8785 order, which a test holds against an independent serialiser. Members of
 * `event` that the envelope does not name are not part of the record.
 * @throws NotCanonical
 */
export function prepareEvent(event: EventToAppend, log: string, stream: string): PreparedEvent {
  const form = canonicalJson;
  return {
    type: event.type,
    correlationId: event.correlationId,
    beforeIndex: `{"actor":${form(event.actor, 'actor')},"causationId":${form(event.causationId, 'causationId')}`
      + `,"correlationId":${form(event.correlationId, 'correlationId')},"data":${form(event.data, 'data')}`
      + `,"format":1,"id":${form(event.id, 'id')},"index":`,
    beforeRecordedAt: `,"log":${form(log, 'log')},"occurredAt":${form(event.occurredAt, 'occurredAt')}`
      + `,"onBehalfOf":${form(event.onBehalfOf, 'onBehalfOf')},"personal":${form(event.personal, 'personal')}`
      + `,"policy":${form(event.policy, 'policy')},"reason":${form(event.reason, 'reason')},"recordedAt":"`,
    beforeVersion: `","schema":${form(event.schema, 'schema')},"signature":${form(event.signature, 'signature')}`
      + `,"stream":${form(stream, 'stream')},"type":${form(event.type, 'type')},"version":`,
  };
}

/** The record: UTF-8 bytes of the canonical form. `recordedAt` must come from `neverBefore`, which vouches for its form. */
export function recordBytes(event: PreparedEvent, index: number, version: number, recordedAt: string): Buffer {
  return Buffer.from(`${event.beforeIndex}${index}${event.beforeRecordedAt}${recordedAt}${event.beforeVersion}${version}}`, 'utf8');
}
