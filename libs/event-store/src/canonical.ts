import { CanonicalBytes } from './canonical-bytes.js';
import { NotCanonical } from './port.js';

/** Where a value sits, kept as a chain so that a path is spelled out only for a refusal. */
interface Place {
  readonly up: Place | null;
  key: string | number;
}

/** Deeper content is a mistake or an attack, and a value that contains itself ends here too. */
const DEEPEST = 64;
/** Beyond this the quadratic insertion loses against the sort, and hostile content could make it slow. */
const FEW_NAMES = 16;
/** With the `u` flag a surrogate half matches only when its partner is missing. */
const LONE_SURROGATE = /[\ud800-\udfff]/u;

/** RFC 8785 form of `value`, which `at` names in refusals. @throws NotCanonical */
export function canonicalJson(value: unknown, at: string): string {
  const out = new CanonicalBytes();
  writeCanonical(out, value, at);
  return out.copy().toString('utf8');
}

/**
 * Adds the RFC 8785 form of `value` to `out`. Narrower than the RFC: numbers are integers within ±(2^53-1), because a
 * rounded amount would be hashed and signed as if it had been meant. Reads every member once, so a getter cannot show
 * one value to the check and another to the record.
 * @throws NotCanonical naming the path, never the content, which may be personal.
 */
export function writeCanonical(out: CanonicalBytes, value: unknown, at: string): void {
  if (typeof value === 'string' && out.text(value)) return;
  if (value === null) out.plain('null');
  else write(out, value, { up: null, key: at }, 0);
}

/** True when UTF-8 can hold the text; otherwise two different texts would become the same bytes. */
export function isWellFormed(text: string): boolean {
  return !LONE_SURROGATE.test(text);
}

function write(out: CanonicalBytes, value: unknown, at: Place, depth: number): void {
  switch (typeof value) {
    case 'string': return writeText(out, value, at);
    case 'number': return writeInteger(out, value, at);
    case 'boolean': return out.plain(value ? 'true' : 'false');
    case 'object': return value === null ? out.plain('null') : writeContainer(out, value, at, depth);
    default: return refuse(at, `a value of type ${typeof value}`);
  }
}

function writeText(out: CanonicalBytes, text: string, at: Place): void {
  if (!out.text(text)) refuse(at, 'text with half of a surrogate pair');
}

function writeInteger(out: CanonicalBytes, value: number, at: Place): void {
  if (!Number.isSafeInteger(value)) refuse(at, 'a number that is no integer within 2^53-1');
  if (value === 0 && 1 / value < 0) refuse(at, 'negative zero');
  out.plain(String(value));
}

function writeContainer(out: CanonicalBytes, value: object, at: Place, depth: number): void {
  if (depth >= DEEPEST) refuse(at, `nesting deeper than ${DEEPEST}`);
  if (Object.getOwnPropertySymbols(value).length > 0) refuse(at, 'an object with a symbol member');
  if (Array.isArray(value)) writeArray(out, value, at, depth);
  else writeObject(out, value as Record<string, unknown>, at, depth);
}

function writeArray(out: CanonicalBytes, items: readonly unknown[], at: Place, depth: number): void {
  if (Object.keys(items).length !== items.length) refuse(at, 'an array with holes or named members');
  const inside: Place = { up: at, key: 0 };
  out.plain('[');
  for (let i = 0; i < items.length; i += 1) {
    inside.key = i;
    if (i > 0) out.plain(',');
    write(out, items[i], inside, depth + 1);
  }
  out.plain(']');
}

function writeObject(out: CanonicalBytes, members: Record<string, unknown>, at: Place, depth: number): void {
  if (!isPlain(members)) refuse(at, 'an object of a class');
  const names = inCodeUnitOrder(Object.keys(members));
  const inside: Place = { up: at, key: '' };
  out.plain('{');
  for (let i = 0; i < names.length; i += 1) {
    const name = names[i] as string;
    inside.key = name;
    if (i > 0) out.plain(',');
    writeText(out, name, inside);
    out.plain(':');
    write(out, members[name], inside, depth + 1);
  }
  out.plain('}');
}

/**
 * A plain object inherits nothing of its own making, so a `toJSON` can only be an own member, which is refused as a
 * function. Accepts the Object of another realm, because test runners have several.
 */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null
    || (Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype as object, 'isPrototypeOf'));
}

/**
 * Ascending UTF-16 code units, the order RFC 8785 asks for, which `<` and the default sort both have. A record has few
 * members and the sort's start alone takes several times as long as putting them in place.
 */
function inCodeUnitOrder(names: string[]): string[] {
  if (names.length > FEW_NAMES) return names.sort();
  for (let i = 1; i < names.length; i += 1) {
    const name = names[i] as string;
    let place = i;
    for (; place > 0 && (names[place - 1] as string) > name; place -= 1) names[place] = names[place - 1] as string;
    names[place] = name;
  }
  return names;
}

function refuse(at: Place, found: string): never {
  let path = '';
  for (let place: Place | null = at; place !== null; place = place.up) {
    path = `${typeof place.key === 'number' ? `[${place.key}]` : `${place.up ? '.' : ''}${place.key}`}${path}`;
  }
  throw new NotCanonical(`${JSON.stringify(path)} holds ${found}, which has no faithful canonical form`);
}
