import type { DomainEvent, Recorded, RuleTrace } from 'aftercare/kernel';
import type { UndeterminedWhy } from './vocabulary.js';

/**
 * Why a person has to decide. Beside what a decision table says of itself: its answer cannot be carried out
 * (`unreadable-answer`: a role that nobody here has, or a calendar that ends before the time that goes with it).
 */
export type OpenWhy = UndeterminedWhy | 'unreadable-answer';

/** A question that no rule answered, as it was put to a person. */
export interface AskedQuestion {
  readonly is: 'asked';
  readonly question: string;
  /** Key of the decision table; null where the event does not tell which of several it was, or none could be asked. */
  readonly table: string | null;
  readonly why: OpenWhy;
}

/** What an event does to one question of its stream. */
export type DecisionStep =
  | AskedQuestion
  /** `person`: somebody gave the answer. `rule`: asked again, the rules had one. */
  | { readonly is: 'decided'; readonly question: string; readonly by: 'person' | 'rule'; readonly outcome: string }
  /** Nobody can answer it any more: the matter ended or went another way. */
  | { readonly is: 'ended'; readonly question: string }
  /** The matter goes on, and what nobody had answered waits again. */
  | { readonly is: 'resumed'; readonly question: string };

/** What `E` says of questions, by its type. At most one step of an event asks. */
export type StepsOf<E extends DomainEvent> = {
  readonly [T in E['type']]?: (event: Recorded<Extract<E, { readonly type: T }>>) => readonly DecisionStep[];
};

const NAMED = /^undetermined: ([a-z-]+)(?: \((.*)\))?$/;

/** What the trace of an undetermined answer names: the inputs nobody knew, or the rows that all matched, or the one that its table leaves open. */
export function namedInTrace(trace: RuleTrace | null): { readonly missing: string | null; readonly matching: string | null } {
  const [, why, names = null] = NAMED.exec(trace?.outcome ?? '') ?? [];
  const open = why === 'open-point' && trace && trace.rule !== 'undetermined' ? trace.rule : null;
  return { missing: why === 'missing-input' ? names : null, matching: why === 'several-match' ? names : open };
}

/** For an event that does not say why: the trace does. Null where the trace is no undetermined one. */
export function whyInTrace(trace: RuleTrace | null, known: readonly UndeterminedWhy[]): UndeterminedWhy | null {
  const [, why] = NAMED.exec(trace?.outcome ?? '') ?? [];
  return known.find((one) => one === why) ?? null;
}
