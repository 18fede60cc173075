import { upcasting, type KnownVersions, type Recorded, type Upcaster } from 'aftercare/kernel';

/** A record as it is stored: its bytes, or where an engine gives them away without a copy, the text that they are in UTF-8. */
export type StoredRecord = Uint8Array | string;

/** From a stored record to the event in its newest version. @throws Error when it is no record of a known format; UnreadableVersion */
export type Decode = (stored: StoredRecord) => Recorded;

/** What a program knows of the events that it may meet in any log. */
export interface ReadableEvents {
  readonly known: KnownVersions;
  /** One for every step from a released version to the next. */
  readonly upcasters: readonly Upcaster[];
}

/**
 * The only way from stored bytes to an event. Loading, subscribing, rebuilding and exporting all come through what this
 * gives, so that an upcaster named here is missing nowhere, and a version that cannot be read is refused everywhere.
 */
export function decodeWith({ known, upcasters }: ReadableEvents): Decode {
  const newest = upcasting(upcasters, known);
  return (stored) => newest(decode(stored));
}

/** As it was recorded, in the version of that time. */
export function decode(stored: StoredRecord): Recorded {
  const text = typeof stored === 'string' ? stored : Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength).toString('utf8');
  const event = JSON.parse(text) as Recorded;
  if (event.format !== 1) throw new Error(`Event record has format ${String(event.format)}, this version reads format 1`);
  return event;
}
