import type { Recorded } from 'aftercare/kernel';

export type ReadEvent =
  | { readonly ok: true; readonly event: Recorded }
  | { readonly ok: false; readonly reason: string };

const reading = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads the stored bytes of an event that claims to come from `source`. The check of authorship stays even where
 * the bus has permissions: one wrong rule there must not let a department speak for another.
 */
export function readEvent(bytes: Uint8Array, source: string): ReadEvent {
  let value: unknown;
  try {
    value = JSON.parse(reading.decode(bytes));
  } catch {
    return { ok: false, reason: 'not readable as JSON in UTF-8' };
  }
  const fault = faultOf(value, source);
  return fault ? { ok: false, reason: fault } : { ok: true, event: value as Recorded };
}

function faultOf(value: unknown, source: string): string | null {
  if (typeof value !== 'object' || value === null) return 'not an event';
  const event = value as Partial<Record<keyof Recorded, unknown>>;
  if (event.log !== source) return `claims another log than ${source}`;
  if (!Number.isSafeInteger(event.index) || (event.index as number) < 0) return 'has no index';
  const texts = [event.id, event.type, event.stream, event.correlationId];
  if (!texts.every(text => typeof text === 'string' && text.length > 0)) return 'lacks a member of the envelope';
  return event.format === 1 ? null : 'is of an unknown format';
}
