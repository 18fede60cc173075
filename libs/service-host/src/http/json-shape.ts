import { isUtf8 } from 'node:buffer';
import { refuse, type Refusal } from 'aftercare/kernel';

export const MAX_JSON_DEPTH = 20;

const QUOTE = 0x22, BACKSLASH = 0x5c, COMMA = 0x2c, COLON = 0x3a;
const OPEN_OBJECT = 0x7b, CLOSE_OBJECT = 0x7d, OPEN_ARRAY = 0x5b, CLOSE_ARRAY = 0x5d, SMALL_U = 0x75;

// `JSON.parse` would take these names and later code could be led to a prototype by them.
const RESERVED_NAMES: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Looks at a body once, before it is parsed, for what `JSON.parse` silently accepts: bytes that are not UTF-8, nesting
 * beyond 20, two members of one name (which one counts would be chance), names that reach for a prototype, and halves
 * of surrogate pairs, which have no faithful record. Positions are byte offsets. Null means nothing was found; whether
 * the text is JSON at all is left to the parser, and only for JSON does the answer matter.
 */
export function findBadShape(body: Buffer): Refusal | null {
  if (!isUtf8(body)) return refuse('not-utf8', { zh: '内容不是有效的 UTF-8。', en: 'The body is not valid UTF-8.' });
  return new ShapeScan(body).findFirst();
}

class ShapeScan {
  private at = 0;
  /** Names seen in each open object, null for an open array. */
  private readonly open: (Set<string> | null)[] = [];
  private nameExpected = false;

  constructor(private readonly body: Buffer) {}

  findFirst(): Refusal | null {
    const { body } = this;
    const { length } = body;
    while (this.at < length) {
      const found = this.step(body[this.at] as number);
      if (found) return found;
      this.at++;
    }
    return null;
  }

  private step(byte: number): Refusal | null {
    switch (byte) {
      case QUOTE: return this.string();
      case OPEN_OBJECT: return this.descend(new Set());
      case OPEN_ARRAY: return this.descend(null);
      case CLOSE_OBJECT:
      case CLOSE_ARRAY:
        this.open.pop();
        this.nameExpected = false;
        return null;
      case COMMA:
        this.nameExpected = this.open.at(-1) instanceof Set;
        return null;
      case COLON:
        this.nameExpected = false;
        return null;
      default: return null;
    }
  }

  private descend(names: Set<string> | null): Refusal | null {
    if (this.open.length === MAX_JSON_DEPTH) {
      return refuse('too-deep', { zh: `第 ${this.at} 字节处嵌套超过 ${MAX_JSON_DEPTH} 层。`, en: `Nested deeper than ${MAX_JSON_DEPTH} at byte ${this.at}.` });
    }
    this.open.push(names);
    this.nameExpected = names !== null;
    return null;
  }

  /** Ends on the closing quote. */
  private string(): Refusal | null {
    const { body } = this;
    const start = this.at;
    let escaped = false;
    for (let i = start + 1; i < body.length; i++) {
      const byte = body[i] as number;
      if (byte === QUOTE) {
        this.at = i;
        return this.nameExpected ? this.name(start, escaped) : null;
      }
      if (byte !== BACKSLASH) continue;
      escaped = true;
      const length = escapeLength(body, i);
      if (length === 0) return refuse('lone-surrogate', { zh: `第 ${i} 字节处有不成对的代理字符。`, en: `Half of a surrogate pair at byte ${i}.` });
      i += length - 1;
    }
    this.at = body.length;
    return null;
  }

  private name(start: number, escaped: boolean): Refusal | null {
    const name = escaped ? unescaped(this.body.toString('utf8', start, this.at + 1)) : this.body.toString('utf8', start + 1, this.at);
    this.nameExpected = false;
    if (RESERVED_NAMES.has(name)) {
      return refuse('reserved-member', { zh: `第 ${start} 字节处的成员名不允许。`, en: `The member name at byte ${start} is not allowed.` }, { field: name });
    }
    const names = this.open.at(-1);
    if (names?.has(name)) {
      return refuse('duplicate-member', { zh: `第 ${start} 字节处的成员“${name}”重复。`, en: `Member "${name}" appears twice, again at byte ${start}.` }, { field: name });
    }
    names?.add(name);
    return null;
  }
}

/** Bytes of the escape at `i`; 0 when it is half of a surrogate pair. */
function escapeLength(body: Buffer, i: number): number {
  if (body[i + 1] !== SMALL_U) return 2;
  const unit = codeUnit(body, i);
  if (unit >= 0xdc00 && unit <= 0xdfff) return 0;
  if (unit < 0xd800 || unit > 0xdbff) return 6;
  const second = body[i + 6] === BACKSLASH && body[i + 7] === SMALL_U ? codeUnit(body, i + 6) : 0;
  return second >= 0xdc00 && second <= 0xdfff ? 12 : 0;
}

function codeUnit(body: Buffer, i: number): number {
  return Number.parseInt(body.toString('latin1', i + 2, i + 6), 16);
}

/** The text of a quoted name; as written when it is no JSON string, because then the parser refuses the body anyway. */
function unescaped(quoted: string): string {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return quoted;
  }
}
