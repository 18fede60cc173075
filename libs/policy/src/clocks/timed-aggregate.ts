import { deadlineEvents, keptPolicyEvents, type DeadlineEvent, type KeptPolicyEvent } from 'aftercare/contracts';
import { isRefusal, type Aggregate, type Decider, type Decision, type DecisionContext, type DomainEvent, type Matters, type NumberedKind, type StoredFormat } from 'aftercare/kernel';
import { nameOf, type PolicySet } from '../policy-set.js';
import { evolveClocks, isDeadlineEvent } from './evolving.js';
import { Following } from './following.js';
import { dueSteps, type NoteDueDeadlines } from './noting.js';
import { pause, resume, type PauseDeadlines, type ResumeDeadlines } from './pausing.js';
import { reckonAgain, type ReckonDeadlines } from './reckoning-again.js';
import type { Timed } from './running.js';
import type { AnyRule, ClockTable } from './table.js';

/** What every aggregate with clocks can be told besides its own commands. */
export type ClockCommand = NoteDueDeadlines | PauseDeadlines | ResumeDeadlines | ReckonDeadlines;
export type TimedEvent<E> = E | DeadlineEvent | KeptPolicyEvent;
export type TimedAggregate<C, S, E extends DomainEvent> = Aggregate<C | ClockCommand, Timed<S>, TimedEvent<E>, PolicySet> & {
  /** For a look at what other rules would have come to; decisions follow it by themselves. */
  readonly clocks: ClockTable<E, S>;
};

const CLOCK_COMMANDS: Readonly<Record<ClockCommand['type'], true>> = {
  NoteDueDeadlines: true, PauseDeadlines: true, ResumeDeadlines: true, ReckonDeadlines: true,
};
const isClockCommand = (command: { readonly type: string }): command is ClockCommand => Object.hasOwn(CLOCK_COMMANDS, command.type);

function decideClocks(command: ClockCommand, { clocks }: Timed<unknown>, { now, policy }: DecisionContext<PolicySet>): Decision<DeadlineEvent> {
  switch (command.type) {
    case 'NoteDueDeadlines': return dueSteps(command.clock, clocks, command.by !== undefined && command.by > now ? command.by : now);
    case 'PauseDeadlines': return pause(command.reasonCode, clocks, policy.calendar, now);
    case 'ResumeDeadlines': return resume(clocks, { now, policy });
    case 'ReckonDeadlines': return reckonAgain(clocks, { now, policy });
  }
}

/** The first decision of a stream says under which rules it was taken, and the stream stays under them. */
function kept({ policy }: Timed<unknown>, { adoption }: PolicySet): KeptPolicyEvent[] {
  return policy === null ? [{ type: 'PolicyVersionKept', data: { adoption: nameOf(adoption), digest: adoption.digest } }] : [];
}

interface ClocksOptions { readonly keepsPolicy?: boolean }

/** Gives a decider its clock table. The decider itself stays free of deadlines; the table reads like the policy. */
export function withClocks<C extends { readonly type: string }, S, E extends DomainEvent>(
  decider: Decider<C, S, E, PolicySet>, rules: readonly AnyRule<E, S>[], { keepsPolicy = rules.length > 0 }: ClocksOptions = {},
): Decider<C | ClockCommand, Timed<S>, TimedEvent<E>, PolicySet> {
  return {
    initial: { own: decider.initial, clocks: {}, policy: null },
    decide(command, state, context) {
      if (isClockCommand(command)) return decideClocks(command, state, context);
      const decided = decider.decide(command, state.own, context);
      if (isRefusal(decided) || decided.length === 0) return decided;
      const following = new Following(rules, state.clocks, context);
      let { own } = state;
      for (const event of decided) {
        own = decider.evolve(own, event);
        following.take(event, own);
      }
      return [...decided, ...(keepsPolicy ? kept(state, context.policy) : []), ...following.events(decided.at(-1)?.type ?? '')];
    },
    evolve(state, event) {
      if (isDeadlineEvent(event)) return { ...state, clocks: evolveClocks(state.clocks, event) };
      if (isKeptPolicy(event)) return { ...state, policy: { adoption: event.data.adoption, digest: event.data.digest } };
      return { ...state, own: decider.evolve(state.own, event as E) };
    },
  };
}

const isKeptPolicy = (event: { readonly type: string }): event is KeptPolicyEvent => event.type === 'PolicyVersionKept';

/** A decider, its clock table and its address put together. `name` is part of every stream name: a storage format. */
export function timedAggregate<C extends { readonly type: string }, S, E extends DomainEvent>(parts: {
  readonly name: string;
  readonly initial: S;
  readonly decide: Decider<C, S, E, PolicySet>['decide'];
  readonly evolve: (state: S, event: E) => S;
  readonly clocks: ClockTable<E, S>;
  readonly formats: Readonly<Record<string, StoredFormat>>;
  readonly stage: (state: S) => string;
  readonly numbered?: NumberedKind;
  /** True for an aggregate without clocks whose decisions rest on policy values. */
  readonly keepsPolicy?: boolean;
  readonly matters?: Matters<C, E>;
}): TimedAggregate<C, S, E> {
  const { name, initial, decide, evolve, clocks, formats, stage, numbered, keepsPolicy = clocks.length > 0, matters } = parts;
  return {
    name,
    decider: withClocks({ initial, decide, evolve }, clocks, { keepsPolicy }),
    formats: { ...formats, ...deadlineEvents, ...keptPolicyEvents },
    clocks,
    stage: (state) => stage(state.own),
    ...(keepsPolicy && { keeps: (state: Timed<S>) => state.policy?.adoption ?? null }),
    ...(numbered && { numbered }),
    ...(matters && { matters: matters as Matters<C | ClockCommand, TimedEvent<E>> }),
  };
}
