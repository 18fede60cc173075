import { deadlineEvents, type DeadlineEvent } from 'aftercare/contracts';
import { isRefusal, type Aggregate, type Decider, type DecisionContext, type DomainEvent, type NumberedKind, type StoredFormat } from 'aftercare/kernel';
import type { PolicySet } from './policy-set.js';
import type { ClockKey } from './what-is-read.js';

/** One row of an aggregate's clock table: which event starts the clock, from when it counts, which events end it. */
export interface ClockRule<E extends DomainEvent, S> {
    readonly clock: ClockKey;
    /** What the terms of a pack may ask about the case. */
    readonly facts?: (event: E, state: S) => Readonly<Record<string, string | null>>;
    readonly starts: readonly E['type'][];
    /** Only when this holds for the starting event and the state after it. */
    readonly when?: (event: E, state: S) => boolean;
    /** Instant from which the span counts; the instant of the decision when left out. */
    readonly from?: (event: E, state: S) => string | undefined;
    readonly meets: readonly E['type'][];
    /** The case went another way: the clock ends without being met or missed. */
    readonly drops?: readonly E['type'][];
}

/** A clock whose due time is given in the event itself, for example a promised date. */
export interface PromiseRule<E extends DomainEvent> {
  readonly promise: string;
  readonly rule: string;
  readonly starts: E['type'];
  readonly due: (event: E) => string;
  readonly meets: readonly E['type'][];
  readonly drops?: readonly E['type'][];
}

export interface RunningClock {
  readonly dueAt: string | null;
  readonly breached: boolean;
  readonly policy: string;
  readonly rule: string;
}

/** The aggregate's own state with its running clocks beside it, by clock name `<policy>/<key>`. */
export interface Timed<S> {
  readonly own: S;
  readonly clocks: Readonly<Record<string, RunningClock>>;
}

export interface NoteDeadlineBreach {
  readonly type: 'NoteDeadlineBreach';
  readonly clock: string;
}

interface Started { readonly clock: string; readonly dueAt: string | null; readonly late: boolean; readonly policy: string; readonly rule: string }
type AnyRule<E extends DomainEvent, S> = ClockRule<E, S> | PromiseRule<E>;


function startedBy<E extends DomainEvent, S>(rule: AnyRule<E, S>, event: E, state: S, context: DecisionContext<PolicySet>): readonly Started[] {
  if ('promise' in rule) {
    if (rule.starts !== event.type) return [];
    const dueAt = rule.due(event);
    return [{ clock: rule.promise, dueAt, late: dueAt <= context.now, policy: `${rule.rule.split('-')[0] ?? rule.rule}@1`, rule: rule.rule }];
  }
  if (!rule.starts.includes(event.type) || rule.when?.(event, state) === false) return [];
  const facts = rule.facts?.(event, state) ?? {};
  return context.policy.clocks(rule.clock)
    .filter((terms) => Object.entries(terms.when).every(([fact, values]) => values.includes(facts[fact] ?? '')))
    .map((terms) => {
      const { at: dueAt } = context.policy.calendar.due(terms.span, rule.from?.(event, state) ?? context.now);
      return { clock: `${terms.pack}/${terms.key}`, dueAt, late: dueAt !== null && dueAt <= context.now, policy: `${terms.pack}@${terms.version}`, rule: terms.rule };
    });
}

const belongsTo = <E extends DomainEvent, S>(rule: AnyRule<E, S>, clock: string): boolean =>
  'promise' in rule ? rule.promise === clock : clock.endsWith(`/${rule.clock}`);

/** Deadline events that follow from what was just decided. Ending comes before starting, so a new round restarts a clock. */
function follow<E extends DomainEvent, S>(
  rules: readonly AnyRule<E, S>[], decided: readonly E[], before: Timed<S>, after: (event: E, state: S) => S, context: DecisionContext<PolicySet>,
): DeadlineEvent[] {
  const open = new Map(Object.entries(before.clocks));
  const met: { clock: string; dueAt: string | null; late: boolean }[] = [];
  const dropped: string[] = [];
  const set = new Map<string, Started>();
  let state = before.own;
  for (const event of decided) {
    state = after(event, state);
    for (const rule of rules) {
      for (const name of [...open.keys(), ...set.keys()].filter((clock) => belongsTo(rule, clock))) {
        const running = open.get(name) ?? set.get(name);
        if (running && rule.meets.includes(event.type)) {
          met.push({ clock: name, dueAt: running.dueAt, late: running.dueAt !== null && running.dueAt < context.now });
          open.delete(name); set.delete(name);
        } else if (running && rule.drops?.includes(event.type)) {
          if (!set.delete(name)) dropped.push(name);
          open.delete(name);
        }
      }
      for (const started of startedBy(rule, event, state, context)) {
        // A new promise replaces the old one; a policy clock that is still running is not restarted.
        if ('promise' in rule && open.delete(started.clock)) dropped.push(started.clock);
        if (!open.has(started.clock)) set.set(started.clock, started);
      }
    }
  }
  const events: DeadlineEvent[] = [];
  if (met.length) events.push({ type: 'DeadlinesMet', data: { clocks: met } });
  if (dropped.length) events.push({ type: 'DeadlinesDropped', data: { clocks: dropped, why: decided.at(-1)?.type ?? '' } });
  if (set.size) events.push({ type: 'DeadlinesSet', data: { clocks: [...set.values()] } });
  return events;
}

const isDeadlineEvent = (event: DomainEvent): event is DeadlineEvent =>
  event.type === 'DeadlinesSet' || event.type === 'DeadlinesMet' || event.type === 'DeadlinesDropped' || event.type === 'DeadlineBreached';

function evolveClocks(clocks: Timed<unknown>['clocks'], event: DeadlineEvent): Timed<unknown>['clocks'] {
  const next = { ...clocks };
  switch (event.type) {
    case 'DeadlinesSet':
      for (const c of event.data.clocks) next[c.clock] = { dueAt: c.dueAt, breached: c.late, policy: c.policy, rule: c.rule };
      return next;
    case 'DeadlinesMet':
      for (const c of event.data.clocks) delete next[c.clock];
      return next;
    case 'DeadlinesDropped':
      for (const clock of event.data.clocks) delete next[clock];
      return next;
    case 'DeadlineBreached': {
      const running = next[event.data.clock];
      if (running) next[event.data.clock] = { ...running, breached: true };
      return next;
    }
  }
}

/** Gives a decider its clock table. The decider itself stays free of deadlines; the table reads like the policy. */
export function withClocks<C extends { readonly type: string }, S, E extends DomainEvent>(
  decider: Decider<C, S, E, PolicySet>, rules: readonly AnyRule<E, S>[],
): Decider<C | NoteDeadlineBreach, Timed<S>, E | DeadlineEvent, PolicySet> {
  return {
    initial: { own: decider.initial, clocks: {} },
    decide(command, state, context) {
      if (command.type === 'NoteDeadlineBreach') return noteBreach((command as NoteDeadlineBreach).clock, state.clocks, context.now);
      const decided = decider.decide(command as C, state.own, context);
      if (isRefusal(decided)) return decided;
      return [...decided, ...follow(rules, decided, state, (event, own) => decider.evolve(own, event), context)];
    },
    evolve(state, event) {
      return isDeadlineEvent(event)
        ? { own: state.own, clocks: evolveClocks(state.clocks, event) }
        : { own: decider.evolve(state.own, event as E), clocks: state.clocks };
    },
  };
}

/** Recorded once: a clock that is met, dropped, undetermined, already breached or not yet due yields nothing. */
function noteBreach(clock: string, clocks: Timed<unknown>['clocks'], now: string): DeadlineEvent[] {
  const running = clocks[clock];
  if (!running || running.breached || running.dueAt === null || running.dueAt > now) return [];
  return [{ type: 'DeadlineBreached', data: { clock, dueAt: running.dueAt, policy: running.policy, rule: running.rule } }];
}

/** A decider, its clock table and its address put together. `name` is part of every stream name: a storage format. */
export function timedAggregate<C extends { readonly type: string }, S, E extends DomainEvent>(parts: {
  readonly name: string;
  readonly initial: S;
  readonly decide: Decider<C, S, E, PolicySet>['decide'];
  readonly evolve: (state: S, event: E) => S;
  readonly clocks: readonly AnyRule<E, S>[];
  readonly formats: Readonly<Record<string, StoredFormat>>;
  readonly stage: (state: S) => string;
  readonly numbered?: NumberedKind;
}): TimedAggregate<C, S, E> {
  const { name, initial, decide, evolve, clocks, formats, stage, numbered } = parts;
  return {
    name,
    decider: withClocks({ initial, decide, evolve }, clocks),
    formats: { ...formats, ...deadlineEvents },
    stage: (state) => stage(state.own),
    ...(numbered && { numbered }),
  };
}

export type ClockTable<E extends DomainEvent, S> = readonly AnyRule<E, S>[];
export type TimedAggregate<C, S, E extends DomainEvent> = Aggregate<C | NoteDeadlineBreach, Timed<S>, E | DeadlineEvent, PolicySet>;
