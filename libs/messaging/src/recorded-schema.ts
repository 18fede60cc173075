import { decode } from 'aftercare/event-store';

/** The end of a record in its RFC 8785 form, from its schema on. A stream may hold any text, in which quotes are escaped. */
const ENDING = /,"schema":(\d+),"signature":(?:null|"(?:[^"\\]|\\.)*"),"stream":"(?:[^"\\]|\\.)*","type":"\w+","version":\d+\}$/;
const ENDING_MOST = 1_000;

/**
 * Version in which the bytes were recorded. The event that a store hands out is in the version of today, and to name
 * that beside bytes of an older one would send readers to the wrong schema.
 */
export function recordedSchema(bytes: Uint8Array): number {
  const ending = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', Math.max(0, bytes.length - ENDING_MOST));
  return Number(ENDING.exec(ending)?.[1] ?? decode(bytes).schema);
}
