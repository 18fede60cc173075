const STREAM = Buffer.from('"stream":"');
const QUOTE = 0x22;
const DASH = 0x2d;
/** The members behind `stream` are short: a type and a version. */
const TAIL = 1_024;

/**
 * Which of `parts` an event belongs to, without parsing it: the same for all streams with one id, such as
 * `complaint-X` and `inquiry-X`. Members of the canonical form are sorted and quotes inside texts are escaped, so the
 * last `"stream":"` is the member itself. @throws Error when there is none
 */
export function partOf(bytes: Buffer, parts: number): number {
  const tail = Math.max(0, bytes.length - TAIL);
  const inTail = bytes.subarray(tail).lastIndexOf(STREAM);
  const at = inTail >= 0 ? tail + inTail : bytes.lastIndexOf(STREAM);
  if (at < 0) throw new Error('an event record names no stream');
  let hash = 0x811c9dc5;
  let inId = false;
  for (let i = at + STREAM.length; bytes[i] !== QUOTE && i < bytes.length; i += 1) {
    const byte = bytes[i] as number;
    if (inId) hash = Math.imul(hash ^ byte, 0x01000193);
    else inId = byte === DASH;
  }
  // The low bits of this hash alone follow those of the last characters, which in ids are not even.
  hash ^= hash >>> 15;
  return (hash >>> 0) % parts;
}

/** Whether rows of this key are touched by events of one part only: the key is the stream, its id, or `<stream>/…`. */
export function staysInPart(key: string, stream: string): boolean {
  return key === stream || key.startsWith(`${stream}/`) || (stream.endsWith(key) && stream.indexOf('-') === stream.length - key.length - 1);
}
