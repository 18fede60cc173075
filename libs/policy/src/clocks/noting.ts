import type { DeadlineEvent } from 'aftercare/contracts';
import type { RunningClock, RunningClocks, Step } from './running.js';

/**
 * Has everything recorded that a clock has reached. `by` is an instant that the sender has seen pass: where the time of
 * day is set back between the sender's look and the decision, what was due by then is noted all the same.
 */
export interface NoteDueDeadlines {
  readonly type: 'NoteDueDeadlines';
  readonly clock: string;
  readonly by?: string;
}

/** Every step due by now, in order. A clock that is met, dropped, paused or undetermined yields nothing, a taken step neither. */
export function dueSteps(clock: string, clocks: RunningClocks, now: string, only: (step: Step) => boolean = () => true): DeadlineEvent[] {
  const running = clocks[clock];
  if (!running || running.paused) return [];
  return running.steps.filter((step) => step.at !== null && step.at <= now && only(step)).map((step) => eventOf(clock, running, step, now));
}

/**
 * A clock that ends after its time was missed, whether or not anybody had looked in between. Nobody is called any more.
 * @param endedAt instant of what ended it, which may have been recorded later
 */
export const missedBy = (clock: string, clocks: RunningClocks, now: string, endedAt = now): DeadlineEvent[] =>
  dueSteps(clock, clocks, now, ({ what, at }) => what === 'breach' && at !== null && at < endedAt);

function eventOf(clock: string, running: RunningClock, { step, what, at, percent, to }: Step, now: string): DeadlineEvent {
  const { policy, rule, consequence } = running;
  // A step has an instant only where the due time is known.
  const dueAt = running.dueAt as string;
  const lateByMs = Math.max(0, Date.parse(now) - Date.parse(at as string));
  switch (what) {
    case 'warn': return { type: 'DeadlineWarned', data: { clock, percent: percent ?? 0, dueAt, lateByMs } };
    case 'breach': return { type: 'DeadlineBreached', data: { clock, dueAt, policy, rule, lateByMs, consequence } };
    case 'escalate': return { type: 'DeadlineEscalated', data: { clock, step, to, dueAt, lateByMs, policy, rule } };
  }
}
