import { upcasting, type KnownVersions, type Recorded, type Upcaster } from 'aftercare/kernel';

/** From stored bytes to the event in its newest version. @throws Error when the bytes are no record of a known format; UnreadableVersion */
export type Decode = (bytes: Uint8Array) => Recorded;

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
  return (bytes) => newest(decode(bytes));
}

/** As it was recorded, in the version of that time. */
export function decode(bytes: Uint8Array): Recorded {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  const event = JSON.parse(text) as Recorded;
  if (event.format !== 1) throw new Error(`Event record has format ${String(event.format)}, this version reads format 1`);
  return event;
}
