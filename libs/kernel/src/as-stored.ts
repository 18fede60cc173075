/**
 * A value as a log gives it back: members in the order of their names, nothing but JSON. What compares or enumerates
 * members has to hold for it too; a test that folds events as they were decided would not notice.
 */
export function asStored<T>(value: T): T {
  return JSON.parse(JSON.stringify(value, (_, part: unknown) => inOrder(part))) as T;
}

function inOrder(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
