import type { DeadlineEvent } from 'aftercare/contracts';
import { isRefusal, type Decision, type DomainEvent, type Recorded } from 'aftercare/kernel';
import { evolveClocks, isDeadlineEvent } from '../clocks/evolving.js';
import { Following } from '../clocks/following.js';
import { dueSteps } from '../clocks/noting.js';
import { pause, resume } from '../clocks/pausing.js';
import type { RunningClocks, Timed } from '../clocks/running.js';
import { isPromise, type AnyRule, type ClockTable } from '../clocks/table.js';
import { ClockLives, type ClockLife, type Steps } from './clock-lives.js';
import type { Draft } from './draft.js';
import { callsUnder, draftedSteps, type CallsOf } from './drafted-steps.js';

/** What a simulation needs of an aggregate with clocks: how its state follows from what happened, and its table. */
export interface SimulatedAggregate {
  readonly name: string;
  readonly decider: { readonly initial: Timed<unknown>; evolve(state: Timed<unknown>, event: DomainEvent): Timed<unknown> };
  readonly clocks: ClockTable<DomainEvent, unknown>;
}

/** What is known of an aggregate under the draft once for all its streams. */
export interface AggregateUnderDraft {
  readonly evolve: SimulatedAggregate['decider']['evolve'];
  readonly initial: Timed<unknown>;
  /** Rows of its clock table that events of these types can touch: most events touch none, and asking every row of every event is slow. */
  readonly rulesOf: (types: readonly string[]) => ClockTable<DomainEvent, unknown>;
  readonly callsOf: CallsOf;
}

export function underDraft(aggregate: SimulatedAggregate, draft: Draft): AggregateUnderDraft {
  const known = new Map<string, ClockTable<DomainEvent, unknown>>();
  const rulesOf = (types: readonly string[]): ClockTable<DomainEvent, unknown> => {
    const name = types.join(' ');
    const rules = known.get(name) ?? aggregate.clocks.filter((rule) => types.some((type) => isTouched(rule, type)));
    known.set(name, rules);
    return rules;
  };
  return { initial: aggregate.decider.initial, evolve: (state, event) => aggregate.decider.evolve(state, event), rulesOf, callsOf: callsUnder(draft, aggregate) };
}

/** All places where a row names types of events. */
function isTouched(rule: AnyRule<DomainEvent, unknown>, type: string): boolean {
  if (rule.meets.includes(type) || rule.drops?.includes(type)) return true;
  return isPromise(rule) ? rule.starts === type : rule.starts.includes(type) || (rule.revisedBy?.includes(type) ?? false);
}

export interface StreamOutcome {
  readonly recorded: readonly ClockLife[];
  readonly drafted: readonly ClockLife[];
}

/**
 * One stream told again. What people did stays what it was, pauses included; only the clocks are set by the draft. The
 * other side is what was recorded then, not reckoned again.
 */
export class StreamUnderDraft {
  private readonly recorded = new ClockLives();
  private readonly drafted = new ClockLives((life) => this.stepsOf(life));
  private state: Timed<unknown>;
  private clocks: RunningClocks = {};
  private decision = 0;
  private last: Recorded | null = null;
  /** Facts of the decision under way, each with the state after it. */
  private facts: { readonly told: DomainEvent; readonly state: unknown; readonly at: string }[] = [];

  /** @param horizon UTC instant; what happened after it is not looked at on either side */
  constructor(private readonly aggregate: AggregateUnderDraft, private readonly draft: Draft['policy'], private readonly horizon: string) {
    this.state = aggregate.initial;
  }

  /** Every event of the stream, in its order. */
  take(event: Recorded): void {
    if (event.occurredAt > this.horizon || event.type === 'PolicyVersionKept') return;
    const told = event as unknown as DomainEvent;
    if (isDeadlineEvent(told)) this.takeDeadline(told, event);
    else this.takeFact(told, event);
    this.last = event;
  }

  end(): StreamOutcome {
    this.decide();
    return { recorded: this.recorded.close(this.horizon), drafted: this.drafted.close(this.horizon) };
  }

  /** Events of one append are one decision: its endings come before its starts. */
  private takeFact(told: DomainEvent, event: Recorded): void {
    if (this.facts.length === 0 || !this.last || !isOneAppend(this.last, event)) {
      this.decide();
      this.decision += 1;
    }
    this.state = this.aggregate.evolve(this.state, told);
    this.facts.push({ told, state: this.state.own, at: event.occurredAt });
  }

  private takeDeadline(told: DeadlineEvent, event: Recorded): void {
    this.decide();
    this.recorded.take(told, this.momentOf(event));
    const { occurredAt } = event;
    if (told.type === 'DeadlinesPaused') this.apply(pause(told.data.why, this.clocks, this.draft.calendar, occurredAt), event);
    if (told.type === 'DeadlinesResumed') this.apply(resume(this.clocks, { now: occurredAt, policy: this.draft }), event);
    // Somebody looked at this clock then; that the due time had passed was known even where the time of day was set back.
    if (told.type === 'DeadlineBreached') this.apply(dueSteps(told.data.clock, this.clocks, told.data.dueAt > occurredAt ? told.data.dueAt : occurredAt), event);
  }

  private decide(): void {
    const { facts, last } = this;
    const [first] = facts;
    if (!first || !last) return;
    this.facts = [];
    const rules = this.aggregate.rulesOf(facts.map(({ told: { type } }) => type));
    if (rules.length === 0) return;
    const following = new Following(rules, this.clocks, { now: first.at, policy: this.draft });
    for (const { told, state } of facts) following.take(told, state);
    this.apply(following.events(''), last);
  }

  private apply(decided: Decision<DeadlineEvent>, event: Recorded): void {
    if (isRefusal(decided)) return;
    for (const told of decided) {
      this.drafted.take(told, this.momentOf(event));
      this.clocks = evolveClocks(this.clocks, told);
    }
  }

  /** As the clock stands now; it goes on meanwhile. */
  private stepsOf({ clock, set, setAt, revised }: ClockLife): Steps {
    const running = this.clocks[clock];
    return () => draftedSteps({ clock, set, setAt, revised }, running, this.aggregate.callsOf, this.draft.calendar);
  }

  private momentOf({ occurredAt, correlationId }: Recorded): { at: string; decision: number; caseId: string } {
    return { at: occurredAt, decision: this.decision, caseId: correlationId };
  }
}

function isOneAppend(one: Recorded, next: Recorded): boolean {
  return next.index === one.index + 1 && next.occurredAt === one.occurredAt && next.causationId === one.causationId
    && next.correlationId === one.correlationId && next.actor.id === one.actor.id;
}
