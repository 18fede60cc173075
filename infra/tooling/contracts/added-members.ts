import { sameJson, withoutDocumentation, type Json } from './json.js';

/** A closed schema as it was released, and the members that it was given afterwards: a record may have those and need not. */
export function membersOf(schema: Json): { readonly released: Json; readonly added: Json } {
  const required = new Set((schema['required'] ?? []) as readonly string[]);
  const members = Object.entries((schema['properties'] ?? {}) as Json);
  const only = (isOf: (name: string) => boolean): Json => Object.fromEntries(members.filter(([name]) => isOf(name)));
  return { released: { ...schema, properties: only((name) => required.has(name)) }, added: only((name) => !required.has(name)) };
}

/** True when every record that was valid before is valid now, and nothing was taken back. */
export function onlyAddsMembers(before: Json, now: Json): boolean {
  const [was, is] = [membersOf(before), membersOf(now)];
  const same = (one: unknown, other: unknown): boolean => sameJson(withoutDocumentation(one), withoutDocumentation(other));
  return same(was.released, is.released) && Object.entries(was.added).every(([name, schema]) => same(schema, is.added[name]));
}
