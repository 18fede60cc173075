import { spawnSync } from 'node:child_process';
import type { getDayDetail, isWorkday as isWorkdayAt } from 'chinese-days';
import { LegalHoliday } from 'tyme4ts';
import { calendar, publishedYears } from './testing/shanghai.js';
import { dateOfDay, firstDayOfYear, weekdayOf } from './local-date.js';

const daysOf = (year: number): number[] =>
  Array.from({ length: firstDayOfYear(year + 1) - firstDayOfYear(year) }, (_, i) => firstDayOfYear(year) + i);

interface Said { readonly isWorked: ReturnType<typeof isWorkdayAt>; readonly name: ReturnType<typeof getDayDetail>['name'] }

/** Asked in a process of its own, in UTC: west of Greenwich the package answers for the day before. */
function sayChineseDays(dates: readonly string[]): ReadonlyMap<string, Said> {
  const script = `const { getDayDetail, isWorkday } = require('chinese-days');
    process.stdout.write(JSON.stringify(${JSON.stringify(dates)}.map((date) => [date, { isWorked: isWorkday(date), name: getDayDetail(date).name }])));`;
  const { stdout } = spawnSync(process.execPath, ['-e', script], { env: { ...process.env, TZ: 'UTC' }, encoding: 'utf8' });
  return new Map(JSON.parse(stdout) as [string, Said][]);
}

/** Both packages fall back to "weekdays are worked" where they know nothing, which is why neither may decide. */
function sayTyme(date: string): boolean {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const known = LegalHoliday.fromYmd(year, month, day);
  return known ? known.isWork() : weekdayOf(Date.parse(date) / 86_400_000) <= 5;
}

describe('the published years', () => {
  const ours = calendar();
  const next = Math.max(...publishedYears().map(({ year }) => year)) + 1;
  const nationalDay = Array.from({ length: 7 }, (_, i) => `${next}-10-0${i + 1}`);
  const chineseDays = sayChineseDays([...publishedYears().flatMap(({ year }) => daysOf(year).map(dateOfDay)), ...nationalDay]);
  const isWorkday = (date: string): boolean | undefined => chineseDays.get(date)?.isWorked;

  it.each([[2024, 366, 251, 8], [2025, 365, 248, 5], [2026, 365, 248, 6]])('%i has %i days, %i of them worked, %i on a weekend', (year, days, worked, onWeekend) => {
    const working = daysOf(year).filter((day) => ours.isWorkingDay(dateOfDay(day)));
    expect([daysOf(year).length, working.length, working.filter((day) => weekdayOf(day) > 5).length]).toEqual([days, worked, onWeekend]);
  });
  it('2026 has 33 days off', () => {
    const off = publishedYears().find(({ year }) => year === 2026)?.holidays
      .reduce((sum, { from, to }) => sum + (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1, 0);
    expect(off).toBe(33);
  });
  it.each(publishedYears().map(({ year }) => [year]))('every day of %i is what two independent packages say', (year) => {
    const differing = daysOf(year).map(dateOfDay)
      .map((date) => ({ date, ours: ours.isWorkingDay(date), chineseDays: isWorkday(date), tyme: sayTyme(date) }))
      .filter((day) => day.ours !== day.chineseDays || day.ours !== day.tyme);
    expect(differing).toEqual([]);
  });
  /** A Saturday inside a holiday is off either way, but a unit that works on Saturdays has to know. */
  it.each(publishedYears().map((year) => [year.year, year] as const))('the days that %i names as holidays are those that a package names', (year, { holidays }) => {
    const named = holidays.flatMap(({ from, to }) => daysOf(year).map(dateOfDay).filter((date) => date >= from && date <= to));
    expect(named).toEqual(daysOf(year).map(dateOfDay).filter((date) => !isWorkday(date) && chineseDays.get(date)?.name.includes(',')));
  });
  it('where a package guesses that National Day of an unpublished year is worked, ours says nothing', () => {
    expect(nationalDay.some((date) => isWorkday(date))).toBe(true);
    expect(nationalDay.some(sayTyme)).toBe(true);
    expect(nationalDay.map((date) => ours.isWorkingDay(date))).toEqual(nationalDay.map(() => null));
  });
});
