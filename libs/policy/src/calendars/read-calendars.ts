import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Node } from 'yaml';
import type { CalendarYear, calendarYearSchema } from './calendar-year.schema.js';
import { faultInWords, type SchemaError } from '../pack/fault-words.js';
import { dayOfDate, weekdayOf } from './local-date.js';

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

type Path = readonly (string | number)[];
interface Finding { readonly path: Path; readonly says: string }

/**
 * A service reads no file and never pays for loading these. One after the other: the module loader of the tests fails
 * when two imports that share modules are under way at once.
 */
async function parsers() {
  const yaml = await import('yaml');
  const { Value } = await import('typebox/value');
  return { yaml, Value, schema: await schemaOfCalendarYears() };
}
type Parsers = Awaited<ReturnType<typeof parsers>>;

/** What editors and `readCalendars` hold a year file against; a JSON Schema as it stands. */
export async function schemaOfCalendarYears(): Promise<typeof calendarYearSchema> {
  return (await import('./calendar-year.schema.js')).calendarYearSchema;
}

/** @param folder holds a folder for each series, with one file `<year>.yaml` for each year. */
export async function readCalendars(folder: string): Promise<CalendarsRead> {
  const loaded = await parsers();
  const years: CalendarYear[] = [];
  const faults: CalendarFault[] = [];
  for (const series of readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name).sort()) {
    for (const name of readdirSync(join(folder, series)).filter((file) => /\.ya?ml$/.test(file)).sort()) {
      const file = join(folder, series, name);
      const read = readYear(loaded, file, series, name.replace(/\.ya?ml$/, ''));
      if (Array.isArray(read)) faults.push(...read); else years.push(read);
    }
  }
  return { years, faults };
}

function readYear({ yaml, Value, schema }: Parsers, file: string, series: string, name: string): CalendarYear | CalendarFault[] {
  const lines = new yaml.LineCounter();
  const document = yaml.parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines });
  const lineOf = (offset: number): number => lines.linePos(offset).line;
  if (document.errors.length) {
    return document.errors.map((error) => ({ file, line: lineOf(error.pos[0]), key: '', says: error.message.split('\n')[0] ?? error.message }));
  }
  const value: unknown = document.toJS();
  const findings = Value.Check(schema, value)
    ? datesAreSound(value, series, name)
    : [...Value.Errors(schema, value)].filter(({ keyword }) => keyword !== 'boolean').map(shapeFinding);
  if (!findings.length) return value as CalendarYear;
  return findings.map(({ path, says }) => ({ file, line: lineOf(offsetOf(yaml, document.contents, path)), key: path.join('.'), says }));
}

function shapeFinding(error: SchemaError): Finding {
  const { instancePath, params } = error;
  const path = instancePath.split('/').slice(1);
  const names = 'additionalProperties' in params && Array.isArray(params.additionalProperties) ? params.additionalProperties.map(String) : [];
  return names.length ? { path: [...path, names[0]!], says: `${names.join(', ')}: no such key 没有此键` } : { path, says: faultInWords(error, { written: undefined, known: [] }) };
}

/** Where the innermost part of the path that is there begins. */
function offsetOf({ isMap, isScalar, isSeq }: Parsers['yaml'], contents: unknown, path: Path): number {
  let node = contents;
  let offset = 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (!pair) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      offset = (node as Node | undefined)?.range?.[0] ?? offset;
    }
  }
  return offset;
}

/** What a schema cannot say: names, real dates of this year, no day twice, and make-up days on weekends only. */
function datesAreSound(year: CalendarYear, series: string, name: string): Finding[] {
  const findings: Finding[] = [];
  const say = (path: Path, says: string): void => void findings.push({ path, says });
  if (year.series !== series) say(['series'], `is ${year.series} in the folder ${series}`);
  if (String(year.year) !== name) say(['year'], `is ${year.year} in the file ${name}.yaml`);
  const taken = new Map<number, string>();
  const take = (path: Path, date: string, as: string): number | null => {
    const day = dayOfDate(date);
    if (day === null) say(path, `${date} is no date`);
    else if (!date.startsWith(`${year.year}-`)) say(path, `${date} belongs into the file of its own year`);
    else if (taken.has(day)) say(path, `${date} is in ${taken.get(day)} already`);
    else taken.set(day, as);
    return day;
  };
  year.holidays.forEach(({ name: holiday, from, to }, i) => {
    const first = take(['holidays', i, 'from'], from, holiday.en);
    const last = from === to ? first : take(['holidays', i, 'to'], to, holiday.en);
    if (first === null || last === null) return;
    if (last < first) say(['holidays', i, 'to'], `${to} is before ${from}`);
    for (let day = first + 1; day < last; day += 1) {
      if (taken.has(day)) say(['holidays', i], `overlaps ${taken.get(day)}`);
      taken.set(day, holiday.en);
    }
  });
  year.makeUpDays.forEach((date, i) => {
    const day = take(['makeUpDays', i], date, 'makeUpDays');
    if (day !== null && weekdayOf(day) <= 5) say(['makeUpDays', i], `${date} is no weekend day`);
  });
  return findings;
}
