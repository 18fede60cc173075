import type { Reckoned, Span, WorkCalendar } from '../terms.js';
import type { Course, CountedBy, StoredSpan, Stretch } from './running.js';
import { countedBy, shareOf, timed, type StepOfTerms } from './steps.js';

/** When a clock has run: finished stretches, and since when it runs now. */
export interface Ran {
  readonly from: string;
  readonly ran: readonly Stretch[];
  readonly since: string;
}

export const storedSpan = ({ value, unit, calendar, at }: Span): StoredSpan => ({ value, unit, calendar, at: at ?? null });
/** Member by member: a log gives the members of an object back in another order than a pack has them. */
export const sameSpan = (a: StoredSpan, b: StoredSpan | null): boolean =>
  b !== null && a.value === b.value && a.unit === b.unit && a.calendar === b.calendar && a.at === b.at;
export const spanOf = ({ value, unit, calendar, at }: StoredSpan): Span => ({ value, unit, calendar, ...(at !== null && { at }) });

/** Milliseconds that count; none before the clock starts. Null beyond the published years. */
export function passed(calendar: WorkCalendar, by: CountedBy, from: string, to: string): number | null {
  return from >= to ? 0 : calendar.counted(by, from, to);
}

/** The end of a span that nobody pauses. */
export function endOf(span: Span, from: string, calendar: WorkCalendar): Reckoned {
  return span.calendar === 'lead-time' ? calendar.before(span, from) : calendar.due(span, from);
}

const outside = (reckoned: Reckoned): Course => ({
  dueAt: null, steps: [], unpublishedYear: reckoned.at === null ? reckoned.unpublishedYear : null, owner: reckoned.at === null ? reckoned.owner : null,
});

/** A clock that runs without a pause. `countsFrom`: when it starts running, which for a lead time is not what the span refers to. */
export function straightCourse(end: Reckoned, countsFrom: string, by: CountedBy, steps: readonly StepOfTerms[], calendar: WorkCalendar): Course {
  if (end.at === null) return outside(end);
  const total = passed(calendar, by, countsFrom, end.at);
  const reach = (percent: number): string | null => (total === null ? null : calendar.plus(by, countsFrom, shareOf(total, percent)).at);
  return { dueAt: end.at, unpublishedYear: null, owner: null, steps: timed(steps, end.at, reach, calendar) };
}

/** When so many milliseconds have been counted, over all stretches. */
function reached(calendar: WorkCalendar, by: CountedBy, { ran, since }: Ran, ms: number): Reckoned {
  let left = ms;
  for (const { from, to } of ran) {
    const counted = passed(calendar, by, from, to);
    if (counted === null || counted >= left) return calendar.plus(by, from, left);
    left -= counted;
  }
  return calendar.plus(by, since, left);
}

/** Milliseconds that count in finished stretches. Null beyond the published years. */
export function countedIn(ran: readonly Stretch[], by: CountedBy, calendar: WorkCalendar): number | null {
  return ran.reduce<number | null>((sum, { from, to }) => {
    const counted = sum === null ? null : passed(calendar, by, from, to);
    return sum === null || counted === null ? null : sum + counted;
  }, 0);
}

/** Milliseconds of the whole span, pauses left out. Null beyond the published years. */
export function totalOf(span: Span, from: string, calendar: WorkCalendar): number | null {
  const end = endOf(span, from, calendar);
  return end.at === null ? null : passed(calendar, countedBy(span), from, end.at);
}

/** The course of a clock that runs since `since`: from its start, or from where a pause has ended. */
export function courseOf(span: Span, ran: Ran, steps: readonly StepOfTerms[], calendar: WorkCalendar): Course {
  if (ran.ran.length === 0 && ran.since <= ran.from) return straightCourse(endOf(span, ran.from, calendar), ran.from, countedBy(span), steps, calendar);
  return interruptedCourse(span, ran, steps, calendar);
}

/** The same span, longer by the pauses. */
function interruptedCourse(span: Span, ran: Ran, steps: readonly StepOfTerms[], calendar: WorkCalendar): Course {
  const by = countedBy(span);
  const total = totalOf(span, ran.from, calendar);
  if (total === null) return outside(endOf(span, ran.from, calendar));
  const at = (percent: number): Reckoned => reached(calendar, by, ran, shareOf(total, percent));
  const end = at(100);
  if (end.at === null) return outside(end);
  return { dueAt: end.at, unpublishedYear: null, owner: null, steps: timed(steps, end.at, (percent) => at(percent).at, calendar) };
}
