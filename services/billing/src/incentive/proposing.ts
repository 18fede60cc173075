import type { AwardAnswer, IncentiveEvent, NoteFault, NoteUpheldComplaint, ProposeBonus, ProposeYearAward, YearFacts } from 'aftercare/contracts';
import { cny, refuse, type Decision, type DecisionContext, type RuleTrace } from 'aftercare/kernel';
import type { PolicySet, SettingKey } from 'aftercare/policy';
import type { IncentiveState } from './incentive.js';
import { aBonusIsProposedOnceByAnother, thePeriodHasBegun, theYearIsOver } from './rules/a-bonus-is-proposed-once-by-another.js';
import { manyGraveComplaintsAreReferred } from './rules/many-grave-complaints-are-referred.js';
import { replaced, theHighestTierOnly } from './rules/the-highest-tier-only.js';

type Context = DecisionContext<PolicySet>;
type Answer = Decision<IncentiveEvent>;
type Proposed = Extract<IncentiveEvent, { type: 'IncentiveProposed' }>;

/** P003-39 to P003-42: a valid complaint against a person, counted by the month in which the company learned of it. */
export function noteUpheldComplaint(command: NoteUpheldComplaint, state: IncentiveState, context: Context): Answer {
  const { person, period, caseId, basis } = command;
  if (state.cases.includes(caseId)) return [];
  const complaints = state.cases.length + 1;
  return [
    { type: 'ComplaintCounted', data: { person, period, caseId, count: complaints, basis: [...basis] }, ...whatItCosts(complaints, context) },
    ...theHighestTierOnly({ ...command, complaints }, state, context),
    ...manyGraveComplaintsAreReferred({ person, period, complaints, grave: state.faults.some(({ grave }) => grave), basis }, state, context),
  ];
}

/** Also "no fine", and that nothing was adopted, is an answer: without its trace nobody could ask what another table would have said. */
function whatItCosts(count: number, { policy }: Context): { policy: RuleTrace } {
  return { policy: policy.decide('performance.fine.complaint_count', { count }).trace };
}

/** P001E-42: grave cases are treated separately, so nothing is proposed for them beside the referral. */
export function noteFault(command: NoteFault, state: IncentiveState, context: Context): Answer {
  const { person, period, fault, cause, grave, basis } = command;
  if (state.faults.some((known) => known.fault === fault)) return [];
  const complaints = state.cases.length;
  const counted: IncentiveEvent = { type: 'FaultCounted', data: { person, period, fault, cause, grave } };
  if (!grave) return [counted, ...pointsFor(command, context), ...fineFor(command, state, context)];
  return [
    counted, { type: 'MisconductReferred', data: { person, period, ground: 'grave-fault', complaints, basis: [fault, ...basis] } },
    ...manyGraveComplaintsAreReferred({ person, period, complaints, grave, basis: [fault] }, state, context),
  ];
}

/** P001E-42, P001E-45: so many points each time. */
function pointsFor({ person, period, fault, cause, recordedBy, basis }: NoteFault, { policy }: Context): readonly IncentiveEvent[] {
  const key = cause === 'negligence' ? 'performance.penalty_points.negligence' : 'performance.penalty_points.late_implementation';
  const points = policy.setting(key);
  if (points === null) return [];
  const data = { ...EMPTY, proposal: fault, person, period, kind: 'points', ground: cause, points, proposedBy: recordedBy, basis: [fault, ...basis] } as const;
  return [{ type: 'IncentiveProposed', data: { ...data, basis: [...data.basis] }, policy: traceOf(key, policy, { cause }, `${points} points`) }];
}

/** P002B-41: one fine a month and person, only where there was a loss; a further fault before the decision joins the open proposal. */
function fineFor({ person, period, fault, cause, loss, recordedBy, basis }: NoteFault, state: IncentiveState, { freshId, policy }: Context): readonly IncentiveEvent[] {
  const key = 'performance.fine.negligence';
  const range = policy.setting(key);
  if (range === null || cause !== 'negligence' || loss === null || loss.minor === 0) return [];
  const ofMonth = state.proposals.filter(({ kind, ground }) => kind === 'fine' && ground === cause);
  if (ofMonth.some(({ stands }) => stands === 'confirmed' || stands === 'reduced')) return [];
  const open = ofMonth.find(({ stands }) => stands === 'open');
  return [...replaced(open, freshId, { person, period }), {
    type: 'IncentiveProposed',
    data: {
      ...EMPTY, proposal: freshId, person, period, kind: 'fine', ground: cause, range: { from: cny(range.from), to: cny(range.to) }, proposedBy: recordedBy,
      basis: [...(open?.basis ?? []), fault, ...basis],
    },
    policy: traceOf(key, policy, { loss: loss.minor }, `${range.from}..${range.to}`),
  }];
}

/** P002B-42, P002B-43: assessed by people; the amount is chosen within the range by whoever decides. */
export function proposeBonus(command: ProposeBonus, state: IncentiveState, context: Context): Answer {
  const { person, period, ground } = command;
  const { actor, freshId, policy } = context;
  const key = ground === 'outstanding' ? 'performance.bonus.outstanding' : 'performance.bonus.consumer_service';
  const range = policy.setting(key);
  if (range === null) return notAdopted(key);
  const refusal = thePeriodHasBegun(period, context) ?? aBonusIsProposedOnceByAnother(person, ground, state, actor);
  return refusal ?? [{
    type: 'IncentiveProposed',
    data: { ...EMPTY, proposal: freshId, person, period, kind: 'bonus', ground, range: { from: cny(range.from), to: cny(range.to) }, proposedBy: actor.id },
    policy: traceOf(key, policy, {}, `${range.from}..${range.to}`),
  }];
}

const AWARD: AwardAnswer = 'year-end-award';

/** P003-43: no amount is given, so the person who decides says how much; and whether at all, where the table is silent about such a year. */
export function proposeYearAward({ person, period, facts }: ProposeYearAward & { readonly facts: YearFacts }, state: IncentiveState, context: Context): Answer {
  const key = 'performance.award.zero_complaints';
  const refusal = theYearIsOver(period, context) ?? aBonusIsProposedOnceByAnother(person, 'zero-complaints', state, context.actor);
  if (refusal) return refusal;
  const outcome = context.policy.decide(key, { count: facts.complaints });
  if (!outcome.determined && outcome.why === 'not-adopted') return notAdopted(key);
  if (outcome.determined && outcome.then['proposal'] !== AWARD) return noAward(facts.complaints, outcome.trace.rule);
  return [{
    type: 'IncentiveProposed',
    data: { ...EMPTY, proposal: context.freshId, person, period, kind: 'bonus', ground: 'zero-complaints', proposedBy: context.actor.id },
    policy: outcome.trace,
  }];
}

const EMPTY = {
  amount: null, range: null, points: null, publicCriticism: false, basis: [],
} satisfies Partial<Proposed['data']>;

function traceOf(key: SettingKey, policy: PolicySet, inputs: RuleTrace['inputs'], outcome: string): RuleTrace {
  return { ...policy.cite(key), inputs, outcome };
}

function noAward(complaints: number, rule: string) {
  return refuse(complaints > 0 ? 'had-complaints' : 'no-award', {
    zh: `按“${rule}”，当年有 ${complaints} 件投诉的不予奖励。`, en: `By ${rule} ${complaints} complaints leave no award.`,
  }, { rule, field: 'period' });
}

function notAdopted(key: string) {
  return refuse('not-adopted', { zh: '公司未采用该项规定。', en: `The company has not adopted ${key}.` }, { rule: key });
}
