import type { Bilingual } from 'aftercare/kernel';
import { clockTermsOf } from '../adoption/policy-of.js';
import type { CompanyPolicy } from '../adoption/adoption.schema.js';
import { courseOf, endOf, passed, straightCourse } from '../clocks/course.js';
import type { Course } from '../clocks/running.js';
import { countedBy, stepsOfTerms } from '../clocks/steps.js';
import type { Unit } from '../pack/pack.schema.js';
import { calendarOf } from '../shipped-calendar.js';
import { shippedYears } from '../shipped.js';
import type { ClockTerms, WorkCalendar } from '../terms.js';
import { clocksOf, unitsThatDoNotFit, type PlacedClock } from './clocks-can-run.js';
import { finding, type Finding } from './finding.js';
import { adopting, type PolicyFiles } from './policy-files.js';

const DAY_MS = 86_400_000;
const FURTHEST_MS = 100 * 366 * DAY_MS;
/** As long as the unit can be on the wall, roughly: only what is absurd has to be told from what is long. */
const AT_LEAST_MS: Readonly<Record<Unit, number>> = {
  second: 1_000, minute: 60_000, hour: 3_600_000, 'working-hour': 3_600_000, day: DAY_MS, 'working-day': DAY_MS, week: 7 * DAY_MS, month: 28 * DAY_MS, year: 365 * DAY_MS,
};

/**
 * Runs every clock once, with its steps, a pause and the way back, in the calendar of whoever adopts it. What throws
 * here would throw in every command of a case after the adoption, which nobody can take back.
 */
export function clocksThatCannotRun(files: PolicyFiles): Finding[] {
  const told = new Set(unitsThatDoNotFit(files).map(placeOf));
  const clocks = clocksOf(files).filter(({ file, key, entry }) => entry.value !== null && !told.has(placeOf({ file, key })));
  const companies = adopting(files).flatMap((one) => {
    const calendar = calendarIfAny(one.company);
    return calendar ? [{ calendar, files: new Set([one.file, ...one.packs.map(({ file }) => file)]) }] : [];
  });
  return clocks.flatMap((clock) => {
    const calendars = companies.filter(({ files: ours }) => ours.has(clock.file)).map(({ calendar }) => calendar);
    const why = whyNot(clock, calendars.length > 0 ? calendars : [plainCalendar()]);
    return why === null ? [] : [finding('clock-cannot-run', clock.file, clock.key, `此时限无法计算（${why.zh}）：改正数值、单位或钟点`, `this clock cannot be reckoned (${why.en}): correct its value, unit or clock time`)];
  });
}

const placeOf = ({ file, key }: { readonly file: string; readonly key: string | null }): string => `${file} ${String(key)}`;

function whyNot({ pack, version, key, entry }: PlacedClock, calendars: readonly WorkCalendar[]): Bilingual | null {
  const spans = [{ value: entry.value ?? 0, unit: entry.unit }, ...entry.escalate.flatMap(({ afterBreach }) => (afterBreach ? [afterBreach] : []))];
  const far = spans.find(({ value, unit }) => value * AT_LEAST_MS[unit] > FURTHEST_MS);
  if (far) return { zh: `${far.value} ${far.unit} 超过 100 年`, en: `${far.value} ${far.unit} is more than 100 years` };
  const terms = clockTermsOf({ pack, version: String(version), key, entry });
  try {
    const isFar = calendars.some((calendar) => startsOf().some((start) => instantsOf(terms, start, calendar).some((at) => Math.abs(Date.parse(at) - Date.parse(start)) > FURTHEST_MS)));
    return isFar ? { zh: '期限在 100 年以外', en: 'it ends more than 100 years away' } : null;
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return { zh: said, en: said };
  }
}

/** In a published year: an ordinary morning, and the end of a long month late in the evening. */
function startsOf(): readonly string[] {
  const year = shippedYears()[0]?.year ?? 2026;
  return [`${year}-03-11T02:00:00.000Z`, `${year}-01-31T15:30:00.000Z`];
}

/** Every instant that the clock comes to on its way. */
function instantsOf(terms: ClockTerms, start: string, calendar: WorkCalendar): readonly string[] {
  const { span } = terms;
  const steps = stepsOfTerms(terms);
  if (span.calendar === 'lead-time') {
    const before = straightCourse(endOf(span, start, calendar), start, 'wall-clock', steps, calendar);
    return [...instants(before), ...[calendar.due(span, start).at].filter((at) => at !== null)];
  }
  const course = courseOf(span, { from: start, ran: [], since: start }, steps, calendar);
  return [...instants(course), ...afterAPause(terms, start, course, calendar)];
}

function afterAPause(terms: ClockTerms, start: string, { dueAt, steps }: Course, calendar: WorkCalendar): readonly string[] {
  if (dueAt === null) return [];
  const by = countedBy(terms.span);
  const [stopped, since] = [hoursAfter(start, 1), hoursAfter(start, 25)];
  const left = passed(calendar, by, stopped, dueAt);
  const resumed = courseOf(terms.span, { from: start, ran: [{ from: start, to: stopped }], since }, steps, calendar);
  return [...instants(resumed), ...(left === null ? [] : [calendar.plus(by, since, left).at, calendar.minus(by, dueAt, left).at].filter((at) => at !== null))];
}

const instants = ({ dueAt, steps }: Course): readonly string[] => [dueAt, ...steps.map(({ at }) => at)].filter((at) => at !== null);
const hoursAfter = (instant: string, hours: number): string => new Date(Date.parse(instant) + hours * 3_600_000).toISOString();

/** Null where the hours themselves are unclear, which `hours-unclear` tells. */
function calendarIfAny(company: CompanyPolicy): WorkCalendar | null {
  try {
    return calendarOf(company);
  } catch {
    return null;
  }
}

/** For packs that nobody adopts yet. */
const plainCalendar = (): WorkCalendar => calendarOf({
  zone: 'Asia/Shanghai', calendar: 'CN', calendarOwner: 'registry.clerk', windows: { default: [{ weekdays: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' }] },
});
