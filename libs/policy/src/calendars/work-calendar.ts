import type { CountedBy } from '../pack/pack.schema.js';
import type { Reckoned, WorkCalendar } from '../terms.js';
import type { CalendarYear } from './calendar-year.schema.js';
import { countedTime, type CountedTime } from './counted-time.js';
import { dateOfDay, DAY_MS, dayOfDate } from './local-date.js';
import { isUnpublished, publishedDays, type Unpublished } from './published-days.js';
import { reckon, type Ground } from './span.js';
import { openingsOf, windowFaults, type OpeningsOfDay, type Windows } from './windows.js';
import { zoneNamed } from './zone.js';

export interface WorkCalendarParts {
  /** IANA name of the business zone. */
  readonly zone: string;
  /** Published years of one series, in any order. */
  readonly years: readonly CalendarYear[];
  /** Working windows per unit; `default` holds for every unit that is not named. */
  readonly windows: Windows;
  /** Role that has to publish the next year. */
  readonly owner: string;
}

const WHOLE_WORKING_DAY: OpeningsOfDay = (kind) => (kind === 'weekday' || kind === 'make-up' ? [{ from: 0, to: DAY_MS }] : []);

const msOf = (instant: string): number => {
  const ms = Date.parse(instant);
  if (Number.isNaN(ms)) throw new RangeError(`No instant: ${instant}`);
  return ms;
};

/**
 * Reckons in the business zone. Wall-clock time needs no year file; whatever needs one that is missing is answered with
 * the year and its owner. A cut-off or a lead time that is paused counts all time. Throws on a zone, window or unit
 * that means nothing: `windowFaults` and COUNTABLE tell before.
 */
export function workCalendar({ zone: zoneName, years, windows, owner }: WorkCalendarParts): WorkCalendar {
  const zone = zoneNamed(zoneName);
  const [fault] = windowFaults(windows);
  if (fault) throw new RangeError(`Working windows of ${fault.unit}: ${fault.says}`);
  if (new Set(years.map(({ series }) => series)).size > 1) throw new RangeError('Years of several series make no calendar');
  const published = publishedDays(years);
  const workingDays = countedTime(published, zone, WHOLE_WORKING_DAY);
  const grounds = new Map<string, Ground>();
  const groundOf = (asked = 'default'): Ground => {
    const unit = Object.hasOwn(windows, asked) ? asked : 'default';
    let ground = grounds.get(unit);
    if (!ground) {
      const workingHours = countedTime(published, zone, openingsOf(windows[unit] ?? []));
      grounds.set(unit, ground = { zone, published, workingDays, workingHours });
    }
    return ground;
  };
  /** Null where all time counts. */
  const countedBy = (by: CountedBy, unit?: string): CountedTime | null =>
    by === 'working-days' ? workingDays : by === 'working-hours' ? groundOf(unit).workingHours : null;
  const reckoned = (found: number | Unpublished): Reckoned => isUnpublished(found)
    ? { at: null, unpublishedYear: found.unpublishedYear, owner }
    : { at: new Date(found).toISOString() };
  const amount = (ms: number): number => {
    if (!(ms >= 0)) throw new RangeError('Counting milliseconds are never negative');
    return ms;
  };
  return {
    due: (span, start, unit) => reckoned(reckon(groundOf(unit), span, msOf(start), span.calendar === 'lead-time' ? -1 : 1)),
    before: (span, end) => reckoned(reckon(groundOf(), span, msOf(end), -1)),
    counted: (by, from, to, unit) => {
      const time = countedBy(by, unit);
      return time ? time.between(msOf(from), msOf(to)) : msOf(to) - msOf(from);
    },
    plus: (by, from, ms, unit) => reckoned(countedBy(by, unit)?.plus(msOf(from), amount(ms)) ?? msOf(from) + amount(ms)),
    minus: (by, to, ms, unit) => reckoned(countedBy(by, unit)?.minus(msOf(to), amount(ms)) ?? msOf(to) - amount(ms)),
    isWorkingDay: (date) => {
      const day = dayOfDate(date);
      if (day === null) throw new RangeError(`No date: ${date}`);
      const run = published.runOf(day);
      return isUnpublished(run) ? null : run.isWorking(day);
    },
    localDate: (instant) => dateOfDay(zone.dayShown(msOf(instant))),
  };
}
