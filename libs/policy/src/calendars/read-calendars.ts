import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CalendarYear, calendarYearSchema } from './calendar-year.schema.js';
import { readYaml, type YamlPath } from '../pack/read-yaml.js';
import { placeOf, shapeFaults } from '../pack/shape-faults.js';
import { dateOfDay, dayOfDate, weekdayOf } from './local-date.js';

/** What is wrong with a year file, and where. `line` counts from 1. */
export interface CalendarFault {
  readonly file: string;
  readonly line: number;
  /** Path of the key, for example `holidays.2.from`; empty for the whole file. */
  readonly key: string;
  readonly says: string;
}

export interface CalendarsRead {
  /** Sound years, ordered by series and year. A file with a fault is left out whole. */
  readonly years: readonly CalendarYear[];
  readonly faults: readonly CalendarFault[];
}

interface Finding { readonly path: YamlPath; readonly says: string }

/** What editors and `readCalendars` hold a year file against; a JSON Schema as it stands. */
export async function schemaOfCalendarYears(): Promise<typeof calendarYearSchema> {
  return (await import('./calendar-year.schema.js')).calendarYearSchema;
}

/** @param folder holds a folder for each series, with one file `<year>.yaml` for each year. */
export async function readCalendars(folder: string): Promise<CalendarsRead> {
  const years: CalendarYear[] = [];
  const faults: CalendarFault[] = [];
  for (const series of readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name).sort()) {
    for (const name of readdirSync(join(folder, series)).filter((file) => /\.ya?ml$/.test(file)).sort()) {
      const file = join(folder, series, name);
      const read = await readYear(file, series, name.replace(/\.ya?ml$/, ''));
      if (Array.isArray(read)) faults.push(...read); else years.push(read);
    }
  }
  return { years, faults };
}

async function readYear(file: string, series: string, name: string): Promise<CalendarYear | CalendarFault[]> {
  // One after the other: the test runner resolves a shared module wrongly while two imports are under way.
  const read = await readYaml(file);
  if (!read.sound) return read.faults.map(({ line, says }) => ({ file, line, key: '', says }));
  const { Value } = await import('typebox/value');
  const schema = await schemaOfCalendarYears();
  const findings = Value.Check(schema, read.content)
    ? datesAreSound(read.content, series, name)
    : (await shapeFaults(schema, read.content)).map((fault) => ({ path: placeOf(fault), says: fault.message }));
  if (!findings.length) return read.content as CalendarYear;
  return findings.map(({ path, says }) => ({ file, line: read.lineOf(path), key: path.join('.'), says }));
}

/** What a schema cannot say: names, real dates of this year, no day twice, and make-up days on weekends only. */
function datesAreSound(year: CalendarYear, series: string, name: string): Finding[] {
  const findings: Finding[] = [];
  const say = (path: YamlPath, en: string, zh: string): void => void findings.push({ path, says: `${en} ${zh}` });
  if (year.series !== series) say(['series'], `is ${year.series} in the folder ${series}: give both the same name`, `文件在 ${series} 文件夹中，series 却是 ${year.series}：改为一致`);
  if (String(year.year) !== name) say(['year'], `is ${year.year} in the file ${name}.yaml: give both the same year`, `文件名是 ${name}.yaml，year 却是 ${year.year}：改为一致`);
  const taken = new Map<number, string>();
  const take = (path: YamlPath, date: string, as: string): number | null => {
    const day = dayOfDate(date);
    if (day === null) say(path, `${date} is no date: correct it`, `没有 ${date} 这一天：改正日期`);
    else if (!date.startsWith(`${year.year}-`)) say(path, `${date} belongs into the file of its own year: move it there`, `${date} 不属于 ${year.year} 年：移到该年的文件`);
    else if (taken.has(day)) say(path, `${date} is in ${taken.get(day)} already: keep one of them`, `${date} 已列在 ${taken.get(day)} 中：只留一处`);
    else taken.set(day, as);
    return day;
  };
  year.holidays.forEach(({ name: holiday, from, to }, i) => {
    const called = `${holiday.zh} ${holiday.en}`;
    const first = take(['holidays', i, 'from'], from, called);
    const last = from === to ? first : take(['holidays', i, 'to'], to, called);
    if (first === null || last === null) return;
    if (last < first) say(['holidays', i, 'to'], `${to} is before ${from}: exchange or correct them`, `${to} 早于 ${from}：对调或改正`);
    const shared = daysBetween(first, last).find((day) => taken.has(day));
    if (shared !== undefined) say(['holidays', i], `${dateOfDay(shared)} is in ${taken.get(shared)} already: keep one of them`, `${dateOfDay(shared)} 已列在 ${taken.get(shared)} 中：只留一处`);
    for (const day of daysBetween(first, last)) taken.set(day, called);
  });
  year.makeUpDays.forEach((date, i) => {
    const day = take(['makeUpDays', i], date, 'makeUpDays');
    if (day !== null && weekdayOf(day) <= 5) say(['makeUpDays', i], `${date} is no weekend day: correct it or take it out`, `${date} 不是周末：改正，或删去`);
  });
  return findings;
}

/** Those strictly between two days. */
const daysBetween = (first: number, last: number): readonly number[] => Array.from({ length: Math.max(0, last - first - 1) }, (_, i) => first + 1 + i);
