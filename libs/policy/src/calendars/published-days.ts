import type { CalendarYear } from './calendar-year.schema.js';
import { dayOfDate, firstDayOfYear, weekdayOf, yearOfDay } from './local-date.js';

/** The way left the published years; nobody may say what lies in that one. */
export interface Unpublished {
  readonly unpublishedYear: number;
}
export const isUnpublished = <T>(found: T | Unpublished): found is Unpublished =>
  typeof found === 'object' && found !== null && 'unpublishedYear' in found;

export type KindOfDay = 'weekday' | 'weekend' | 'holiday' | 'make-up';

/** Published years without a gap between them: within it every day is known. */
export interface Run {
  readonly firstYear: number;
  readonly lastYear: number;
  readonly firstDay: number;
  /** First day that is no longer part of it. */
  readonly endDay: number;
  readonly workingDays: readonly number[];
  kindOf(day: number): KindOfDay;
  isWorking(day: number): boolean;
  /** The n-th working day after the day, or before it when n is negative. With 0 the day itself, or the next working day. */
  workingDayFrom(day: number, n: number): number | Unpublished;
}

export interface PublishedDays {
  readonly runs: readonly Run[];
  runOf(day: number): Run | Unpublished;
}

function kindsOf(year: CalendarYear): Map<number, KindOfDay> {
  const kinds = new Map<number, KindOfDay>();
  const known = (date: string): number => {
    const day = dayOfDate(date);
    if (day === null) throw new RangeError(`Calendar ${year.series} ${year.year} names ${date}, which is no date`);
    return day;
  };
  for (const { from, to } of year.holidays) for (let day = known(from); day <= known(to); day += 1) kinds.set(day, 'holiday');
  for (const date of year.makeUpDays) kinds.set(known(date), 'make-up');
  return kinds;
}

function runOf(years: readonly CalendarYear[]): Run {
  const [firstYear, lastYear] = [years[0]!.year, years.at(-1)!.year];
  const [firstDay, endDay] = [firstDayOfYear(firstYear), firstDayOfYear(lastYear + 1)];
  const named = new Map(years.flatMap((year) => [...kindsOf(year)]));
  const kinds: KindOfDay[] = [];
  const workingDays: number[] = [];
  /** How many working days of the run lie before a day. */
  const before: number[] = [];
  for (let day = firstDay; day < endDay; day += 1) {
    const kind = named.get(day) ?? (weekdayOf(day) > 5 ? 'weekend' : 'weekday');
    kinds.push(kind);
    before.push(workingDays.length);
    if (kind === 'weekday' || kind === 'make-up') workingDays.push(day);
  }
  const kindOf = (day: number): KindOfDay => kinds[day - firstDay]!;
  const isWorking = (day: number): boolean => kindOf(day) === 'weekday' || kindOf(day) === 'make-up';
  return {
    firstYear, lastYear, firstDay, endDay, workingDays, kindOf, isWorking,
    workingDayFrom: (day, n) => {
      const next = before[day - firstDay]! + (isWorking(day) ? 1 : 0);
      const place = n > 0 ? next + n - 1 : before[day - firstDay]! + n;
      if (place < 0) return { unpublishedYear: firstYear - 1 };
      return workingDays[place] ?? { unpublishedYear: lastYear + 1 };
    },
  };
}

export function publishedDays(years: readonly CalendarYear[]): PublishedDays {
  const ordered = [...years].sort((a, b) => a.year - b.year);
  const groups: CalendarYear[][] = [];
  for (const year of ordered) {
    const group = groups.at(-1);
    if (group?.at(-1)?.year === year.year) throw new RangeError(`Calendar of ${year.year} is there twice`);
    if (group?.at(-1)?.year === year.year - 1) group.push(year);
    else groups.push([year]);
  }
  const runs = groups.map(runOf);
  return {
    runs,
    runOf: (day) => runs.find((run) => day >= run.firstDay && day < run.endDay) ?? { unpublishedYear: yearOfDay(day) },
  };
}
