/**
 * Arithmetic on local calendar dates, as whole days since 1970-01-01. A local date has no zone and no daylight saving;
 * `zone.ts` turns it into instants.
 */
export const DAY_MS = 86_400_000;
export const MINUTE_MS = 60_000;

const PLAIN_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Null when there is no such date, such as 29 February of a common year. */
export function dayOfDate(date: string): number | null {
  const [, year, month, day] = PLAIN_DATE.exec(date) ?? [];
  if (!year || !month || !day) return null;
  const ms = Date.UTC(Number(year), Number(month) - 1, Number(day));
  return dateOfDay(ms / DAY_MS) === date ? ms / DAY_MS : null;
}

export const dateOfDay = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);
export const yearOfDay = (day: number): number => new Date(day * DAY_MS).getUTCFullYear();
export const firstDayOfYear = (year: number): number => Date.UTC(year, 0, 1) / DAY_MS;

/** ISO weekday, Monday is 1. 1970-01-01 was a Thursday. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

/** Milliseconds after midnight of `HH:MM`, `24:00` included; throws on anything else. */
export function clockMs(at: string): number {
  const [, hour, minute] = /^(\d{2}):(\d{2})$/.exec(at) ?? [];
  const ms = (Number(hour) * 60 + Number(minute)) * MINUTE_MS;
  if (!(Number(minute) < 60) || !(ms <= DAY_MS)) throw new RangeError(`No clock time: ${at}`);
  return ms;
}

/**
 * So many months later, or earlier when negative. A month without that day of the month ends the span with its last
 * day: `clamped` says so.
 */
export function plusMonths(day: number, months: number): { day: number; clamped: boolean } {
  const from = new Date(day * DAY_MS);
  const [year, month, date] = [from.getUTCFullYear(), from.getUTCMonth() + months, from.getUTCDate()];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return { day: Date.UTC(year, month, Math.min(date, last)) / DAY_MS, clamped: date > last };
}
