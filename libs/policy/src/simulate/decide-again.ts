import { isDeepStrictEqual } from 'node:util';
import type { Recorded, RuleTrace } from 'aftercare/kernel';
import { boundEntries } from '../adoption/policy-of.js';
import type { TableOutcome } from '../terms.js';
import { aboutApproval, askAgain, isAboutSigners, type AboutApproval } from './ask-again.js';
import type { DecisionDifference, DecisionEffect, Difference, NotedDecision } from './difference.js';
import type { Draft } from './draft.js';
import { APPOINTED, type Asked, type RecordedPolicies } from './recorded-policies.js';
import { sameQuestion, saidIn, saidInText, SaidByPeople } from './said-by-people.js';
import { tableWithoutTrace } from './without-trace.js';

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

type Place = Pick<Difference, 'caseId' | 'department' | 'stream'>;
type AskedTable = Extract<Asked, { what: 'table' }>;

/** One event with a trace, among those of its case in its stream. */
interface Question { readonly event: Recorded; readonly trace: RuleTrace; readonly place: Place; readonly about: AboutApproval | null; readonly people: SaidByPeople; readonly seen: Set<string> }

type Outcome = DecisionDifference | NotedDecision | null;

/** What a person said where the tables were silent. */
interface ByPerson { readonly said: string; readonly round: ReturnType<SaidByPeople['roundOf']> }

/** Asks the tables of the draft what the recorded decisions had asked. */
export class DecisionsAgain {
  private readonly changedKeys = new Map<Asked, string | null>();

  /** @param answered takes the keys that the draft was asked */
  constructor(
    private readonly draft: Draft, private readonly recorded: RecordedPolicies, private readonly counts: DecisionCounts, private readonly answered: Set<string>,
  ) {}

  /** @param events of one case in one stream */
  differencesOf(events: readonly Recorded[], place: Place): Difference[] {
    const seen = new Set<string>();
    const people = new SaidByPeople(events);
    let about: AboutApproval | null = null;
    return events.flatMap((event) => {
      about = aboutApproval(about, event);
      const { policy: trace } = event;
      if (!trace) return this.withoutTrace(event, events, place);
      const difference = this.askAgain({ event, trace, place, about, people, seen });
      return difference === null || difference === 'same' ? [] : [difference];
    });
  }

  private withoutTrace(event: Recorded, beside: readonly Recorded[], place: Place): NotedDecision[] {
    const key = tableWithoutTrace(event, beside);
    return key !== null && isBound(this.draft, key) ? [this.cannot(key, null, place)] : [];
  }

  private askAgain(question: Question): Outcome | 'same' {
    const { trace, place, about, seen } = question;
    const asked = this.recorded.askedBy(trace);
    const byPerson = asked.what === 'table' ? answeredByPerson(question, asked) : null;
    const name = byPerson ? sameQuestion(trace, byPerson.said) : JSON.stringify(trace);
    if (seen.has(name)) return null;
    seen.add(name);
    if (asked.what === 'unknown') return this.cannot(`${trace.id} ${trace.rule}`, trace, place);
    if (asked.what === 'settings') {
      // The same values give the same answer; what others would give, only the code that asked can say, unless the value is the answer.
      const changed = this.changedKey(asked);
      if (changed !== null) return this.valueAgain(trace, asked, place) ?? this.cannot(changed, trace, place);
      this.counts.decisions += 1;
      return null;
    }
    const changedBehind = this.changedKey(asked);
    if (changedBehind !== null) return this.cannot(changedBehind, trace, place);
    const answer = askAgain(this.draft.policy, asked.key, trace, about);
    if (!answer) return this.cannot(asked.key, trace, place);
    this.counts.decisions += 1;
    for (const key of answer.asked) this.answered.add(key);
    const by = answer.asked.at(-1) ?? asked.key;
    return byPerson ? heldAgainst(byPerson, trace, { outcome: answer.outcome, by }, { table: asked.key, place }, this.counts) : compared(trace, answer.outcome, { table: asked.key, place }, this.counts);
  }

  /** Points and ranges of proposals: what was recorded is the value itself. */
  private valueAgain(trace: RuleTrace, { cited, values }: Extract<Asked, { what: 'settings' }>, place: Place): DecisionDifference | 'same' | null {
    const recorded = values.find(({ key, value }) => key === cited && proposalOf(value) === trace.outcome);
    if (!recorded || effectOf(cited) !== 'penalty') return null;
    const drafted = this.draft.valueOf(cited);
    const outcome = drafted === null ? 'nothing is proposed' : proposalOf(drafted);
    if (outcome === null) return null;
    this.counts.decisions += 1;
    this.answered.add(cited);
    if (outcome === trace.outcome) return 'same';
    const before = { rule: trace.rule, outcome: trace.outcome };
    return { kind: 'decision', effect: 'penalty', ...place, table: cited, before, after: { rule: cited, outcome }, extraSigners: [], sparedSigners: [] };
  }

  private changedKey(asked: Exclude<Asked, { what: 'unknown' }>): string | null {
    const known = this.changedKeys.get(asked);
    if (known !== undefined) return known;
    const changed = asked.values.find(({ key, value }) => !isDeepStrictEqual(this.draft.valueOf(key), value))?.key ?? null;
    this.changedKeys.set(asked, changed);
    return changed;
  }

  private cannot(about: string, trace: RuleTrace | null, place: Place): NotedDecision {
    const { notReplayable } = this.counts;
    notReplayable[about] = (notReplayable[about] ?? 0) + 1;
    return { kind: 'noted', note: 'not-replayable', ...place, about, before: trace && told(trace), after: null };
  }
}

function answeredByPerson({ event, trace, people }: Question, { key, silent }: AskedTable): ByPerson | null {
  const round = people.roundOf(event, key, trace);
  if (round?.said) return { said: round.said, round };
  const isAnswer = trace.inputs[APPOINTED] === true || (silent && !isUndetermined(trace));
  return isAnswer ? { said: saidInText(key, trace.outcome), round } : null;
}

/** Where a person decided because the tables were silent, only a draft that speaks changes anything, and only where it says another thing. */
function heldAgainst({ said, round }: ByPerson, before: RuleTrace, { outcome: answer, by }: { outcome: TableOutcome; by: string }, about: About, counts: DecisionCounts): Outcome {
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

interface About { readonly table: string; readonly place: Place }

function compared(before: RuleTrace, { determined, trace: after }: TableOutcome, about: About, counts: DecisionCounts): Outcome {
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

const told = ({ rule, outcome }: Pick<RuleTrace, 'rule' | 'outcome'>) => ({ rule, outcome });

const noted = (note: NotedDecision['note'], before: Pick<RuleTrace, 'rule' | 'outcome'>, after: RuleTrace, { table, place }: About): NotedDecision =>
  ({ kind: 'noted', note, ...place, about: table, before: told(before), after: told(after) });

const isUndetermined = ({ outcome }: Pick<RuleTrace, 'outcome'>): boolean => outcome.startsWith('undetermined');

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

/** As a proposal's trace tells its value: `3 points`, or a range in minor units. */
function proposalOf(value: unknown): string | null {
  if (typeof value === 'number') return `${value} points`;
  const isRange = typeof value === 'object' && value !== null && 'from' in value && 'to' in value;
  return isRange ? `${String(value.from)}..${String(value.to)}` : null;
}

const isBound = ({ document }: Draft, key: string): boolean => boundEntries(document, key).length > 0;

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
