import { isDeepStrictEqual } from 'node:util';
import type { Recorded, RuleTrace } from 'aftercare/kernel';
import type { TableOutcome } from '../terms.js';
import type { TableKey } from '../what-is-read.js';
import type { DecisionDifference, DecisionEffect, Difference } from './difference.js';
import type { Draft } from './draft.js';
import { APPOINTED, type Asked, type RecordedPolicies } from './recorded-policies.js';

/** What came of the recorded decisions besides the differences that are listed one by one. */
export interface DecisionCounts {
  /** Questions that were asked again; one that several events of a stream repeat counts once. */
  decisions: number;
  /** Same outcome by another row. */
  otherRule: number;
  /** Undetermined under the draft: a person decides. */
  undeterminedDecisions: number;
  /** Recorded with a rule whose answer cannot be computed again, by key or rule. */
  notReplayable: Record<string, number>;
}

type Place = Pick<Difference, 'caseId' | 'department' | 'stream'>;

/** Asks the tables of the draft what the recorded decisions had asked. */
export class DecisionsAgain {
  private readonly changedKeys = new Map<Asked, string | null>();

  constructor(private readonly draft: Draft, private readonly recorded: RecordedPolicies, private readonly counts: DecisionCounts) {}

  /** @param events of one case in one stream */
  differencesOf(events: readonly Recorded[], place: Place): Difference[] {
    const seen = new Set<string>();
    return events.flatMap(({ policy: trace }) => {
      if (!trace) return [];
      const question = JSON.stringify(trace);
      if (seen.has(question)) return [];
      seen.add(question);
      return this.askAgain(trace, place) ?? [];
    });
  }

  private askAgain(trace: RuleTrace, place: Place): DecisionDifference | null {
    const asked = this.recorded.askedBy(trace);
    if (asked.what === 'unknown') return this.cannot(`${trace.id} ${trace.rule}`);
    if (asked.what === 'settings') {
      // The same values give the same answer; what others would give, only the code that asked can say.
      const changed = this.changedKey(asked);
      if (changed !== null) return this.cannot(changed);
      this.counts.decisions += 1;
      return null;
    }
    const answer = answered(this.draft, asked.key, trace);
    if (!answer) return this.cannot(asked.key);
    this.counts.decisions += 1;
    if (!answer.determined) this.counts.undeterminedDecisions += 1;
    return compared(trace, answer, asked, place, this.counts);
  }

  private changedKey(asked: Extract<Asked, { what: 'settings' }>): string | null {
    const known = this.changedKeys.get(asked);
    if (known !== undefined) return known;
    const changed = asked.values.find(({ key, value }) => !isDeepStrictEqual(this.draft.valueOf(key), value))?.key ?? null;
    this.changedKeys.set(asked, changed);
    return changed;
  }

  private cannot(name: string): null {
    const { notReplayable } = this.counts;
    notReplayable[name] = (notReplayable[name] ?? 0) + 1;
    return null;
  }
}

/** Null where a column of the draft has another type than what was recorded. */
function answered({ policy }: Draft, key: string, { inputs }: RuleTrace): TableOutcome | null {
  try {
    return policy.decide(key as TableKey, inputs);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function compared(before: RuleTrace, answer: TableOutcome, { key: table, silent }: { readonly key: string; readonly silent: boolean }, place: Place, counts: DecisionCounts): DecisionDifference | null {
  const { trace: after } = answer;
  // Where a person decided because the table was silent, and it is silent under the draft too, nothing changes.
  const byPerson = before.inputs[APPOINTED] === true || (silent && !before.outcome.startsWith('undetermined'));
  if (byPerson && !answer.determined) return null;
  if (before.outcome === after.outcome) {
    if (before.rule !== after.rule) counts.otherRule += 1;
    return null;
  }
  const [signedBefore, signAfter] = [rolesIn(before.outcome), rolesIn(after.outcome)];
  return {
    kind: 'decision', effect: effectOf(table), ...place, table,
    before: { rule: before.rule, outcome: before.outcome }, after: { rule: after.rule, outcome: after.outcome },
    extraSigners: signAfter.filter((role) => !signedBefore.includes(role)), sparedSigners: signedBefore.filter((role) => !signAfter.includes(role)),
  };
}

/** By the key: its first word says whose rules they are. */
export function effectOf(table: string): DecisionEffect {
  if (table.startsWith('performance.')) return 'penalty';
  return /^(billing|approval)\.|\.(approval|signatories|signatures|plan_signatures)$/.test(table) ? 'approval' : 'route';
}

/** `department.role` as outcomes name who has to sign. */
function rolesIn(outcome: string): string[] {
  return outcome.startsWith('undetermined') ? [] : [...new Set(outcome.match(/\b[a-z]+\.[a-z-]+\b/g) ?? [])];
}
