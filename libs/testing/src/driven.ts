import { asStored, isRefusal, type Actor } from 'aftercare/kernel';
import { isDeadlineEvent, policySet, type ClockCommand, type ClockKey, type ClockTerms, type PolicySet, type RunningClock, type Timed, type TimedAggregate, type TimedEvent } from 'aftercare/policy';
import type { DeadlineEvent } from 'aftercare/contracts';
import { CASE_ID, CLERK, SUBJECT_ID } from './given-when-then.js';

/** Instant of a wall-clock time in Shanghai, `2026-03-11 09:00` or with seconds. */
export const shanghai = (local: string): string => new Date(`${local.replace(' ', 'T')}+08:00`).toISOString();
/** The other way round, without seconds. */
export const inShanghai = (instant: string): string => new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');

/** A clock of 24 hours under this key and no other clock, as where a company fills what its policies left open. */
export function onlyClock(key: ClockKey, over: Partial<ClockTerms> = {}): PolicySet {
  const terms: ClockTerms = {
    pack: 'ours', version: '1', key, rule: 'X-1', clause: '1', span: { value: 24, unit: 'hour', calendar: 'wall-clock' }, nature: 'service', when: {},
    pausable: true, warn: [], escalate: [], consequence: null, ...over,
  };
  return { ...policySet(), clocks: (asked) => (asked === key ? [terms] : []) };
}

/** One aggregate in the course of time, driven by commands at wall-clock times in Shanghai. */
export class Driven<C extends { readonly type: string }, S, E extends { readonly type: string; readonly data: object }> {
  state: Timed<S>;
  /** Everything recorded so far. */
  readonly log: TimedEvent<E>[] = [];
  private readonly who: { readonly actor: Actor; readonly policy: PolicySet };

  constructor(private readonly aggregate: TimedAggregate<C, S, E>, who: { readonly actor?: Actor; readonly policy?: PolicySet } = {}) {
    this.state = aggregate.decider.initial;
    this.who = { actor: CLERK, policy: policySet(), ...who };
  }

  /** @returns deadline events of the decision; throws where it was refused */
  send(local: string, command: C | ClockCommand, actor = this.who.actor): readonly DeadlineEvent[] {
    const decided = this.decide(local, command, actor);
    if (isRefusal(decided)) throw new Error(`${command.type} was refused: ${decided.refused}`);
    this.state = decided.reduce((state, event) => this.aggregate.decider.evolve(state, asStored(event)), this.state);
    this.log.push(...decided);
    return decided.filter(isDeadlineEvent);
  }

  clock(name: string): RunningClock | undefined {
    return this.state.clocks[name];
  }

  /** When the clock falls due in Shanghai; null where nobody can reckon it, undefined where it does not run. */
  due(name: string): string | null | undefined {
    const clock = this.clock(name);
    return clock && (clock.dueAt === null ? null : inShanghai(clock.dueAt));
  }

  /** Names and due times of all running clocks. */
  running(): Record<string, string | null | undefined> {
    return Object.fromEntries(Object.keys(this.state.clocks).toSorted().map((name) => [name, this.due(name)]));
  }

  /** Lets time pass as the watch does: every step is noted at its own instant. @returns what was recorded, as `told` has it */
  until(local: string): string[] {
    const end = shanghai(local);
    const said: string[] = [];
    for (;;) {
      const [next] = Object.entries(this.state.clocks).filter(([, { paused }]) => !paused)
        .flatMap(([name, { steps }]) => steps.flatMap(({ at }) => (at !== null && at <= end ? [{ name, at }] : [])))
        .toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : one.name < other.name ? -1 : 1));
      if (!next) return said;
      const noted = this.send(next.at, { type: 'NoteDueDeadlines', clock: next.name });
      const left = this.clock(next.name)?.steps.filter(({ at }) => at === next.at) ?? [];
      if (noted.length === 0 || left.length > 0) throw new Error(`${next.name} has a step at ${next.at} that is not recorded then, or not once`);
      said.push(...told(noted).map((line) => `${inShanghai(next.at)} ${line}`));
    }
  }

  private decide(local: string, command: C | ClockCommand, actor: Actor) {
    const now = local.endsWith('Z') ? local : shanghai(local);
    return this.aggregate.decider.decide(command, this.state, { id: CASE_ID, freshId: SUBJECT_ID, now, actor, policy: this.who.policy });
  }
}

/** What a watch recorded, in a line each: `P003/complaint.reply warn 50`, `… breach`, `… escalate intake.head,manager`. */
export const told = (events: readonly DeadlineEvent[]): string[] => events.flatMap((event) => {
  switch (event.type) {
    case 'DeadlineWarned': return [`${event.data.clock} warn ${event.data.percent}`];
    case 'DeadlineBreached': return [`${event.data.clock} breach`];
    case 'DeadlineEscalated': return [`${event.data.clock} escalate ${event.data.to.join()}`];
    default: return [];
  }
});
