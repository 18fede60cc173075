import { createHash } from 'node:crypto';
import type { Recorded } from 'aftercare/kernel';

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const TRACE_DIGITS = 32;
const SPAN_DIGITS = 16;
const ALL_ZERO = /^0*$/;
/** "Sampled": what a trace of these ids leads to is recorded for good. */
const FLAGS = '01';
/** Printable ASCII without the space, the double quote and the percent sign. */
const TO_BE_ENCODED = /[^!#$&-~]/gu;

/**
 * CloudEvents 1.0, binary mode of the NATS binding: the attributes are headers and the stored bytes are the data, so
 * that nothing is written anew on its way. Nothing personal: these are readable by the operator of the bus.
 */
export function cloudEventHeaders(event: Recorded): Readonly<Record<string, string>> {
  return {
    'ce-specversion': '1.0',
    'ce-id': headerText(event.id),
    'ce-source': headerText(`/aftercare/${event.log}`),
    'ce-type': headerText(event.type),
    'ce-subject': headerText(event.stream),
    'ce-time': headerText(event.recordedAt),
    'ce-datacontenttype': 'application/json',
    'ce-dataschema': headerText(`/schemas/${event.log}/${event.type}.v${event.schema}.json`),
    // Readers tell binary mode from structured mode by this one.
    'content-type': 'application/json',
    'traceparent': traceParent(event.correlationId, event.id),
  };
}

/**
 * W3C trace context in which a case is one trace and an event one span. Computed and not drawn, so that an event that
 * is published again, or by another instance, keeps its place in the trace.
 */
export function traceParent(correlationId: string, eventId: string): string {
  return `00-${traceId(correlationId)}-${spanId(eventId)}-${FLAGS}`;
}

/** Percent-encoding as the NATS binding demands it: headers hold printable ASCII only, and names of streams may be Chinese. */
export function headerText(value: string): string {
  return value.replace(TO_BE_ENCODED, (character) =>
    [...Buffer.from(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''));
}

function traceId(correlationId: string): string {
  const digits = UUID.test(correlationId) ? correlationId.replaceAll('-', '').toLowerCase() : '';
  return ALL_ZERO.test(digits) ? hashed(correlationId, TRACE_DIGITS) : digits;
}

/** The last digits of a UUIDv7 are its random ones. */
function spanId(eventId: string): string {
  const digits = UUID.test(eventId) ? eventId.replaceAll('-', '').slice(-SPAN_DIGITS).toLowerCase() : '';
  return ALL_ZERO.test(digits) ? hashed(eventId, SPAN_DIGITS) : digits;
}

/** Readers drop a trace context of zeros only; no text is known whose hash begins with that many. */
function hashed(text: string, digits: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, digits);
}
