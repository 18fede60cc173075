import { deadlineEvents, keptPolicyEvents, type DeadlineEvent } from 'aftercare/contracts';
import { asStored, isRefusal, type Actor, type Aggregate, type DecisionContext, type DomainEvent } from 'aftercare/kernel';
import { policySet, type PolicySet, type Timed } from 'aftercare/policy';

/** A Wednesday afternoon in Shanghai, in a year that has a calendar. */
export const NOW = '2026-03-11T06:00:00.000Z';
export const CASE_ID = '019cdb9e-9c00-7000-8000-00000000c0de';
export const SUBJECT_ID = '019cdb9e-9c00-7000-8000-000000000abc';
export const CLERK: Actor = { id: 'u-1', role: 'intake.clerk' };

/** What a decision came to, in the words a test wants to speak. */
export interface Then<S> {
  /** Null when the command was taken. */
  readonly refused: string | null;
  readonly rule: string | null;
  readonly field: string | null;
  /** Types of the business events, without deadlines and without the policy version that the first decision keeps. */
  readonly types: readonly string[];
  readonly events: readonly DomainEvent[];
  readonly deadlines: readonly DeadlineEvent[];
  /** State afterwards. */
  readonly state: Timed<S>;
  readonly stage: string;
}

type AnyTimed<C, S, E extends DomainEvent> = Aggregate<C, Timed<S>, E, PolicySet>;

/** `given(complaint, registered, classified).when({ type: 'FixHandlingPlan', … }).refused` */
export function given<C, S, E extends DomainEvent>(aggregate: AnyTimed<C, S, E>, ...events: readonly E[]) {
  const state = events.reduce((folded, event) => aggregate.decider.evolve(folded, asStored(event)), aggregate.decider.initial);
  return { state, when: (command: C, context: Partial<DecisionContext<PolicySet>> = {}) => when(aggregate, state, command, context) };
}

function when<C, S, E extends DomainEvent>(
  aggregate: AnyTimed<C, S, E>, before: Timed<S>, command: C, context: Partial<DecisionContext<PolicySet>>,
): Then<S> {
  const decided = aggregate.decider.decide(command, before, {
    id: CASE_ID, freshId: SUBJECT_ID, now: NOW, actor: CLERK, policy: policySet(), ...context,
  });
  if (isRefusal(decided)) {
    const { refused, rule = null, field = null } = decided;
    return { refused, rule, field, types: [], events: [], deadlines: [], state: before, stage: aggregate.stage(before) };
  }
  const state = decided.reduce((folded, event) => aggregate.decider.evolve(folded, asStored(event)), before);
  const isDeadline = (event: DomainEvent): boolean => Object.hasOwn(deadlineEvents, event.type);
  const events = decided.filter((event) => !isDeadline(event) && !Object.hasOwn(keptPolicyEvents, event.type));
  return {
    refused: null, rule: null, field: null, types: events.map(({ type }) => type), events,
    deadlines: decided.filter(isDeadline) as unknown as DeadlineEvent[], state, stage: aggregate.stage(state),
  };
}

/**
 * Every stage x command pair: what was recorded, or the code of the refusal. A test compares the whole table, so a
 * pair nobody thought of shows up as a difference.
 */
export function everyPair<C extends { readonly type: string }, S, E extends DomainEvent>(
  aggregate: AnyTimed<C, S, E>, stages: Readonly<Record<string, readonly E[]>>, commands: readonly C[],
): Record<string, Record<string, string>> {
  return Object.fromEntries(Object.entries(stages).map(([stage, events]) => [
    stage,
    Object.fromEntries(commands.map((command) => {
      const then = given(aggregate, ...events).when(command);
      return [command.type, then.refused ?? (then.types.join(' ') || 'nothing')];
    })),
  ]));
}
