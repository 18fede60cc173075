/** A JSON object as it is read from a file. */
export type Json = Readonly<Record<string, unknown>>;

/** How every generated file is written. */
export const written = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const DOCUMENTATION = new Set(['title', 'description']);

/** What decides whether a record is valid: everything but the words for people. */
export function withoutDocumentation(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutDocumentation);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(Object.entries(schema).flatMap(([name, value]) => {
    // Below `properties` the names are members of the record: one of them may be called `description`.
    if (name === 'properties') return [[name, eachMember(value)]];
    return DOCUMENTATION.has(name) ? [] : [[name, withoutDocumentation(value)]];
  }));
}

const eachMember = (members: unknown): unknown =>
  Object.fromEntries(Object.entries(members as Json).map(([name, schema]) => [name, withoutDocumentation(schema)]));

/** Independent of the order in which members were written down; lists keep theirs. */
export function sameJson(one: unknown, other: unknown): boolean {
  return canonicalText(one) === canonicalText(other);
}

/** Members by name; for comparing and fingerprints of schemas, which hold nothing that RFC 8785 would write otherwise. */
export function canonicalText(value: unknown): string {
  return JSON.stringify(value ?? null, (_, inner: unknown) => (typeof inner === 'object' && inner !== null && !Array.isArray(inner)
    ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner));
}
