import type { DeadlineEvent, PauseReason } from 'aftercare/contracts';
import { refuse, type Decision } from 'aftercare/kernel';
import type { WorkCalendar } from '../terms.js';
import { courseOf, passed, spanOf } from './course.js';
import { evolveClocks } from './evolving.js';
import { dueSteps } from './noting.js';
import { stepsToCome } from './reckoning-again.js';
import type { Course, RunningClock, RunningClocks } from './running.js';
import type { Deciding } from './starting.js';
import { countedBy, type StepOfTerms } from './steps.js';

/** The case waits for somebody outside: every clock that may wait stands still until it is resumed. */
export interface PauseDeadlines {
  readonly type: 'PauseDeadlines';
  readonly reasonCode: PauseReason;
}

export interface ResumeDeadlines {
  readonly type: 'ResumeDeadlines';
}

/** Also one whose due time nobody can reckon yet: once its year is published, the wait must not have been counted. */
const mayPause = ({ pausable, nature, paused, breached, since, span }: RunningClock): boolean =>
  pausable && nature === 'service' && paused === null && !breached && since !== null && span !== null && span.calendar !== 'lead-time';

/** What was due before the pause is recorded first: waiting must not hide a breach. */
export function pause(reason: PauseReason, clocks: RunningClocks, calendar: WorkCalendar, now: string): Decision<DeadlineEvent> {
  const due = Object.entries(clocks).filter(([, clock]) => mayPause(clock)).flatMap(([name]) => dueSteps(name, clocks, now));
  const after = due.reduce(evolveClocks, clocks);
  const stopped = Object.entries(after).filter(([, clock]) => mayPause(clock)).map(([clock, { span, dueAt, since }]) => {
    const by = countedBy(span);
    const leftMs = dueAt === null ? null : passed(calendar, by, since !== null && since > now ? since : now, dueAt);
    return { clock, leftMs, by };
  });
  if (stopped.length > 0) return [...due, { type: 'DeadlinesPaused', data: { at: now, clocks: stopped, why: reason } }];
  if (due.length > 0) return due;
  return refuse('nothing-to-pause', {
    zh: '没有可以暂停的时限：法定时限不能暂停，已超期或已暂停的也不能。',
    en: 'No deadline can be paused: regulatory ones never are, nor those that are missed or paused already.',
  });
}

export function resume(clocks: RunningClocks, { now, policy }: Deciding): Decision<DeadlineEvent> {
  const waiting = Object.entries(clocks).flatMap(([name, clock]) => (clock.paused ? [{ name, clock, pausedAt: clock.paused.at }] : []));
  if (waiting.length === 0) {
    return refuse('nothing-to-resume', { zh: '没有已暂停的时限。', en: 'No deadline is paused.' });
  }
  // Where the time of day was set back in between, nothing has passed; counting from before the pause would count twice.
  const at = waiting.reduce((latest, { pausedAt }) => (pausedAt > latest ? pausedAt : latest), now);
  return [{ type: 'DeadlinesResumed', data: { at, clocks: waiting.map(({ name, clock }) => ({ clock: name, ...goingOn(clock, stepsToCome(name, clock, policy), policy.calendar, at) })) } }];
}

/** As many counting milliseconds as were left, from `at` on, with the steps that were not taken yet. */
function goingOn({ span, from, ran, dueAt, unpublishedYear, owner, steps }: RunningClock, toCome: readonly StepOfTerms[] | null, calendar: WorkCalendar, at: string): Course {
  if (span === null || from === null || toCome === null) return { dueAt, unpublishedYear, owner, steps };
  return courseOf(spanOf(span), { from, ran, since: at }, toCome, calendar);
}
