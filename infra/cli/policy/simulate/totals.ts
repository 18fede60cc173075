import { addCalls, addSums, noCalls, noCounts, type CallCounts, type PenaltyKind, type PenaltySums, type SimulationCounts } from 'aftercare/policy';
import type { ChunkResult } from './plan.js';

/** What all cases came to; the last line of the command. */
export interface Totals {
  readonly cases: number;
  /** Cases with at least one difference. */
  readonly affected: number;
  /** Cases without a difference of which something is noted: another row, decided by rule now, not replayable. */
  readonly onlyNoted: number;
  readonly events: number;
  /** `moved`: missed under both, by another measure; `kept`: missed under both, these included. */
  readonly breaches: { readonly added: number; readonly removed: number; readonly moved: number; readonly kept: number };
  /** `undetermined`: the draft needs a year that nobody published, the recorded policy did not; `undeterminedKept`: both do. */
  readonly clocks: { readonly added: number; readonly removed: number; readonly dueMoved: number; readonly undetermined: number; readonly undeterminedKept: number };
  /** Warnings and escalations that had come by the end of their clock, or by the horizon; in all and by key of the clock. */
  readonly calls: CallCounts & { readonly byClock: Readonly<Record<string, CallCounts>> };
  /** Money in minor units (分), and points: what was proposed and what the draft would have. */
  readonly penalties: Readonly<Record<PenaltyKind, PenaltySums>>;
  readonly decisions: {
    readonly replayed: number; readonly routes: number; readonly approvals: number; readonly penalties: number;
    /** Signatures that the draft would have asked for beside or instead of those given, and the other way round. */
    readonly extraSigners: number; readonly sparedSigners: number;
    readonly otherRule: number;
    /** What a person had to decide, and the draft says the same by a rule. */
    readonly decidedByRule: number;
    /** Left to a person by the draft only, and under both. */
    readonly undetermined: number; readonly undeterminedKept: number;
    /** Recorded decisions whose answer under the draft cannot be computed. */
    readonly notReplayable: number; readonly notReplayableBy: Readonly<Record<string, number>>;
  };
  /** Keys that the draft binds, changes or unbinds and that nothing on record asked about: what they would do cannot be said. */
  readonly notAsked: readonly string[];
  /** Keys that the draft binds and switches off in one: they stay off. */
  readonly boundInVain: readonly string[];
  /** Records without an opening date, left out. */
  readonly undated: number;
}

export class Tally {
  private readonly counts: SimulationCounts = noCounts();
  private readonly affected = new Set<string>();
  private readonly noted = new Set<string>();
  private readonly answered = new Set<string>();
  private readonly breaches = { added: 0, removed: 0, moved: 0 };
  private readonly effects = { route: 0, approval: 0, penalty: 0 };
  private readonly signers = { extra: 0, spared: 0 };
  private readonly lines = { differences: 0, noted: 0 };

  /** Differences so far, listed or not. */
  get differences(): number { return this.lines.differences; }
  /** With what is only noted. */
  get all(): number { return this.lines.differences + this.lines.noted; }

  add({ found, counts, answered }: Pick<ChunkResult, 'found' | 'counts' | 'answered'>): void {
    for (const key of answered) this.answered.add(key);
    const { notReplayable, calls, penalties, ...numbers } = counts;
    for (const [name, count] of Object.entries(numbers)) this.counts[name as keyof typeof numbers] += count;
    for (const [name, count] of Object.entries(notReplayable)) this.counts.notReplayable[name] = (this.counts.notReplayable[name] ?? 0) + count;
    for (const [key, more] of Object.entries(calls)) addCalls(this.counts.calls[key] ??= noCalls(), more);
    for (const [kind, more] of Object.entries(penalties)) addSums(this.counts.penalties[kind as PenaltyKind], more);
    for (const caseId of found.affected) this.affected.add(caseId);
    for (const caseId of found.noted) this.noted.add(caseId);
    addNumbers(this.breaches, found.breaches);
    addNumbers(this.effects, found.effects);
    addNumbers(this.signers, found.signers);
    addNumbers(this.lines, found.lines);
  }

  /** @param changed keys for which the draft says something else */
  totals(cases: number, undated: number, changed: readonly string[], boundInVain: readonly string[]): Totals {
    const { events, breachesKept: kept, clocksAdded: added, clocksRemoved: removed, dueMoved, undetermined, undeterminedClocksKept } = this.counts;
    const { decisions: replayed, otherRule, decidedByRule, undeterminedDecisions, undeterminedKept, notReplayable: notReplayableBy } = this.counts;
    return {
      cases, affected: this.affected.size, onlyNoted: [...this.noted].filter((caseId) => !this.affected.has(caseId)).length, events, breaches: { ...this.breaches, kept }, clocks: { added, removed, dueMoved, undetermined, undeterminedKept: undeterminedClocksKept },
      calls: this.calls(), penalties: this.counts.penalties,
      decisions: {
        replayed, routes: this.effects.route, approvals: this.effects.approval, penalties: this.effects.penalty,
        extraSigners: this.signers.extra, sparedSigners: this.signers.spared, otherRule, decidedByRule, undetermined: undeterminedDecisions, undeterminedKept,
        notReplayable: Object.values(notReplayableBy).reduce((sum, count) => sum + count, 0), notReplayableBy,
      },
      notAsked: changed.filter((key) => !this.answered.has(key) && !Object.hasOwn(notReplayableBy, key)), boundInVain, undated,
    };
  }

  private calls(): Totals['calls'] {
    const all = noCalls();
    for (const more of Object.values(this.counts.calls)) addCalls(all, more);
    const byClock = Object.fromEntries(Object.entries(this.counts.calls).sort(([one], [other]) => (one < other ? -1 : 1)));
    return { ...all, byClock };
  }
}

function addNumbers<K extends string>(sum: Record<K, number>, more: Readonly<Record<K, number>>): void {
  for (const name of Object.keys(more) as K[]) sum[name] += more[name];
}
