const UTC_WITH_MILLISECONDS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Current UTC instant in ISO 8601 with milliseconds. */
export type Now = () => string;

export const systemNow: Now = () => new Date().toISOString();

/**
 * Recording time of one log. It stands still while the machine's clock is set back, because a record that claims to
 * be older than the one before it would make "what was known when" unanswerable.
 */
export function neverBefore(previous: string, now: Now): string {
  const instant = now();
  if (!UTC_WITH_MILLISECONDS.test(instant)) throw new RangeError('The clock must give UTC in ISO 8601 with milliseconds');
  return instant < previous ? previous : instant;
}
