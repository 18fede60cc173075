const FIRST_SIZE = 16_384;
/** A kept buffer that once grew for a huge text would otherwise stay that large for ever. */
const LARGEST_KEPT = 1_048_576;
/** From here on the native writer is faster than a loop over characters. */
const LONG_TEXT = 256;
/** A code unit becomes at most six bytes: `\u001f`. */
const WIDEST_UNIT = 6;
const LONE_SURROGATE = /[\ud800-\udfff]/u;

/**
 * Growing UTF-8 output of the serialiser. Characters go straight into bytes: building the text from many small strings
 * first took three times as long, most of it garbage collection.
 */
export class CanonicalBytes {
  private bytes = Buffer.allocUnsafeSlow(FIRST_SIZE);
  private end = 0;

  get length(): number {
    return this.end;
  }

  /** Whether keeping this for the next event is worth its memory. */
  get reusable(): boolean {
    return this.bytes.length <= LARGEST_KEPT;
  }

  clear(): void {
    this.end = 0;
  }

  copy(): Buffer {
    const copy = Buffer.allocUnsafe(this.end);
    this.bytes.copy(copy, 0, 0, this.end);
    return copy;
  }

  /** Leaves `bytes` bytes of any content, to be filled in a copy. */
  room(bytes: number): void {
    this.reserve(bytes);
    this.end += bytes;
  }

  /** Adds text that is known to be ASCII and to be JSON already. */
  plain(text: string): void {
    this.reserve(text.length);
    const { bytes, end } = this;
    for (let i = 0; i < text.length; i += 1) bytes[end + i] = text.charCodeAt(i);
    this.end = end + text.length;
  }

  /** Adds a JSON string. False, with the output spoilt, when half of a surrogate pair has no UTF-8 form. */
  text(text: string): boolean {
    if (text.length >= LONG_TEXT) return this.longText(text);
    this.reserve(text.length * WIDEST_UNIT + 2);
    const { bytes } = this;
    let { end } = this;
    bytes[end++] = 0x22;
    for (let i = 0; i < text.length; i += 1) {
      const unit = text.charCodeAt(i);
      if (unit < 0x80) {
        if (unit < 0x20 || unit === 0x22 || unit === 0x5c) return this.longText(text);
        bytes[end++] = unit;
      } else if (unit < 0x800) {
        bytes[end++] = 0xc0 | (unit >> 6);
        bytes[end++] = 0x80 | (unit & 0x3f);
      } else if (unit < 0xd800 || unit > 0xdfff) {
        bytes[end++] = 0xe0 | (unit >> 12);
        bytes[end++] = 0x80 | ((unit >> 6) & 0x3f);
        bytes[end++] = 0x80 | (unit & 0x3f);
      } else {
        return this.longText(text);
      }
    }
    bytes[end++] = 0x22;
    this.end = end;
    return true;
  }

  /** Also for short text that needs escapes or pairs: the platform's escapes are those of RFC 8785. */
  private longText(text: string): boolean {
    if (LONE_SURROGATE.test(text)) return false;
    const json = JSON.stringify(text);
    this.reserve(Buffer.byteLength(json, 'utf8'));
    this.end += this.bytes.write(json, this.end, 'utf8');
    return true;
  }

  private reserve(more: number): void {
    if (this.end + more <= this.bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.bytes.length * 2, this.end + more));
    this.bytes.copy(larger, 0, 0, this.end);
    this.bytes = larger;
  }
}
