import { isUtf8 } from 'node:buffer';
import type { Decode } from 'aftercare/event-store';
import { UnreadableVersion, type Recorded } from 'aftercare/kernel';

export type ReadEvent =
  | { readonly ok: true; readonly event: Recorded }
  /** `recorded` is there when only the version cannot be read: the event is its owner's, and its place is known. */
  | { readonly ok: false; readonly reason: string; readonly recorded?: Recorded };

/** The event as far as its envelope can be relied on. */
export function recordedIn(read: ReadEvent): Recorded | undefined {
  return read.ok ? read.event : read.recorded;
}

/**
 * Reads the stored bytes of an event that claims to come from `source`. The check of authorship stays even where
 * the bus has permissions: one wrong rule there must not let a department speak for another.
 */
export function readEvent(bytes: Uint8Array, source: string, decode: Decode): ReadEvent {
  if (!isUtf8(bytes)) return { ok: false, reason: 'is not UTF-8' };
  let event: unknown;
  try {
    event = decode(bytes);
  } catch (error) {
    if (!(error instanceof UnreadableVersion)) return { ok: false, reason: 'is not JSON or of an unknown format' };
    const stray = faultOf(error.recorded, source);
    return stray ? { ok: false, reason: stray } : { ok: false, reason: error.message, recorded: error.recorded };
  }
  const fault = faultOf(event, source);
  return fault ? { ok: false, reason: fault } : { ok: true, event: event as Recorded };
}

function faultOf(value: unknown, source: string): string | null {
  if (typeof value !== 'object' || value === null) return 'is not an event';
  const event = value as Partial<Record<keyof Recorded, unknown>>;
  if (event.log !== source) return `claims another log than ${source}`;
  if (!Number.isSafeInteger(event.index) || (event.index as number) < 0) return 'has no index';
  if (event.adoption !== undefined && (typeof event.adoption !== 'string' || event.adoption === '')) return 'names its policy version by something that is no name';
  const texts = [event.id, event.type, event.stream, event.correlationId];
  return texts.every(text => typeof text === 'string' && text.length > 0) ? null : 'lacks a member of the envelope';
}
