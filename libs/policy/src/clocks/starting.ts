import type { DecisionContext, DomainEvent } from 'aftercare/kernel';
import type { PolicySet } from '../policy-set.js';
import type { ClockTerms } from '../terms.js';
import { courseOf, endOf, storedSpan, straightCourse } from './course.js';
import type { SetClock } from './running.js';
import { stepsOfTerms } from './steps.js';
import type { Facts, PromiseRule } from './table.js';

export type Deciding = Pick<DecisionContext<PolicySet>, 'now' | 'policy'>;

export const nameOf = ({ pack, key }: Pick<ClockTerms, 'pack' | 'key'>): string => `${pack}/${key}`;

/** `unknown`: a fact that the terms ask about is not known; that is never the same as "does not apply". */
export function applies({ when }: Pick<ClockTerms, 'when'>, facts: Facts): 'yes' | 'no' | 'unknown' {
  const asked = Object.entries(when).map(([fact, values]) => {
    const known = facts[fact];
    return known === null || known === undefined ? 'unknown' : values.includes(known) ? 'yes' : 'no';
  });
  if (asked.includes('no')) return 'no';
  return asked.includes('unknown') ? 'unknown' : 'yes';
}

/** What an event says of the terms a clock runs under. */
export const citedTerms = ({ pack, version, rule, nature, pausable, clause, consequence, span }: ClockTerms) => ({
  policy: `${pack}@${version}`, rule, nature, pausable, clause, consequence, span: storedSpan(span),
});

/** @param from instant from which the span counts; for a lead time the instant it ends at */
export function startOf(terms: ClockTerms, from: string, { now, policy: { calendar } }: Deciding): SetClock {
  const { span } = terms;
  const steps = stepsOfTerms(terms);
  // A lead time is known from now on; the end it refers to lies ahead.
  const course = span.calendar === 'lead-time'
    ? straightCourse(endOf(span, from, calendar), now, 'wall-clock', steps, calendar)
    : courseOf(span, { from, ran: [], since: from }, steps, calendar);
  const late = course.dueAt !== null && course.dueAt <= now;
  // What begins after its due time is a breach that became known late; there is nothing left to warn of.
  return { clock: nameOf(terms), from, ...citedTerms(terms), ...course, late, steps: late ? course.steps.filter(({ what }) => what !== 'warn') : course.steps };
}

export function promised<E extends DomainEvent>(rule: PromiseRule<E>, event: E, { now, policy }: Deciding): SetClock {
  const dueAt = rule.due(event);
  const like = rule.warnsLike && policy.clocks(rule.warnsLike)[0];
  const steps = stepsOfTerms(like ?? { warn: [], escalate: [] });
  return {
    clock: rule.promise, from: now, span: null, policy: like ? `${like.pack}@${like.version}` : `${rule.rule.split('-')[0] ?? rule.rule}@1`, rule: rule.rule,
    nature: 'service', pausable: false, clause: like?.clause ?? '', consequence: like?.consequence ?? null,
    ...straightCourse({ at: dueAt }, now, 'wall-clock', steps, policy.calendar), late: dueAt <= now,
  };
}
