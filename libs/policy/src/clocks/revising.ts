import type { ClockTerms, WorkCalendar } from '../terms.js';
import { countedIn, courseOf, sameSpan, totalOf } from './course.js';
import type { RevisedClock, RunningClock } from './running.js';
import { citedTerms, nameOf, type Deciding } from './starting.js';
import { countedBy, stepsOfTerms } from './steps.js';

/**
 * The clock under other terms. What it has counted so far stays counted, also while it is paused; a step that was taken is
 * not taken again. Null when nothing changes, and for a clock of the time before starts were recorded.
 */
export function revisionOf(
  was: string, running: RunningClock, terms: ClockTerms, newFrom: string | undefined, { now, policy: { calendar } }: Deciding,
): RevisedClock | null {
  const from = newFrom ?? running.from;
  if (from === null || running.from === null) return null;
  const moved = (instant: string): string => (instant === running.from ? from : instant);
  const ran = running.ran.map((stretch) => ({ ...stretch, from: moved(stretch.from) }));
  const steps = stepsOfTerms(terms).filter(({ step }) => !running.fired.includes(step));
  const course = courseOf(terms.span, { from, ran, since: running.since === null ? now : moved(running.since) }, steps, calendar);
  const cited = citedTerms(terms);
  const isSame = nameOf(terms) === was && from === running.from && cited.policy === running.policy && cited.rule === running.rule
    && sameSpan(cited.span, running.span);
  if (isSame) return null;
  return {
    was, wasDueAt: running.dueAt, clock: nameOf(terms), from, ...cited, ...course,
    leftMs: running.paused && leftOf(terms, from, ran, calendar), late: !running.paused && course.dueAt !== null && course.dueAt <= now,
  };
}

/** Milliseconds of a paused clock under its new terms; none when more than the new span has been counted. */
export function leftOf({ span }: ClockTerms, from: string, ran: RunningClock['ran'], calendar: WorkCalendar): number | null {
  const total = totalOf(span, from, calendar);
  const counted = countedIn(ran, countedBy(span), calendar);
  return total === null || counted === null ? null : Math.max(0, total - counted);
}
