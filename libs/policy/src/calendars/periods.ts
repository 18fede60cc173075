import type { PERIODS } from '../pack/pack.schema.js';
import { dateOfDay, DAY_MS, firstDayOfYear, weekdayOf, yearOfDay } from './local-date.js';
import { zoneNamed } from './zone.js';

export type Every = (typeof PERIODS)[number];

/** A period of a cadence in the business zone. */
export interface Period {
  /** First instant of it. */
  readonly from: string;
  /** First instant after it: when a report on it may be drawn up. */
  readonly to: string;
  /** `2026-03-12`, `2026-W11` (ISO week), `2026-03`, `2026-Q1`, `2026-H1` or `2026`. */
  readonly label: string;
}

export interface Cadences {
  periodOf(instant: string, every: Every): Period;
  /** The periods that end next, in order; the first `to` is later than `after`. */
  nextPeriodEnds(every: Every, after: string, count: number): readonly Period[];
}

interface Days {
  readonly first: number;
  readonly end: number;
  readonly label: string;
}

const MONTHS_LONG = { month: 1, quarter: 3, 'half-year': 6, year: 12 } as const;

function monthsHolding(day: number, every: keyof typeof MONTHS_LONG): Days {
  const year = yearOfDay(day);
  const long = MONTHS_LONG[every];
  const index = Math.floor(new Date(day * DAY_MS).getUTCMonth() / long);
  const firstOf = (month: number): number => Date.UTC(year, month, 1) / DAY_MS;
  const label = { month: dateOfDay(day).slice(0, 7), quarter: `${year}-Q${index + 1}`, 'half-year': `${year}-H${index + 1}`, year: `${year}` };
  return { first: firstOf(index * long), end: firstOf((index + 1) * long), label: label[every] };
}

function weekHolding(day: number): Days {
  const first = day - weekdayOf(day) + 1;
  // An ISO week belongs to the year that has its Thursday.
  const year = yearOfDay(first + 3);
  const week = Math.floor((first + 3 - firstDayOfYear(year)) / 7) + 1;
  return { first, end: first + 7, label: `${year}-W${String(week).padStart(2, '0')}` };
}

function daysHolding(day: number, every: Every): Days {
  if (every === 'day') return { first: day, end: day + 1, label: dateOfDay(day) };
  return every === 'week' ? weekHolding(day) : monthsHolding(day, every);
}

/** @param zoneName IANA name of the business zone. */
export function cadences(zoneName: string): Cadences {
  const zone = zoneNamed(zoneName);
  const instantOf = (day: number): string => new Date(zone.toInstant(day * DAY_MS)).toISOString();
  const asPeriod = ({ first, end, label }: Days): Period => ({ from: instantOf(first), to: instantOf(end), label });
  const holding = (instant: string, every: Every): Days => daysHolding(Math.floor(zone.toLocal(Date.parse(instant)) / DAY_MS), every);
  return {
    periodOf: (instant, every) => asPeriod(holding(instant, every)),
    nextPeriodEnds: (every, after, count) => {
      const periods: Period[] = [];
      for (let days = holding(after, every); periods.length < count; days = daysHolding(days.end, every)) periods.push(asPeriod(days));
      return periods;
    },
  };
}
