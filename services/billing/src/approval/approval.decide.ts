import {
  approvalEvents, type AgreePrice, type AppointApprover, type ApprovalEvent, type ApprovalKind, type MoneyPart, type NotePlannedCompensation,
  type ProposeCompensation, type RecordCompensationLapsed, type VerifyCost,
} from 'aftercare/contracts';
import { unreachable, words, wrongStage, type Decision, type DecisionContext } from 'aftercare/kernel';
import { expiryOf, timedAggregate, type PolicySet } from 'aftercare/policy';
import {
  approvalClocks, evolve, isPending, noApproval,
  type ApprovalCommand, type ApprovalState, type ProposedApproval,
} from './approval.js';
import { anAgreedPriceIsOneThatWasApproved } from './rules/an-agreed-price-is-one-that-was-approved.js';
import { anApprovedCompensationIsNotGrantedTwice } from './rules/an-approved-compensation-is-not-granted-twice.js';
import { noFeeIsApprovedBeforeItsCostIsVerified } from './rules/no-fee-is-approved-before-its-cost-is-verified.js';
import { whoSigns, type AskedSigners } from './rules/the-authority-matrix-names-the-signers.js';
import { twoPeopleAskAndDecide } from './rules/two-people-ask-and-decide.js';
import { lapseUnsigned, noteAllowance, reject, sign, voided } from './signing.decide.js';

type Context = DecisionContext<PolicySet>;
type Answer = Decision<ApprovalEvent>;
type In<S extends ApprovalState['stage']> = Extract<ApprovalState, { stage: S }>;

/** First the stage, then the command. What reactions bring is decided apart: plans and returns come at any stage. */
export function decide(command: ApprovalCommand, state: ApprovalState, context: Context): Answer {
  const isFee = 'kind' in state && state.kind === 'service-fee';
  switch (command.type) {
    case 'NotePlannedCompensation':
    case 'ProposeCompensation':
    case 'RecordCompensationLapsed': return isFee ? wrongStage(command.type, { zh: '服务费', en: state.kind }) : fromReaction(command, state, context);
    case 'NoteAllowance': return noteAllowance(command, state, context);
    case 'LapseApproval': return lapseUnsigned(state, context);
    default: break;
  }
  switch (state.stage) {
    case 'new': return command.type === 'ProposeServiceFee' ? proposeServiceFee(command, context) : wrongStage(command.type, 'new');
    case 'proposed': return whileProposed(command, state, context);
    case 'cost-verified': return whileCostVerified(command, state, context);
    case 'undetermined': return command.type === 'AppointApprover' ? appoint(command, state, context) : wrongStage(command.type, state.stage);
    case 'approved': return whileApproved(command, state, context);
    case 'rejected':
    case 'expired': return command.type === 'ReviseProposal' ? revise(command, state, context) : wrongStage(command.type, state.stage);
    case 'waiver-requested': return whileWaiverRequested(command, state, context);
    case 'planned':
    case 'lapsed':
    case 'waived':
    case 'agreed': return wrongStage(command.type, state.stage);
    default: return unreachable(state);
  }
}

function fromReaction(
  command: Extract<ApprovalCommand, { type: 'NotePlannedCompensation' | 'ProposeCompensation' | 'RecordCompensationLapsed' }>,
  state: ApprovalState, context: Context,
): Answer {
  switch (command.type) {
    case 'NotePlannedCompensation': return notePlan(command, state, context);
    case 'ProposeCompensation': return proposeCompensation(command, state, context);
    case 'RecordCompensationLapsed': return lapse(command, state, context);
    default: return unreachable(command);
  }
}

function proposeServiceFee(command: Extract<ApprovalCommand, { type: 'ProposeServiceFee' }>, context: Context): Answer {
  const { amount, customerId = null, caseId = null, grounds } = command;
  const subject = context.freshId;
  return [{
    type: 'ApprovalProposed',
    data: {
      caseId, round: 1, kind: 'service-fee', amount: moneyOf(amount), customerId, requester: context.actor.id, returnId: null,
      approverRole: null, subject,
    },
    personal: words(subject, { grounds }),
  }];
}

function whileProposed(command: ApprovalCommand, state: In<'proposed'>, context: Context): Answer {
  switch (command.type) {
    case 'VerifyCost': return state.kind === 'service-fee' ? verifyCost(command, state, context) : wrongStage(command.type, { zh: '补偿', en: state.kind });
    case 'ApproveProposal': return noFeeIsApprovedBeforeItsCostIsVerified(state) ?? sign(state, command.facts, context);
    case 'RejectProposal': return reject(state, command.reason, command.facts, context);
    default: return wrongStage(command.type, state.stage);
  }
}

function whileCostVerified(command: ApprovalCommand, state: In<'cost-verified'>, context: Context): Answer {
  switch (command.type) {
    case 'ApproveProposal': return sign(state, command.facts, context);
    case 'RejectProposal': return reject(state, command.reason, command.facts, context);
    default: return wrongStage(command.type, state.stage);
  }
}

/** A compensation ends with its approval; a price goes on to the customer, or is waived. */
function whileApproved(command: ApprovalCommand, state: In<'approved'>, context: Context): Answer {
  if (state.kind === 'compensation') return wrongStage(command.type, state.stage);
  switch (command.type) {
    case 'AgreePrice': return agree(command, state, context);
    case 'ReviseProposal': return revise(command, state, context);
    case 'RequestWaiver': return named({
      type: 'WaiverRequested', data: { requester: context.actor.id, approverRole: null }, personal: words(state.subject, { grounds: command.grounds }),
    }, 'waiver', state, context);
    default: return wrongStage(command.type, state.stage);
  }
}

function whileWaiverRequested(command: ApprovalCommand, state: In<'waiver-requested'>, context: Context): Answer {
  switch (command.type) {
    case 'ApproveWaiver': return sign(state, command.facts, context);
    case 'RejectWaiver': return reject(state, command.reason, command.facts, context);
    default: return wrongStage(command.type, state.stage);
  }
}

function verifyCost(command: VerifyCost, state: In<'proposed'>, context: Context): Answer {
  return twoPeopleAskAndDecide(state.requester, context.actor, { rule: 'P001C-24' })
    ?? named({ type: 'ServiceCostVerified', data: { cost: moneyOf(command.cost), approverRole: null } }, 'service-fee', state, context);
}

/** Names on the event who is asked first, so that this person's queue shows it; fails closed where nothing says who. */
function named(
  event: Extract<ApprovalEvent, { data: { approverRole: unknown }; type: 'ApprovalProposed' | 'ServiceCostVerified' | 'ApprovalRevised' | 'WaiverRequested' }>,
  kind: ApprovalKind, before: ApprovalState, context: Context,
): Answer {
  const after = evolve(before, event);
  const asked = isPending(after) ? whoSigns(after, context.policy) : null;
  const expiry = expires(kind, context);
  if (!asked?.signers || !expiry) return [event, { type: 'ApproverUndetermined', data: { kind }, ...(asked && { policy: asked.trace }) }];
  const approverRole = asked.signers[0] ?? null;
  return [{ ...event, data: { ...event.data, approverRole }, policy: asked.trace } as ApprovalEvent, ...required(kind, asked), ...expiry];
}

function required(kind: ApprovalKind, { signers, order, trace }: AskedSigners): readonly ApprovalEvent[] {
  return signers.length === 1 ? [] : [{ type: 'SignaturesRequired', data: { kind, signers: [...signers], order }, policy: trace }];
}

/** Null where the calendar cannot say until when. */
function expires(kind: ApprovalKind, { policy, now }: Context): readonly ApprovalEvent[] | null {
  const expiry = expiryOf(policy.clocks('approval.expiry'), policy.calendar, now);
  if ('undetermined' in expiry) return null;
  return expiry.at === null ? [] : [{ type: 'ApprovalExpirySet', data: { kind, expiresAt: expiry.at } }];
}

function appoint(command: AppointApprover, state: In<'undetermined'>, context: Context): Answer {
  const { waiting } = state;
  const [kind, asked] = waiting.stage === 'waiver-requested' ? ['waiver' as const, waiting.waiverRequester] : [waiting.kind, waiting.requester];
  return twoPeopleAskAndDecide(asked, context.actor, { rule: 'P001C-29' }) ?? [{
    type: 'ApproverAppointed', data: { kind, approverRole: command.approverRole, appointedBy: context.actor.id },
    personal: words(state.subject, { why: command.reason }),
  }, ...(expires(kind, context) ?? [])];
}

function agree(command: AgreePrice, state: In<'approved'>, context: Context): Answer {
  const amount = moneyOf(command.amount);
  return anAgreedPriceIsOneThatWasApproved(amount, state.amount, context.policy) ?? [{ type: 'PriceAgreedWithCustomer', data: { amount } }];
}

/** A new amount is a new proposal: it is approved anew, and finance calculates the cost of a price anew (P001C-24). */
function revise(
  command: { readonly amount: MoneyPart; readonly grounds: string | null }, state: ProposedApproval, context: Context, requester = context.actor.id,
): Answer {
  const revised: Extract<ApprovalEvent, { type: 'ApprovalRevised' }> = {
    type: 'ApprovalRevised', data: { amount: moneyOf(command.amount), requester, approverRole: null },
    personal: words(state.subject, { grounds: command.grounds }),
  };
  if (state.kind !== 'compensation') return [revised];
  const answer = named(revised, 'compensation', state, context);
  return 'refused' in answer ? answer : [...voided(state), ...answer];
}

/** Kept only to know the requester; a plan whose money was already decided on changes nothing. */
function notePlan(command: NotePlannedCompensation, state: ApprovalState, context: Context): Answer {
  const { caseId, round, customerId, requester } = command;
  const amount = moneyOf(command.amount);
  const isNews = state.stage === 'new' || state.stage === 'lapsed' || state.stage === 'rejected' || state.stage === 'expired'
    || (state.stage === 'planned' && (state.requester !== requester || state.amount.minor !== amount.minor))
    || (state.stage === 'proposed' && state.returnId !== null && state.requester !== requester);
  if (!isNews) return [];
  return [{ type: 'PlannedCompensationNoted', data: { caseId, round, customerId, amount, requester, subject: command.subject ?? context.freshId } }];
}

function proposeCompensation(command: ProposeCompensation, state: ApprovalState, context: Context): Answer {
  if (state.stage === 'proposed' || state.stage === 'undetermined') {
    return state.amount.minor === command.amount.minor ? [] : revise(command, state, context, command.requester);
  }
  if (state.stage !== 'new' && state.stage !== 'planned' && state.stage !== 'lapsed' && !isOver(state)) {
    return anApprovedCompensationIsNotGrantedTwice(state);
  }
  const { caseId, round, returnId } = command;
  // Whoever fixed the plan asked for the money; whoever signed the goods in only let it fall due.
  const { requester, customerId } = state.stage === 'planned' ? state : command;
  const subject = state.stage === 'planned' || isOver(state) ? state.subject : command.subject ?? context.freshId;
  return named({
    type: 'ApprovalProposed',
    data: {
      caseId, round, kind: 'compensation', amount: moneyOf(command.amount), customerId, requester, returnId, approverRole: null, subject,
    },
    personal: words(subject, { grounds: command.grounds }),
  }, 'compensation', state, context);
}

/** Decided against, or not decided in time: it may be asked for again. */
function isOver(state: ApprovalState): state is In<'rejected' | 'expired'> {
  return state.stage === 'rejected' || state.stage === 'expired';
}

/** Without it the case would wait for a compensation that nobody is ever asked for. */
function lapse(command: RecordCompensationLapsed, state: ApprovalState, context: Context): Answer {
  if (state.stage !== 'new' && state.stage !== 'planned') return [];
  const { caseId, round, ground, why } = command;
  const subject = command.subject ?? (state.stage === 'planned' ? state.subject : context.freshId);
  return [{
    type: 'CompensationRejected', data: { caseId, round, amount: moneyOf(command.amount), ground, approver: null },
    personal: words(subject, { why }),
  }];
}

/** Class instances of commands become the plain data that is recorded. */
function moneyOf({ minor, currency }: MoneyPart): { minor: number; currency: 'CNY' } {
  return { minor, currency };
}

/** `approval` is part of every stream name: renaming it would orphan recorded approvals. */
export const approval = timedAggregate({
  name: 'approval', initial: noApproval, decide, evolve, clocks: approvalClocks, formats: approvalEvents,
  stage: (state) => state.stage, numbered: 'APR',
});
