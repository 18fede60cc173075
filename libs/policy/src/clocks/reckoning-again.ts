import type { DeadlineEvent } from 'aftercare/contracts';
import { refuse, type Decision } from 'aftercare/kernel';
import type { PolicySet } from '../policy-set.js';
import type { ClockTerms } from '../terms.js';
import type { ClockKey } from '../what-is-read.js';
import { courseOf, sameSpan } from './course.js';
import { evolveClocks } from './evolving.js';
import { dueSteps } from './noting.js';
import { leftOf } from './revising.js';
import type { RevisedClock, RunningClock, RunningClocks } from './running.js';
import { citedTerms, nameOf, type Deciding } from './starting.js';
import { stepsOfTerms, type StepOfTerms } from './steps.js';
import { keyOf } from './table.js';

/** The year was published after the clock had started: whoever had to see to it has the due time reckoned. */
export interface ReckonDeadlines {
  readonly type: 'ReckonDeadlines';
}

/** What a clock runs under is on record; only what it comes to was not known. */
export function reckonAgain(clocks: RunningClocks, deciding: Deciding): Decision<DeadlineEvent> {
  const { now, policy } = deciding;
  const revised = Object.entries(clocks).flatMap(([name, clock]) => {
    const terms = clock.dueAt === null ? termsOf(name, clock, policy) : undefined;
    const revision = terms && determined(name, clock, terms, deciding);
    return revision ? [revision] : [];
  });
  if (revised.length === 0) {
    return refuse('still-undetermined', {
      zh: '没有可以重新计算的时限：所需年份的日历尚未发布，或没有未确定的时限。',
      en: 'No deadline can be reckoned: the calendar of its year is not published yet, or none is undetermined.',
    });
  }
  const event: DeadlineEvent = { type: 'DeadlinesRevised', data: { at: now, clocks: revised, why: 'calendar-published' } };
  const after = evolveClocks(clocks, event);
  return [event, ...revised.flatMap(({ clock }) => dueSteps(clock, after, now))];
}

/** The very terms it was started under, which its stream keeps; no others. */
function termsOf(name: string, { policy, rule, span }: RunningClock, { clocks }: PolicySet): ClockTerms | undefined {
  return clocks(keyOf(name) as ClockKey).find((terms) => {
    const cited = citedTerms(terms);
    return nameOf(terms) === name && cited.policy === policy && cited.rule === rule && sameSpan(cited.span, span);
  });
}

const notTaken = (terms: ClockTerms, { fired }: RunningClock): StepOfTerms[] => stepsOfTerms(terms).filter(({ step }) => !fired.includes(step));

/** The steps that were not taken; while a due time is unknown they stand nowhere but in the terms. Null: terms that no policy has. */
export function stepsToCome(name: string, running: RunningClock, policy: PolicySet): readonly StepOfTerms[] | null {
  if (running.dueAt !== null) return running.steps;
  const terms = termsOf(name, running, policy);
  return terms ? notTaken(terms, running) : null;
}

/** A clock that waits goes on waiting, and is late for nothing; what was left of it is known now. */
function determined(name: string, running: RunningClock, terms: ClockTerms, { now, policy: { calendar } }: Deciding): RevisedClock | null {
  const { from, ran, since, paused } = running;
  if (from === null || (since === null && paused === null)) return null;
  const course = courseOf(terms.span, { from, ran, since: since ?? now }, notTaken(terms, running), calendar);
  const leftMs = paused && leftOf(terms, from, ran, calendar);
  if (course.dueAt === null || (paused && leftMs === null)) return null;
  return { was: name, wasDueAt: null, clock: name, from, ...citedTerms(terms), ...course, leftMs, late: !paused && course.dueAt <= now };
}
