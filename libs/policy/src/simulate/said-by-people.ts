import { decisionSteps } from 'aftercare/contracts';
import type { Recorded, RuleTrace } from 'aftercare/kernel';
import type { TableOutcome } from '../terms.js';
import { APPOINTED } from './recorded-policies.js';

type Then = Extract<TableOutcome, { determined: true }>['then'];

/** A question of one stream that no rule answered, from when it was put to a person to what came of it. */
interface Round {
  readonly question: string;
  /** As tables said it; a determined one is there when its answer could not be carried out. */
  readonly outcomes: Set<string>;
  /** In the words of `saidIn`; null while nobody has answered. */
  said: string | null;
  /** Already held against the draft: facts that were noted meanwhile do not make it another question. */
  compared: boolean;
}

const BILLING = 'billing.';
const KINDS: Readonly<Record<string, string>> = { 'adr.reportability': 'drug', 'device_event.reportability': 'device' };
const QUESTIONS: Readonly<Record<string, string>> = {
  'triage.severity': 'major', 'complaint.routing': 'routing', 'quality.grade_criteria': 'grade', 'adr.reportability': 'reportability', 'device_event.reportability': 'reportability',
  'return.eligibility': 'eligibility', 'return.eligibility.quality': 'eligibility',
  'approval.authority_matrix': 'approver', 'billing.price_approval.bands': 'approver', 'billing.waiver.bands': 'approver',
};

/** What people said in one stream where no rule did: that is what a draft that has a rule now is held against. */
export class SaidByPeople {
  private readonly rounds = new Map<Recorded, Round>();
  private readonly answered: Round[] = [];

  /** @param events of one case in one stream, in their order; an answer after the last of them is not known */
  constructor(events: readonly Recorded[]) {
    const open = new Map<string, Round>();
    const ended = new Map<string, Round>();
    for (const event of events) for (const step of decisionSteps(event)) {
      const { question } = step;
      const round = open.get(question) ?? (step.is === 'asked' ? { question, outcomes: new Set<string>(), said: null, compared: false } : step.is === 'resumed' ? ended.get(question) : undefined);
      if (!round) continue;
      open.set(question, round);
      if (step.is === 'asked' && event.policy) round.outcomes.add(event.policy.outcome);
      if (step.is === 'decided' && step.by === 'person') {
        round.said = inStep(question, step.outcome);
        this.answered.push(round);
      }
      if (step.is === 'decided' || step.is === 'ended') open.delete(question);
      if (step.is === 'ended') ended.set(question, round);
      if (step.is === 'asked' || step.is === 'decided') this.rounds.set(event, round);
    }
  }

  /**
   * The answered round that an event asks, answers or only repeats; null for what no person answered.
   * @param isAnswer whether the trace holds what a person said: a row that says the same by itself, once more is known, repeats nobody
   */
  roundOf(event: Recorded, table: string, { inputs, outcome }: RuleTrace, isAnswer: boolean): Round | null {
    const own = this.rounds.get(event);
    if (own) return own.said === null ? null : own;
    if (!isAnswer) return null;
    const question = questionOf(table, inputs);
    const said = saidInText(table, outcome);
    return this.answered.findLast((round) => round.question === question && round.said === said) ?? null;
  }
}

/** What a recorded outcome says, where a person gave it. */
export function saidInText(table: string, outcome: string): string {
  const kind = KINDS[table];
  if (kind !== undefined) return `${kind}: ${outcome}`;
  const [, grade, treatment] = /^grade: (\S+); treatment: (\S+)$/.exec(outcome) ?? [];
  return grade === undefined ? outcome : `${grade}, ${treatment ?? ''}`;
}

/** What a table answers, as people answer the same question; whatever else it says was never asked of them. */
export function saidIn(table: string, then: Then): string | null {
  const listed = (value: unknown): string => [value].flat().map(String).sort().join(' + ');
  switch (QUESTIONS[table] ?? (table === 'return.signatories' ? 'signature' : null)) {
    case 'major': return then['severity'] === 'major' ? 'major' : 'ordinary';
    case 'routing': return listed(then['to']);
    case 'grade': return `${String(then['grade'])}, ${String(then['treatment'])}`;
    case 'reportability': return `${KINDS[table] ?? ''}: ${String(then['duty'])}`;
    case 'eligibility': return String(then['decision']);
    case 'signature': return listed(then['roles']);
    case 'approver': return listed(then['approver'] ?? then['signers']);
    default: return null;
  }
}

/** One question that several events ask and answer, whoever's answer is on them. */
export function sameQuestion({ id, version, inputs }: RuleTrace, said: string): string {
  const { [APPOINTED]: _, ...asked } = inputs;
  return JSON.stringify([id, version, asked, said]);
}

function inStep(question: string, outcome: string): string {
  if (question === 'approver') return `${BILLING}${outcome}`;
  return question === 'routing' ? outcome.split(', ').sort().join(' + ') : outcome;
}

function questionOf(table: string, { step, signer }: RuleTrace['inputs']): string | null {
  return table === 'return.signatories' ? `signature:${String(step)}:${String(signer)}` : QUESTIONS[table] ?? null;
}
