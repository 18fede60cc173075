import type { CountedBy, Unit } from '../pack/pack.schema.js';
import type { Span } from '../terms.js';
import type { CountedTime } from './counted-time.js';
import { clockMs, DAY_MS, plusMonths } from './local-date.js';
import { isUnpublished, type PublishedDays, type Unpublished } from './published-days.js';
import type { Zone } from './zone.js';

/** Units that a calendar can count. Any other pair has no meaning; a pack that holds one is refused before adoption. */
export const COUNTABLE: Readonly<Record<CountedBy, readonly Unit[]>> = {
  'wall-clock': ['second', 'minute', 'hour', 'day', 'week', 'month', 'year'],
  'working-hours': ['second', 'minute', 'hour', 'working-hour'],
  'working-days': ['second', 'minute', 'hour', 'day', 'working-day'],
  'cut-off': ['day', 'week', 'month', 'year', 'working-day'],
  'lead-time': ['second', 'minute', 'hour', 'day', 'week', 'month', 'year', 'working-hour', 'working-day'],
};

const HOUR_MS = 3_600_000;
/** Elapsed time of the units that have one; a day is 24 hours whatever the clocks do. */
const UNIT_MS: Partial<Record<Unit, number>> = {
  second: 1_000, minute: 60_000, hour: HOUR_MS, 'working-hour': HOUR_MS, day: DAY_MS, week: 7 * DAY_MS,
};
const DAYS: Partial<Record<Unit, number>> = { day: 1, week: 7 };
const MONTHS: Partial<Record<Unit, number>> = { month: 1, year: 12 };

/** Last millisecond of a day, so that the date of the limit is the day that is meant. */
const END_OF_DAY = DAY_MS - 1;

export interface Ground {
  readonly zone: Zone;
  readonly published: PublishedDays;
  readonly workingDays: CountedTime;
  readonly workingHours: CountedTime;
}

type Instant = number | Unpublished;
/** 1 counts forward from a start, -1 backwards from an end. */
export type Direction = 1 | -1;

function dayAndClock(zone: Zone, instant: number): { day: number; clock: number } {
  const local = zone.toLocal(instant);
  const day = Math.floor(local / DAY_MS);
  return { day, clock: local - day * DAY_MS };
}

/** The corresponding day so many months on; a month without it ends the span with the whole of its last day. */
function byMonths(zone: Zone, instant: number, months: number): number {
  const { day, clock } = dayAndClock(zone, instant);
  const reached = plusMonths(day, months);
  // Keeping the clock time would let a case of 30 January, late, be due after one of 31 January, early.
  return zone.toInstant(reached.day * DAY_MS + (reached.clamped ? END_OF_DAY : clock));
}

/** The same clock time on the n-th working day. What falls on a day off has the whole of the n-th working day. */
function byWorkingDays({ zone, published }: Ground, instant: number, n: number): Instant {
  if (n === 0) return instant;
  const { day, clock } = dayAndClock(zone, instant);
  const run = published.runOf(day);
  if (isUnpublished(run)) return run;
  const reached = run.workingDayFrom(day, n);
  if (isUnpublished(reached)) return reached;
  // As above: Saturday 15:00 and Sunday 10:00 would otherwise be due in the wrong order.
  const offDuty = n > 0 ? END_OF_DAY : 0;
  return zone.toInstant(reached * DAY_MS + (run.isWorking(day) ? clock : offDuty));
}

/** Clock time `at` so many days, months or working days on; 0 is the same day, or the nearest working day. */
function byCutOff({ zone, published }: Ground, span: Span, at: string, instant: number, direction: Direction): Instant {
  const { day } = dayAndClock(zone, instant);
  const n = direction * span.value;
  const atClock = (reached: number): number => zone.toInstant(reached * DAY_MS + clockMs(at));
  if (span.unit !== 'working-day') {
    const months = MONTHS[span.unit];
    return atClock(months ? plusMonths(day, n * months).day : day + n * DAYS[span.unit]!);
  }
  const run = published.runOf(day);
  if (isUnpublished(run)) return run;
  const nearestBefore = n === 0 && direction < 0 && !run.isWorking(day);
  const reached = run.workingDayFrom(day, nearestBefore ? -1 : n);
  return isUnpublished(reached) ? reached : atClock(reached);
}

const counting = (time: CountedTime, instant: number, ms: number, direction: Direction): Instant =>
  direction > 0 ? time.plus(instant, ms) : time.minus(instant, ms);

/** Throws when the calendar cannot count the unit, see COUNTABLE. */
export function reckon(ground: Ground, span: Span, instant: number, direction: Direction): Instant {
  const { value, unit, calendar, at } = span;
  if (!COUNTABLE[calendar].includes(unit)) throw new RangeError(`${calendar} cannot be counted in units of ${unit}`);
  if (calendar === 'cut-off' || (calendar === 'lead-time' && at !== undefined)) {
    if (at === undefined) throw new RangeError('A cut-off needs its clock time');
    if (!COUNTABLE['cut-off'].includes(unit)) throw new RangeError(`A clock time cannot be given with units of ${unit}`);
    return byCutOff(ground, span, at, instant, direction);
  }
  const months = MONTHS[unit];
  if (months) return byMonths(ground.zone, instant, direction * value * months);
  if (unit === 'working-day' || (calendar === 'working-days' && unit === 'day')) return byWorkingDays(ground, instant, direction * value);
  const ms = value * UNIT_MS[unit]!;
  if (calendar === 'working-days') return counting(ground.workingDays, instant, ms, direction);
  if (calendar === 'working-hours' || unit === 'working-hour') return counting(ground.workingHours, instant, ms, direction);
  return instant + direction * ms;
}
