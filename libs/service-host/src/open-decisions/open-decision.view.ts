import { decisionSteps, namedInTrace, type DecisionStep } from 'aftercare/contracts';
import { caseNumber, idOf, isCaseId, type DomainEvent, type NumberedKind, type Recorded } from 'aftercare/kernel';
import { defineView, type View } from 'aftercare/projections';
import { whoMayDecide } from './who-may-decide.js';

/** `decided`: by a person. `answered`: by the rules after all. `ended`: nobody can answer it any more. */
export const DECISION_STATES = ['open', 'decided', 'answered', 'ended'] as const;
type DecisionState = (typeof DECISION_STATES)[number];

/**
 * One row per question of a record that no rule answered: what waits for a person, and what was said. Asked again after
 * an answer, the row opens again and keeps the round before in `earlier`. Nothing personal is in it: inputs are those of
 * a decision table, accounts are staff.
 */
export type OpenDecisionRow = {
  readonly stream: string;
  readonly caseId: string;
  /** As the list of the department shows the record. */
  readonly number: string | null;
  /** `grade`, `signature:review:finance`, … */
  readonly question: string;
  readonly state: DecisionState;
  readonly table: string | null;
  readonly why: string;
  /** Inputs that nobody knew, with commas between them. */
  readonly missing: string | null;
  /** Rows of the table that all matched, or the one that it leaves open. */
  readonly matching: string | null;
  /** What the table was asked. Money in minor units (分). */
  readonly inputs: Readonly<Record<string, string | number | boolean | null>> | null;
  /** Whose table it was: `P001D@1`. */
  readonly pack: string | null;
  /** The policy version of the case: `example@1`; null for a record from before versions were kept. */
  readonly adoption: string | null;
  /** Since when it waits for a person; asked again meanwhile, since the first time. */
  readonly since: string;
  readonly askedBy: string;
  /** Roles that the route of the answer lets in, with spaces between them. */
  readonly mayDecide: string | null;
  readonly decidedAt: string | null;
  /** Account of the person; null where the rules answered. */
  readonly decidedBy: string | null;
  readonly outcome: string | null;
  readonly endedAt: string | null;
  /** Type of the event that ended it without an answer. */
  readonly endedBy: string | null;
  readonly earlier: readonly EarlierRound[];
};

type EarlierRound = Pick<OpenDecisionRow, 'state' | 'why' | 'since' | 'decidedAt' | 'decidedBy' | 'outcome' | 'endedAt' | 'endedBy'>;

const NOT_ANSWERED = { decidedAt: null, decidedBy: null, outcome: null, endedAt: null, endedBy: null } as const;

export const openDecisionView: View<OpenDecisionRow, DomainEvent> = defineView<OpenDecisionRow, DomainEvent>({
  name: 'openDecision',
  shape: 2,
  columns: {
    stream: 'text', caseId: 'text', number: 'text', question: 'text', state: 'text', table: 'text', why: 'text', missing: 'text', matching: 'text', inputs: 'json',
    pack: 'text', adoption: 'text', since: 'text', askedBy: 'text', mayDecide: 'text', decidedAt: 'text', decidedBy: 'text', outcome: 'text', endedAt: 'text', endedBy: 'text', earlier: 'json',
  },
  indexed: ['since', 'state', 'caseId', 'question', 'number', 'decidedAt'],
  key(event) {
    const [first] = decisionSteps(event);
    return first ? keyOf(event, first) : null;
  },
  // A return that ends takes every question about it along.
  also: (event) => decisionSteps(event).slice(1).map((step) => keyOf(event, step)),
  fold(row, event) {
    const step = decisionSteps(event).find(({ is, question }) => (row === null ? is === 'asked' : question === row.question));
    if (!step) return row;
    if (step.is === 'asked') return asked(row, event, step);
    return row && followed(row, event, step);
  },
});

const keyOf = ({ stream }: Recorded, { question }: DecisionStep): string => `${stream}/${question}`;

function asked(row: OpenDecisionRow | null, event: Recorded, { question, table, why }: Extract<DecisionStep, { is: 'asked' }>): OpenDecisionRow {
  const { stream, correlationId: caseId, policy, adoption = null, recordedAt, actor } = event;
  const stillOpen = row?.state === 'open';
  return {
    stream, caseId, number: numberOf(stream), question, state: 'open', table, why, ...namedInTrace(policy), inputs: policy?.inputs ?? null,
    pack: policy && `${policy.id}@${policy.version}`, adoption, since: stillOpen ? row.since : recordedAt, askedBy: actor.id, mayDecide: whoMayDecide(question),
    ...NOT_ANSWERED, earlier: row === null || stillOpen ? row?.earlier ?? [] : [...row.earlier, roundOf(row)],
  };
}

function followed(row: OpenDecisionRow, event: Recorded, step: Exclude<DecisionStep, { is: 'asked' }>): OpenDecisionRow {
  // Only what ended without an answer can wait again; only what waits can be answered or end.
  if (step.is === 'resumed') return row.state === 'ended' ? { ...row, ...NOT_ANSWERED, state: 'open' } : row;
  if (row.state !== 'open') return row;
  if (step.is === 'ended') return { ...row, state: 'ended', endedAt: event.recordedAt, endedBy: event.type };
  const byPerson = step.by === 'person';
  return { ...row, state: byPerson ? 'decided' : 'answered', decidedAt: event.recordedAt, decidedBy: byPerson ? event.actor.id : null, outcome: step.outcome };
}

function roundOf({ state, why, since, decidedAt, decidedBy, outcome, endedAt, endedBy }: OpenDecisionRow): EarlierRound {
  return { state, why, since, decidedAt, decidedBy, outcome, endedAt, endedBy };
}

const NUMBERED: Readonly<Record<string, NumberedKind>> = { complaint: 'CMP', investigation: 'CMP', reactionReport: 'CMP', return: 'RET', approval: 'APR' };

function numberOf(stream: string): string | null {
  const kind = NUMBERED[stream.slice(0, stream.indexOf('-'))];
  const id = idOf(stream);
  return kind && isCaseId(id) ? caseNumber(kind, id) : null;
}
