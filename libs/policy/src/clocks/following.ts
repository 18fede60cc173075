import type { DeadlineEvent } from 'aftercare/contracts';
import type { DomainEvent } from 'aftercare/kernel';
import type { ClockTerms } from '../terms.js';
import { evolveClocks } from './evolving.js';
import { dueSteps, missedBy } from './noting.js';
import { revisionOf } from './revising.js';
import type { MetClock, RevisedClock, RunningClock, RunningClocks, SetClock } from './running.js';
import { applies, nameOf, promised, startOf, type Deciding } from './starting.js';
import { isOf, isPromise, type AnyRule, type ClockRule, type PromiseRule } from './table.js';

/** What one decision does to the clocks, gathered event by event and recorded as one event per kind of change. */
export class Following<E extends DomainEvent, S> {
  /** As before the decision, with revisions applied. */
  private open: RunningClocks;
  private readonly passed: DeadlineEvent[] = [];
  private readonly revised: RevisedClock[] = [];
  private readonly met: MetClock[] = [];
  private readonly dropped: string[] = [];
  private readonly set = new Map<string, SetClock>();

  constructor(private readonly rules: readonly AnyRule<E, S>[], private readonly before: RunningClocks, private readonly deciding: Deciding) {
    this.open = before;
  }

  take(event: E, state: S): void {
    for (const rule of this.rules) if (!isPromise(rule) && rule.takesOver) this.takeOver(rule, event, state);
    for (const rule of this.rules) {
      this.end(rule, event);
      if (isPromise(rule)) this.promise(rule, event);
      else {
        if (rule.revisedBy?.includes(event.type)) this.revise(rule, event, state);
        this.start(rule, event, state);
      }
    }
  }

  /** Ending comes before starting, so a new round restarts a clock. What is late already is recorded at once. */
  events(why: string): DeadlineEvent[] {
    const { now } = this.deciding;
    const events: DeadlineEvent[] = [...this.passed];
    const clocks = (): RunningClocks => events.reduce(evolveClocks, this.before);
    if (this.revised.length) events.push({ type: 'DeadlinesRevised', data: { at: now, clocks: this.revised, why } });
    const ended = clocks();
    for (const { clock, doneAt } of this.met) events.push(...missedBy(clock, ended, now, doneAt ?? now));
    for (const name of this.dropped) events.push(...missedBy(name, ended, now));
    if (this.met.length) events.push({ type: 'DeadlinesMet', data: { clocks: this.met } });
    if (this.dropped.length) events.push({ type: 'DeadlinesDropped', data: { clocks: this.dropped, why } });
    if (this.set.size) events.push({ type: 'DeadlinesSet', data: { clocks: [...this.set.values()] } });
    if (this.revised.length === 0 && this.set.size === 0) return events;
    const started = clocks();
    for (const name of new Set([...this.revised.map(({ clock }) => clock), ...this.set.keys()])) events.push(...dueSteps(name, started, now));
    return events;
  }

  private end(rule: AnyRule<E, S>, event: E): void {
    const meets = rule.meets.includes(event.type);
    if (!meets && !rule.drops?.includes(event.type)) return;
    const { now } = this.deciding;
    for (const name of [...Object.keys(this.open), ...this.set.keys()].filter((clock) => isOf(rule, clock))) {
      const running: Pick<RunningClock, 'dueAt' | 'paused'> = this.open[name] ?? { dueAt: this.set.get(name)?.dueAt ?? null, paused: null };
      if (meets) {
        const doneAt = isPromise(rule) ? null : notAfter(now, rule.done?.(event));
        const late = running.dueAt !== null && running.paused === null && running.dueAt < (doneAt ?? now);
        this.met.push({ clock: name, dueAt: running.dueAt, late, doneAt });
      } else if (!this.set.has(name)) this.dropped.push(name);
      this.forget(name);
    }
  }

  private start(rule: ClockRule<E, S>, event: E, state: S): void {
    if (!rule.starts.includes(event.type) || rule.when?.(event, state) === false) return;
    const facts = rule.facts?.(event, state) ?? {};
    for (const terms of this.deciding.policy.clocks(rule.clock)) {
      // A clock that is still running is not restarted.
      if (Object.hasOwn(this.open, nameOf(terms)) || applies(terms, facts) !== 'yes') continue;
      this.set.set(nameOf(terms), startOf(terms, rule.from?.(event, state, terms) ?? this.deciding.now, this.deciding));
    }
  }

  /** A new promise replaces the old one. */
  private promise(rule: PromiseRule<E>, event: E): void {
    if (rule.starts !== event.type) return;
    if (Object.hasOwn(this.open, rule.promise)) this.dropped.push(rule.promise);
    this.forget(rule.promise);
    this.set.set(rule.promise, promised(rule, event, this.deciding));
  }

  private revise(rule: ClockRule<E, S>, event: E, state: S): void {
    const facts = rule.facts?.(event, state) ?? {};
    for (const name of [...Object.keys(this.open), ...this.set.keys()].filter((clock) => isOf(rule, clock))) {
      const ofPack = this.deciding.policy.clocks(rule.clock).filter((terms) => nameOf(terms) === name);
      const terms = ofPack.find((one) => applies(one, facts) === 'yes');
      const just = this.set.get(name);
      const from = terms && rule.from?.(event, state, terms);
      if (terms && just) this.set.set(name, startOf(terms, from ?? just.from ?? this.deciding.now, this.deciding));
      else if (terms) this.reviseOpen(name, terms, from);
      // Only what is known not to apply ends a clock: an unknown fact is no reason to stop counting.
      else if (ofPack.length > 0 && ofPack.every((one) => applies(one, facts) === 'no')) {
        if (!just) this.dropped.push(name);
        this.forget(name);
      }
    }
  }

  private takeOver(rule: ClockRule<E, S>, event: E, state: S): void {
    if (!rule.revisedBy?.includes(event.type) || rule.when?.(event, state) === false) return;
    const facts = rule.facts?.(event, state) ?? {};
    for (const terms of this.deciding.policy.clocks(rule.clock)) {
      const name = rule.takesOver?.map((key) => nameOf({ pack: terms.pack, key })).find((other) => Object.hasOwn(this.open, other));
      if (name !== undefined && !Object.hasOwn(this.open, nameOf(terms)) && applies(terms, facts) === 'yes') this.reviseOpen(name, terms, rule.from?.(event, state, terms));
    }
  }

  /** What was due under the old terms is recorded under them, before they change. */
  private reviseOpen(name: string, terms: ClockTerms, from: string | undefined): void {
    const due = dueSteps(name, this.open, this.deciding.now);
    const open = due.reduce(evolveClocks, this.open);
    const running = open[name];
    const revision = running && revisionOf(name, running, terms, from, this.deciding);
    if (!revision) return;
    this.passed.push(...due);
    this.revised.push(revision);
    this.open = evolveClocks(open, { type: 'DeadlinesRevised', data: { at: this.deciding.now, clocks: [revision], why: '' } });
  }

  private forget(name: string): void {
    const { [name]: _, ...open } = this.open;
    this.open = open;
    this.set.delete(name);
  }
}

/** Clocks of machines differ by minutes: what is stated to lie ahead is done by now. */
const notAfter = (now: string, done: string | undefined): string | null => (done !== undefined && done < now ? done : null);
