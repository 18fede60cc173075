import type { ClockTerms, Span, WorkCalendar } from '../terms.js';
import type { CountedBy, Step } from './running.js';

/** What is known of a step before anybody reckons when it comes. */
export type StepOfTerms = Omit<Step, 'at'>;

/** Warnings, the breach, and the escalation chain; the number of an escalation is its place in the chain. */
export function stepsOfTerms({ warn, escalate }: Pick<ClockTerms, 'warn' | 'escalate'>): StepOfTerms[] {
  const early = [...new Set(warn)].filter((percent) => percent < 100);
  return [
    ...early.map((percent): StepOfTerms => ({ step: `warn.${percent}`, what: 'warn', percent, after: null, to: [] })),
    { step: 'breach', what: 'breach', percent: 100, after: null, to: [] },
    ...escalate.map(({ percent, afterBreach, to }, place): StepOfTerms => ({
      step: `escalate.${place + 1}`, what: 'escalate', percent: afterBreach ? null : percent ?? 100,
      after: afterBreach ? { value: afterBreach.value, unit: afterBreach.unit } : null, to: [...to],
    })),
  ];
}

/** How the passing of a span is counted: a clock time or a lead time has an end, and until then time simply passes. */
export const countedBy = (span: Pick<Span, 'calendar'> | null): CountedBy =>
  span === null || span.calendar === 'cut-off' || span.calendar === 'lead-time' ? 'wall-clock' : span.calendar;

/** Milliseconds of a share of the span, in whole numbers. */
export const shareOf = (totalMs: number, percent: number): number => Math.floor((totalMs * percent) / 100);

/**
 * Gives each step its instant. `reach` says when a share of the span has passed, null where no calendar can tell.
 */
export function timed(
  steps: readonly StepOfTerms[], dueAt: string, reach: (percent: number) => string | null, calendar: WorkCalendar,
): Step[] {
  const instantOf = ({ percent, after }: StepOfTerms): string | null => {
    if (after) return calendar.due({ value: after.value, unit: after.unit, calendar: countingOf(after.unit) }, dueAt).at;
    return percent === null || percent === 100 ? dueAt : reach(percent);
  };
  return steps.map((step) => ({ ...step, at: instantOf(step) })).sort(inOrder);
}

function countingOf(unit: string): CountedBy {
  if (unit === 'working-day') return 'working-days';
  return unit === 'working-hour' ? 'working-hours' : 'wall-clock';
}

const RANK = { warn: 0, breach: 1, escalate: 2 } as const;

/** What nobody can reckon comes last; at one instant people are warned, then the breach is recorded, then others are called. */
function inOrder(one: Step, other: Step): number {
  if (one.at !== other.at) return one.at === null ? 1 : other.at === null || one.at < other.at ? -1 : 1;
  return RANK[one.what] - RANK[other.what] || (one.percent ?? 101) - (other.percent ?? 101) || one.step.localeCompare(other.step, 'en', { numeric: true });
}
