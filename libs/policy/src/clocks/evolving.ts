import type { DeadlineEvent } from 'aftercare/contracts';
import type { RevisedClock, RunningClock, RunningClocks, SetClock } from './running.js';
import { countedBy } from './steps.js';

const TYPES: Readonly<Record<DeadlineEvent['type'], true>> = {
  DeadlinesSet: true, DeadlinesMet: true, DeadlinesDropped: true, DeadlinesPaused: true, DeadlinesResumed: true, DeadlinesRevised: true,
  DeadlineWarned: true, DeadlineBreached: true, DeadlineEscalated: true,
};

export const isDeadlineEvent = (event: { readonly type: string }): event is DeadlineEvent => Object.hasOwn(TYPES, event.type);

export function evolveClocks(clocks: RunningClocks, event: DeadlineEvent): RunningClocks {
  const next: Record<string, RunningClock> = { ...clocks };
  const change = (clock: string, to: (running: RunningClock) => RunningClock): void => {
    const running = next[clock];
    if (running) next[clock] = to(running);
  };
  switch (event.type) {
    case 'DeadlinesSet':
      for (const set of event.data.clocks) next[set.clock] = started(set);
      return next;
    case 'DeadlinesMet':
      for (const { clock } of event.data.clocks) delete next[clock];
      return next;
    case 'DeadlinesDropped':
      for (const clock of event.data.clocks) delete next[clock];
      return next;
    case 'DeadlinesPaused':
      for (const { clock, leftMs, by } of event.data.clocks) change(clock, (running) => paused(running, event.data.at, { leftMs, by }));
      return next;
    case 'DeadlinesResumed':
      for (const { clock, ...course } of event.data.clocks) change(clock, (running) => ({ ...running, ...course, since: later(event.data.at, running.from), paused: null }));
      return next;
    case 'DeadlinesRevised':
      for (const revised of event.data.clocks) {
        const was = next[revised.was];
        delete next[revised.was];
        if (was) next[revised.clock] = changed(was, revised);
      }
      return next;
    case 'DeadlineWarned':
      change(event.data.clock, (running) => ({ ...fired(running, `warn.${event.data.percent}`), warned: event.data.percent }));
      return next;
    case 'DeadlineBreached':
      change(event.data.clock, (running) => ({ ...fired(running, 'breach'), breached: true }));
      return next;
    case 'DeadlineEscalated':
      change(event.data.clock, (running) => ({
        ...fired(running, event.data.step), escalatedTo: [...new Set([...running.escalatedTo, ...event.data.to])],
      }));
      return next;
  }
}

/** A clock that was paused before its start, which a stated time a little ahead allows, still starts then. */
const later = (at: string, from: string | null): string => (from !== null && from > at ? from : at);

/** Member by member: it is done for every clock of every case in a rebuild, and copying the rest of an object is slow. */
function started({ from, span, policy, rule, nature, pausable, clause, consequence, dueAt, unpublishedYear, owner, steps, late }: SetClock): RunningClock {
  return {
    from, span, policy, rule, nature, pausable, clause, consequence, dueAt, unpublishedYear, owner, steps,
    breached: late, fired: [], warned: 0, escalatedTo: [], ran: [], since: from, paused: null,
  };
}

function paused(running: RunningClock, at: string, left: { leftMs: number | null; by: NonNullable<RunningClock['paused']>['by'] }): RunningClock {
  const { since } = running;
  const ran = since !== null && since < at ? [...running.ran, { from: since, to: at }] : running.ran;
  return { ...running, ran, since: null, paused: { at, ...left } };
}

/** The new terms from the old start on: stretches that were counted stay, and a corrected start moves the first of them. */
function changed(was: RunningClock, revised: RevisedClock): RunningClock {
  const { was: _was, wasDueAt: _wasDueAt, clock: _clock, late: _late, leftMs, ...terms } = revised;
  const moved = (instant: string): string => (instant === was.from && terms.from !== null ? terms.from : instant);
  const { paused: pausedAt } = was;
  return {
    ...was, ...terms, ran: was.ran.map(({ from, to }) => ({ from: moved(from), to })), since: was.since && moved(was.since),
    paused: pausedAt && { at: pausedAt.at, leftMs: leftMs ?? pausedAt.leftMs, by: countedBy(terms.span) },
  };
}

function fired(running: RunningClock, name: string): RunningClock {
  return { ...running, steps: running.steps.filter(({ step }) => step !== name), fired: [...running.fired, name] };
}
