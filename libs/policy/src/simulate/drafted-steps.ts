import type { DomainEvent } from 'aftercare/kernel';
import { courseOf, endOf, spanOf, straightCourse } from '../clocks/course.js';
import type { RunningClock, Step } from '../clocks/running.js';
import type { WorkCalendar } from '../terms.js';
import type { StepOfTerms } from '../clocks/steps.js';
import { isPromise, type ClockTable } from '../clocks/table.js';
import type { ClockLife } from './clock-lives.js';
import type { Draft } from './draft.js';

/** Whom a clock of an aggregate warns and calls under the draft, by its name. */
export type CallsOf = (clock: string) => readonly StepOfTerms[];

/** A promised date is watched as a clock of the draft is. */
export function callsUnder({ callsOf }: Draft, { clocks }: { readonly clocks: ClockTable<DomainEvent, unknown> }): CallsOf {
  const promises = new Map(clocks.filter(isPromise).map(({ promise, warnsLike }) => [promise, warnsLike]));
  return (clock) => {
    if (!promises.has(clock)) return callsOf(clock);
    const like = promises.get(clock);
    return like === undefined ? [] : callsOf(like);
  };
}

/** What a clock of the draft does from its start on, pauses left out; with it whoever set the clock reckoned its due time. */
export function draftedSteps({ clock, set, setAt, revised }: Pick<ClockLife, 'clock' | 'set' | 'setAt' | 'revised'>, running: RunningClock | undefined, callsOf: CallsOf, calendar: WorkCalendar): readonly Step[] {
  if (!running || running.from === null || running.since === null || running.dueAt === null) return [];
  // What begins after its due time has nothing left to warn of.
  const calls = callsOf(clock).filter(({ what }) => what !== 'warn' || revised || !set.late || set.span === null);
  if (calls.length === 0) return [];
  if (running.span === null) return straightCourse({ at: running.dueAt }, setAt, 'wall-clock', calls, calendar).steps;
  const span = spanOf(running.span);
  // A lead time is known from its start on; the end it refers to lies ahead.
  if (span.calendar === 'lead-time' && !revised) return straightCourse(endOf(span, running.from, calendar), setAt, 'wall-clock', calls, calendar).steps;
  return courseOf(span, { from: running.from, ran: running.ran, since: running.since }, calls, calendar).steps;
}
