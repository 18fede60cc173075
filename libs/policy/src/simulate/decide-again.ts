import { isDeepStrictEqual } from 'node:util';
import type { Recorded, RuleTrace } from 'aftercare/kernel';
import { boundEntries } from '../adoption/policy-of.js';
import { aboutApproval, askAgain, type AboutApproval } from './ask-again.js';
import { compared, effectOf, heldAgainst, isUndetermined, told, type ByPerson, type DecisionCounts, type Outcome } from './compare-decisions.js';
import type { DecisionDifference, Difference, NotedDecision } from './difference.js';
import type { Draft } from './draft.js';
import { APPOINTED, type Asked, type RecordedPolicies } from './recorded-policies.js';
import { sameQuestion, saidInText, SaidByPeople } from './said-by-people.js';
import { tableWithoutTrace } from './without-trace.js';

type Place = Pick<Difference, 'caseId' | 'department' | 'stream'>;
type AskedTable = Extract<Asked, { what: 'table' }>;

/** One event with a trace, among those of its case in its stream. */
interface Question { readonly event: Recorded; readonly trace: RuleTrace; readonly place: Place; readonly about: AboutApproval | null; readonly people: SaidByPeople; readonly seen: Set<string> }

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
  const isAnswer = trace.inputs[APPOINTED] === true || (silent && !isUndetermined(trace));
  const round = people.roundOf(event, key, trace, isAnswer);
  if (round?.said) return { said: round.said, round };
  return isAnswer ? { said: saidInText(key, trace.outcome), round } : null;
}

/** As a proposal's trace tells its value: `3 points`, or a range in minor units. */
function proposalOf(value: unknown): string | null {
  if (typeof value === 'number') return `${value} points`;
  const isRange = typeof value === 'object' && value !== null && 'from' in value && 'to' in value;
  return isRange ? `${String(value.from)}..${String(value.to)}` : null;
}

const isBound = ({ document }: Draft, key: string): boolean => boundEntries(document, key).length > 0;
