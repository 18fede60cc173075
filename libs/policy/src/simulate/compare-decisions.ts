import type { RuleTrace } from 'aftercare/kernel';
import type { TableOutcome } from '../terms.js';
import { isAboutSigners } from './ask-again.js';
import type { DecisionDifference, DecisionEffect, Difference, NotedDecision } from './difference.js';
import { saidIn, type SaidByPeople } from './said-by-people.js';

/** What came of the recorded decisions besides the differences that are listed one by one. */
export interface DecisionCounts {
  /** Questions that were asked again; one that several events of a stream repeat counts once. */
  decisions: number;
  /** Same outcome by another row. */
  otherRule: number;
  /** A person had to decide, and the draft says the same by a rule. */
  decidedByRule: number;
  /** Left to a person by the draft, and decided by a rule as recorded. */
  undeterminedDecisions: number;
  /** Left to a person under both. */
  undeterminedKept: number;
  /** Recorded with a rule whose answer cannot be computed again, by key or rule. */
  notReplayable: Record<string, number>;
}

export type Outcome = DecisionDifference | NotedDecision | null;

/** What a person said where the tables were silent. */
export interface ByPerson { readonly said: string; readonly round: ReturnType<SaidByPeople['roundOf']> }

/** Where a person decided because the tables were silent, only a draft that speaks changes anything, and only where it says another thing. */
export function heldAgainst({ said, round }: ByPerson, before: RuleTrace, { outcome: answer, by }: { outcome: TableOutcome; by: string }, about: About, counts: DecisionCounts): Outcome {
  if (!answer.determined) {
    counts.undeterminedKept += 1;
    return null;
  }
  // What the table said then could not be carried out, nor could it be under the draft.
  const isAsThen = round?.outcomes.has(answer.trace.outcome) ?? false;
  if (isAsThen || round?.compared) return null;
  if (round) round.compared = true;
  const person = { rule: before.rule, outcome: said };
  if ((saidIn(by, answer.then) ?? answer.trace.outcome) !== said) return differenceOf(person, answer.trace, about);
  counts.decidedByRule += 1;
  return noted('decided-by-rule', person, answer.trace, about);
}

type Place = Pick<Difference, 'caseId' | 'department' | 'stream'>;
export interface About { readonly table: string; readonly place: Place }

export function compared(before: RuleTrace, { determined, trace: after }: TableOutcome, about: About, counts: DecisionCounts): Outcome {
  if (!determined) counts[isUndetermined(before) ? 'undeterminedKept' : 'undeterminedDecisions'] += 1;
  const [signedBefore, signAfter] = [rolesIn(before.outcome), rolesIn(after.outcome)];
  // One signer is one signer, whether a band or a matrix names him: there is no order to be kept.
  const isSameSigner = isAboutSigners(about.table) && signedBefore.length === 1 && signAfter.length === 1 && signedBefore[0] === signAfter[0];
  // Waiting for a person is waiting for a person, whatever the reason.
  if (isUndetermined(before) && !determined) return null;
  if (before.outcome === after.outcome || isSameSigner) {
    if (before.rule === after.rule) return null;
    counts.otherRule += 1;
    return noted('other-rule', before, after, about);
  }
  return differenceOf(before, after, about);
}

export const told = ({ rule, outcome }: Pick<RuleTrace, 'rule' | 'outcome'>) => ({ rule, outcome });

const noted = (note: NotedDecision['note'], before: Pick<RuleTrace, 'rule' | 'outcome'>, after: RuleTrace, { table, place }: About): NotedDecision =>
  ({ kind: 'noted', note, ...place, about: table, before: told(before), after: told(after) });

export const isUndetermined = ({ outcome }: Pick<RuleTrace, 'outcome'>): boolean => outcome.startsWith('undetermined');

function differenceOf(before: Pick<RuleTrace, 'rule' | 'outcome'>, after: RuleTrace, { table, place }: About): DecisionDifference {
  const [signedBefore, signAfter] = [rolesIn(before.outcome), rolesIn(after.outcome)];
  // Whom a person would name nobody knows, so neither side can be counted against the other.
  const isKnown = !isUndetermined(before) && !isUndetermined(after);
  return {
    kind: 'decision', effect: effectOf(table), ...place, table,
    before: told(before), after: told(after),
    extraSigners: isKnown ? without(signAfter, signedBefore) : [], sparedSigners: isKnown ? without(signedBefore, signAfter) : [],
  };
}

/** By the key: its first word says whose rules they are. */
export function effectOf(table: string): DecisionEffect {
  if (table.startsWith('performance.')) return 'penalty';
  return /^(billing|approval)\.|\.(approval|signatories|signatures|plan_signatures)$/.test(table) ? 'approval' : 'route';
}

/** A role named twice means two people. */
function without(roles: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return roles.filter((role) => {
    const at = left.indexOf(role);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** `department.role` as outcomes name who has to sign. */
function rolesIn(outcome: string): string[] {
  return outcome.startsWith('undetermined') ? [] : [...outcome.match(/\b[a-z]+\.[a-z-]+\b/g) ?? []];
}
