import type { Recorded } from 'aftercare/kernel';

/**
 * The only way from stored bytes to an event. Loading, subscribing, rebuilding and exporting all come through here, so
 * that an upcaster added here is missing nowhere.
 * @throws Error when the bytes are no record of a format this version knows.
 */
export function decode(bytes: Uint8Array): Recorded {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  const event = JSON.parse(text) as Recorded;
  if (event.format !== 1) throw new Error(`Event record has format ${String(event.format)}, this version reads format 1`);
  return event;
}
