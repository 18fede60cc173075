import { NotCanonical } from './port.js';

/** Where a value sits, kept as a chain so that a path is spelled out only for a refusal. */
interface Place {
  readonly up: Place | null;
  key: string | number;
}

/** Deeper content is a mistake or an attack, and a value that contains itself ends here too. */
const DEEPEST = 64;
const NEEDS_CARE = /[\u0000-\u001f"\\\ud800-\udfff]/;
/** With the `u` flag a surrogate half matches only when its partner is missing. */
const LONE_SURROGATE = /[\ud800-\udfff]/u;

/**
 * RFC 8785 form of `value`, which `at` names in refusals. Narrower than the RFC: numbers are integers within
 * ±(2^53-1), because a rounded amount would be hashed and signed as if it had been meant.
 * @throws NotCanonical naming the path, never the content, which may be personal.
 */
export function canonicalJson(value: unknown, at: string): string {
  return write(value, { up: null, key: at }, 0);
}

/** True when UTF-8 can hold the text; otherwise two different texts would become the same bytes. */
export function isWellFormed(text: string): boolean {
  return !LONE_SURROGATE.test(text);
}

function write(value: unknown, at: Place, depth: number): string {
  switch (typeof value) {
    case 'string': return writeText(value, at);
    case 'number': return writeInteger(value, at);
    case 'boolean': return value ? 'true' : 'false';
    case 'object': return value === null ? 'null' : writeContainer(value, at, depth);
    default: return refuse(at, `a value of type ${typeof value}`);
  }
}

function writeText(text: string, at: Place): string {
  if (!NEEDS_CARE.test(text)) return `"${text}"`;
  if (!isWellFormed(text)) refuse(at, 'text with half of a surrogate pair');
  return JSON.stringify(text);
}

function writeInteger(value: number, at: Place): string {
  if (!Number.isSafeInteger(value)) refuse(at, 'a number that is no integer within 2^53-1');
  if (value === 0 && 1 / value < 0) refuse(at, 'negative zero');
  return String(value);
}

function writeContainer(value: object, at: Place, depth: number): string {
  if (depth >= DEEPEST) refuse(at, `nesting deeper than ${DEEPEST}`);
  if ('toJSON' in value && typeof value.toJSON === 'function') refuse(at, 'an object with toJSON');
  if (Object.getOwnPropertySymbols(value).length > 0) refuse(at, 'an object with a symbol member');
  return Array.isArray(value) ? writeArray(value, at, depth) : writeObject(value as Record<string, unknown>, at, depth);
}

function writeArray(items: readonly unknown[], at: Place, depth: number): string {
  if (Object.keys(items).length !== items.length) refuse(at, 'an array with holes or named members');
  const inside: Place = { up: at, key: 0 };
  let out = '[';
  for (let i = 0; i < items.length; i += 1) {
    inside.key = i;
    out += (i === 0 ? '' : ',') + write(items[i], inside, depth + 1);
  }
  return `${out}]`;
}

function writeObject(members: Record<string, unknown>, at: Place, depth: number): string {
  if (!isPlain(members)) refuse(at, 'an object of a class');
  const names = inCodeUnitOrder(Object.keys(members));
  const inside: Place = { up: at, key: '' };
  let out = '{';
  for (let i = 0; i < names.length; i += 1) {
    const name = names[i] as string;
    inside.key = name;
    out += `${i === 0 ? '' : ','}${writeText(name, inside)}:${write(members[name], inside, depth + 1)}`;
  }
  return `${out}}`;
}

/** Compares with the root of the chain rather than with this realm's Object, because test runners have several realms. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** The default sort compares UTF-16 code units, which is the order RFC 8785 asks for; most events arrive unsorted but short. */
function inCodeUnitOrder(names: string[]): string[] {
  for (let i = 1; i < names.length; i += 1) {
    if ((names[i - 1] as string) > (names[i] as string)) return names.sort();
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
