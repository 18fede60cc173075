/**
 * What was thrown, read by its members: `instanceof` fails for errors of native modules and of Node itself where code
 * runs in more than one realm, as it does under Jest.
 */
export function reasonOf(thrown: unknown): string {
  return hasMember(thrown, 'message') ? String(thrown.message) : String(thrown);
}

export function codeOf(thrown: unknown): string {
  return hasMember(thrown, 'code') ? String(thrown.code) : '';
}

function hasMember<M extends string>(value: unknown, member: M): value is Record<M, unknown> {
  return typeof value === 'object' && value !== null && member in value;
}
