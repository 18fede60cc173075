import type { DomainEvent } from 'aftercare/kernel';
import type { ClockTerms } from '../terms.js';
import type { ClockKey } from '../what-is-read.js';

/** What a clause asks about before it applies: the class, the duty, the product kind. Null: nobody knows yet. */
export type Facts = Readonly<Record<string, string | null | undefined>>;

/**
 * One row of an aggregate's clock table: which event starts the clock, from when it counts, which events end it. Every
 * adopted pack that has the key runs its own, side by side, named `<pack>/<key>`.
 */
export interface ClockRule<E extends DomainEvent, S> {
  readonly clock: ClockKey;
  readonly starts: readonly E['type'][];
  /** Only when this holds for the starting event and the state after it. */
  readonly when?: (event: E, state: S) => boolean;
  /**
   * Instant from which the span counts, the instant of the decision when left out. For a lead time the instant it ends at.
   * Two packs may count from different instants: `terms` tells what the clock at hand asks for.
   */
  readonly from?: (event: E, state: S, terms: Pick<ClockTerms, 'when'>) => string | undefined;
  /** What the terms of a pack may ask about. A fact that is not known starts nothing; a later starting event may. */
  readonly facts?: (event: E, state: S) => Facts;
  readonly meets: readonly E['type'][];
  /** When it was done, where the event that meets the clock states it; else it is done by being recorded. */
  readonly done?: (event: E) => string | undefined;
  /** The case went another way: the clock ends without being met or missed. */
  readonly drops?: readonly E['type'][];
  /** Facts may be others after these: the terms are asked again, and what has been counted stays counted. */
  readonly revisedBy?: readonly E['type'][];
  /** Running clocks that this one replaces at a revision, with what they have counted: the urgent span for the usual one. */
  readonly takesOver?: readonly ClockKey[];
}

/** A clock whose due time is given in the event itself, for example a promised date. Nobody pauses a promise. */
export interface PromiseRule<E extends DomainEvent> {
  readonly promise: string;
  readonly rule: string;
  readonly starts: E['type'];
  readonly due: (event: E) => string;
  readonly meets: readonly E['type'][];
  readonly drops?: readonly E['type'][];
  /** Whose warnings and escalations it borrows where a pack has them; the due time stays the promised one. */
  readonly warnsLike?: ClockKey;
}

export type AnyRule<E extends DomainEvent, S> = ClockRule<E, S> | PromiseRule<E>;
export type ClockTable<E extends DomainEvent, S> = readonly AnyRule<E, S>[];

export const isPromise = <E extends DomainEvent, S>(rule: AnyRule<E, S>): rule is PromiseRule<E> => 'promise' in rule;

/** Also a clock of a pack that is no longer adopted has its row. */
export function isOf<E extends DomainEvent, S>(rule: AnyRule<E, S>, clock: string): boolean {
  return isPromise(rule) ? clock === rule.promise : keyOf(clock) === rule.clock;
}

export const keyOf = (clock: string): string => clock.slice(clock.indexOf('/') + 1);
