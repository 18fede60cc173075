export { localDate } from './shanghai-date.js';

/** One published year of working days, from the yearly State Council notice. A year without a file is never guessed. */
export interface WorkingYear {
  readonly year: number;
  /** `MM-DD` of weekdays and weekends off work. */
  readonly holidays: ReadonlySet<string>;
  /** `MM-DD` of weekend days worked instead (调休). */
  readonly makeUpDays: ReadonlySet<string>;
}

export type Calendar = ReadonlyMap<number, WorkingYear>;

const DAY_MS = 86_400_000;
/** Asia/Shanghai: UTC+8 without daylight saving since 1992. Dates are computed on shifted milliseconds, never on local time of the machine. */
const ZONE_MS = 8 * 3_600_000;

/** Working or not; null when the year has no file. `localMs` is UTC milliseconds shifted into the business zone. */
function isWorkingDay(localMs: number, calendar: Calendar): boolean | null {
  const date = new Date(localMs);
  const year = calendar.get(date.getUTCFullYear());
  if (!year) return null;
  const monthDay = date.toISOString().slice(5, 10);
  if (year.makeUpDays.has(monthDay)) return true;
  const weekend = date.getUTCDay() === 0 || date.getUTCDay() === 6;
  return !weekend && !year.holidays.has(monthDay);
}

/**
 * The same clock time on the n-th working day after the start. Null when the way there leaves the published years:
 * a person has to decide (D8).
 */
export function addWorkingDays(start: string, n: number, calendar: Calendar): string | null {
  let localMs = Date.parse(start) + ZONE_MS;
  for (let counted = 0; counted < n;) {
    localMs += DAY_MS;
    const working = isWorkingDay(localMs, calendar);
    if (working === null) return null;
    if (working) counted += 1;
  }
  return new Date(localMs - ZONE_MS).toISOString();
}

/** Clock time `HH:MM` of the business zone, so many calendar days after the start's local date. */
export function cutOff(start: string, days: number, at: string): string {
  const localDay = Math.floor((Date.parse(start) + ZONE_MS) / DAY_MS) + days;
  const [hour = 0, minute = 0] = at.split(':').map(Number);
  return new Date(localDay * DAY_MS + (hour * 60 + minute) * 60_000 - ZONE_MS).toISOString();
}
