import { goodsOf, returnEvents, type RequestReturn, type RequestReturnForCase, type ReturnEvent } from 'aftercare/contracts';
import { refuse, unreachable, words, wrongStage, type Decision, type DecisionContext } from 'aftercare/kernel';
import { timedAggregate, type PolicySet } from 'aftercare/policy';
import { appointSignatory, decideEligibility } from './left-open.decide.js';
import { evolve, noReturn, returnClocks, type AtStage, type OpenedReturn, type ReturnCommand, type ReturnState } from './return.js';
import { aCountThatDiffersIsNamed } from './rules/a-count-that-differs-is-named.js';
import { aLeaderDecidesOnAnotherPersonsRequest } from './rules/a-leader-decides-on-another-persons-request.js';
import { anApplicationNamesCustomerOrderReasonAndGoods } from './rules/an-application-names-customer-order-reason-and-goods.js';
import { anApplicationIsCancelledByTheClerkAnApprovalByTheHead } from './rules/an-application-is-cancelled-by-the-clerk-an-approval-by-the-head.js';
import { aRefusalAtInspectionRestsOnDamage } from './rules/a-refusal-at-inspection-rests-on-damage.js';
import { anOpenQuestionWaits } from './rules/a-person-decides-what-no-rule-does.js';
import { anExceptionIsPossible, aReturnIsJudgedBeforeGoodsMove, refusedFor, theGroundIsThere, type Judgement } from './rules/a-return-is-judged-before-goods-move.js';
import { aTemporaryReturnIsForAQualityProblem } from './rules/a-temporary-return-is-for-a-quality-problem.js';
import { everySignatureComesFromAnotherPerson } from './rules/every-signature-comes-from-another-person.js';
import { noOrderNoPickUp } from './rules/no-order-no-pick-up.js';
import { noStockInWithoutEverySignature } from './rules/no-stock-in-without-every-signature.js';
import { qualitySignsUnsaleableGoodsOnlyIfIntact } from './rules/quality-signs-unsaleable-goods-only-if-intact.js';
import { theCompanyPaysTheFreightOfQualityReturns } from './rules/the-company-pays-the-freight-of-quality-returns.js';
import { theApproverHoldsTheRole, theReviewerHoldsTheRole, theStockInSignerHoldsTheRole } from './rules/the-signer-holds-the-role.js';
import { theValueCoversWhatWasStockedIn } from './rules/the-value-covers-what-was-stocked-in.js';
import { theSameArticleGoesOut, unsaleableGoodsAreExchanged } from './rules/unsaleable-goods-are-exchanged-like-for-like.js';

type Context = DecisionContext<PolicySet>;
type Answer = Decision<ReturnEvent>;
type Command<T extends ReturnCommand['type']> = Extract<ReturnCommand, { type: T }>;

/** First the stage, then the command: a row of the table reads like the stage's own list of what may happen next. */
export function decide(command: ReturnCommand, state: ReturnState, context: Context): Answer {
  if (command.type === 'RequestReturnForCase') return requestForCase(command, state, context);
  if (state.stage === 'new') return command.type === 'RequestReturn' ? request(command, context) : wrongStage(command.type, 'new');
  if (command.type === 'PickUp') return noOrderNoPickUp(command, state, context.actor) ?? [{ type: 'ReturnPickedUp', data: { order: command.order } }];
  if (command.type === 'CancelReturn') return cancel(command, state, context);
  if (command.type === 'AppointSignatory') return appointSignatory(command, state, context);
  switch (state.stage) {
    case 'requested':
    case 'reviewed': return underReview(command, state, context);
    case 'exception-requested': return whileException(command, state, context);
    case 'approved':
    case 'instructed':
    case 'arrived':
    case 'ordered':
    case 'picked-up': return onItsWay(command, state, context);
    case 'received': return whileReceived(command, state);
    case 'inspected': return whileInspected(command, state, context);
    case 'stocked-in':
    case 'valued': return onTheShelf(command, state);
    case 'refused':
    case 'cancelled':
    case 'completed': return tracked(command, state);
    case 'rejected': return wrongStage(command.type, 'rejected');
    default: return unreachable(state);
  }
}

function request(command: RequestReturn, context: Context): Answer {
  const refusal = anApplicationNamesCustomerOrderReasonAndGoods(command, context.policy)
    ?? aTemporaryReturnIsForAQualityProblem(command) ?? unsaleableGoodsAreExchanged(command);
  if (refusal) return refusal;
  const { reason, kind, quantity, customer, details } = command;
  return [{
    type: 'ReturnRequested',
    data: {
      caseId: null, round: 1, subject: context.freshId, customerId: command.customerId ?? null, reason, kind,
      goods: goodsOf(command.goods ?? {}), quantity, orderNumber: command.orderNumber ?? null, requestedOn: context.policy.calendar.localDate(context.now),
      temporary: command.temporary === true, verdict: null,
      freightPayer: theCompanyPaysTheFreightOfQualityReturns(reason, context.policy), compensation: null,
    },
    personal: words(context.freshId, { customer, details }),
  }];
}

/**
 * The plan of a case. A plan fixed anew after a refusal or a cancellation opens the return again; one that runs will answer it anyway.
 * Goods that are in the warehouse cannot come back a second time: a person has to look at such a plan.
 */
function requestForCase(command: RequestReturnForCase, state: ReturnState, context: Context): Answer {
  if (state.stage === 'stocked-in' || state.stage === 'valued' || state.stage === 'completed') {
    return refuse('already-stocked-in', { zh: '该轮退货已入库。', en: 'The goods of this round are in the warehouse already.' });
  }
  if (state.stage !== 'new' && state.stage !== 'rejected' && state.stage !== 'refused' && state.stage !== 'cancelled') return [];
  const { caseId, round, customerId, reason, kind, verdict, compensation } = command;
  const goods = command.goods ?? goodsOf({});
  return [{
    type: 'ReturnRequested',
    data: {
      caseId, round, subject: command.subject ?? context.freshId, customerId, reason, kind, goods, quantity: goods.quantity,
      orderNumber: null, requestedOn: context.policy.calendar.localDate(context.now), temporary: false, verdict,
      freightPayer: theCompanyPaysTheFreightOfQualityReturns(reason, context.policy), compensation,
    },
  }];
}

function underReview(command: ReturnCommand, state: AtStage<'requested' | 'reviewed'>, context: Context): Answer {
  switch (command.type) {
    case 'ReferReturn': return [{ type: 'ReturnReferred', data: {}, personal: words(state.subject, { why: command.why }) }];
    case 'ReviewReturn': return state.stage === 'requested' ? review(command, state, context) : wrongStage(command.type, state.stage);
    case 'ApproveReturn': return state.stage === 'reviewed' ? approve(command, state, context) : wrongStage(command.type, state.stage);
    case 'RejectReturn': return reject(command, state, context);
    case 'DecideEligibility': return decideEligibility(command, state, context);
    case 'RequestException': {
      const judgement = aReturnIsJudgedBeforeGoodsMove(state, command.facts, state.expiresOn, context);
      return anExceptionIsPossible(judgement) ?? theGroundIsThere(command.ground, judgement) ?? [{
        type: 'ReturnExceptionRequested', data: { ground: command.ground, account: context.actor.id },
        personal: words(state.subject, { why: command.why }),
      }];
    }
    default: return wrongStage(command.type, state.stage);
  }
}

function review(command: Command<'ReviewReturn'>, state: AtStage<'requested'>, context: Context): Answer {
  const { signer, expiresOn = null } = command;
  const { actor } = context;
  const judgement = aReturnIsJudgedBeforeGoodsMove(state, command.facts, expiresOn ?? state.expiresOn, context);
  return theReviewerHoldsTheRole(signer, state, context).answer
    ?? everySignatureComesFromAnotherPerson(signer, actor.id, state.reviews, { rule: 'P002B-16' })
    ?? refusedFor(judgement) ?? anOpenQuestionWaits(judgement, state, actor.id, expiresOn)
    ?? [{ type: 'ReturnReviewed', data: { signer, account: actor.id, expiresOn }, policy: accepted(judgement) }];
}

/** Judged again: the lot may have expired, or other exchanges may have used up the rate, since the first signature. */
function approve(command: Command<'ApproveReturn'>, state: AtStage<'reviewed'>, context: Context): Answer {
  const { actor } = context;
  const judgement = aReturnIsJudgedBeforeGoodsMove(state, command.facts, state.expiresOn, context);
  const alone = state.reason === 'unsaleable' ? everySignatureComesFromAnotherPerson('operations', actor.id, state.reviews, { rule: 'P002B-16' }) : null;
  return theApproverHoldsTheRole(state, context).answer ?? alone ?? refusedFor(judgement) ?? anOpenQuestionWaits(judgement, state, actor.id, null)
    ?? [{ ...approved(state, actor.id, false), policy: accepted(judgement) }];
}

/** Reached only with a yes, of the table or, where it had none, of a person. */
const accepted = ({ trace }: Judgement): Judgement['trace'] => ({ ...trace, outcome: 'accept' });

/** P002B-17: with what the approval takes of the customer's rate, which the account reserves on hearing of it. */
function approved({ customerId, reason, kind, quantity }: OpenedReturn, account: string, asException: boolean): ReturnEvent {
  return { type: 'ReturnApproved', data: { asException, account, customerId, reason, kind, quantity } };
}

function reject(command: Command<'RejectReturn'>, state: AtStage<'requested' | 'reviewed'>, context: Context): Answer {
  const { ground, explanation, facts } = command;
  const { caseId, round, subject, compensation } = state;
  const rejected: ReturnEvent = { type: 'ReturnRejected', data: { caseId, round, ground, compensation }, personal: words(subject, { explanation }) };
  if (ground === 'unjustified') return [rejected];
  const judgement = aReturnIsJudgedBeforeGoodsMove(state, facts, state.expiresOn, context);
  return theGroundIsThere(ground, judgement) ?? [{ ...rejected, policy: judgement.trace }];
}

function whileException(command: ReturnCommand, state: AtStage<'exception-requested'>, context: Context): Answer {
  const { caseId, round, subject, compensation } = state;
  switch (command.type) {
    case 'ApproveException': return aLeaderDecidesOnAnotherPersonsRequest(state, context)
      ?? [approved(state, context.actor.id, true)];
    case 'RefuseException': return aLeaderDecidesOnAnotherPersonsRequest(state, context) ?? [{
      type: 'ReturnRejected', data: { caseId, round, ground: 'exception-refused', compensation },
      personal: words(subject, { explanation: command.explanation }),
    }];
    default: return wrongStage(command.type, state.stage);
  }
}

function cancel({ reason }: Command<'CancelReturn'>, state: OpenedReturn, context: Context): Answer {
  const { caseId, round, customerId, compensation, subject } = state;
  return anApplicationIsCancelledByTheClerkAnApprovalByTheHead(state, context)
    ?? [{ type: 'ReturnCancelled', data: { caseId, round, customerId, compensation }, personal: words(subject, { reason }) }];
}

type Moving = AtStage<'approved' | 'instructed' | 'arrived' | 'ordered' | 'picked-up'>;

function onItsWay(command: ReturnCommand, state: Moving, context: Context): Answer {
  const next = { approved: 'SendInstruction', instructed: 'NotifyArrival', arrived: 'IssueTransportOrder', ordered: 'PickUp', 'picked-up': 'ReceiveReturn' };
  const isDue = command.type === next[state.stage] || (command.type === 'ReissueTransportOrder' && state.stage === 'ordered');
  if (!isDue) return tracked(command, state);
  switch (command.type) {
    case 'SendInstruction':
      return [{ type: 'ReturnInstructionSent', data: {}, personal: words(state.subject, { instruction: command.instruction }) }];
    case 'NotifyArrival': return [{ type: 'ReturnArrivalNotified', data: { station: command.station, arrivedAt: utc(command.arrivedAt) } }];
    case 'IssueTransportOrder':
    // P002B-21: the new number replaces the former, so the driver of the former order fetches nothing.
    case 'ReissueTransportOrder':
      return [{ type: 'ReturnTransportOrderIssued', data: { order: context.freshId, driver: command.driver } }];
    case 'ReceiveReturn': {
      const { quantity, discrepancy = null } = command;
      return aCountThatDiffersIsNamed(command, state.quantity) ?? [{ type: 'ReturnReceived', data: { quantity, discrepancy } }];
    }
    default: return tracked(command, state);
  }
}

function whileReceived(command: ReturnCommand, state: AtStage<'received'>): Answer {
  if (command.type !== 'InspectReturn') return checked(command, state);
  const { intact, makersFault, finding } = command;
  return [{ type: 'ReturnInspected', data: { intact, makersFault }, personal: words(state.subject, { finding }) }];
}

function whileInspected(command: ReturnCommand, state: AtStage<'inspected'>, context: Context): Answer {
  const { actor, policy } = context;
  switch (command.type) {
    case 'SignStockIn': {
      const { answer, trace } = theStockInSignerHoldsTheRole(command.signer, state, context);
      return answer ?? everySignatureComesFromAnotherPerson(command.signer, actor.id, state.signatures, { rule: 'P002B-25' })
        ?? qualitySignsUnsaleableGoodsOnlyIfIntact(command.signer, state)
        ?? [{ type: 'StockInSigned', data: { signer: command.signer, account: actor.id }, policy: trace }];
    }
    case 'StockIn': {
      const { caseId, round, customerId, kind, compensation, received, quantity } = state;
      return noStockInWithoutEverySignature(state, policy) ?? [{
        type: 'ReturnStockedIn',
        // Pieces beyond what was approved are no part of this return: they would count against the customer's rate.
        data: { caseId, round, customerId, kind, quantity: quantity === null ? received : Math.min(received, quantity), compensation },
      }];
    }
    default: return checked(command, state);
  }
}

/** What may happen from the count at the door until the goods are signed in. */
function checked(command: ReturnCommand, state: AtStage<'received' | 'inspected'>): Answer {
  const { caseId, round, customerId, subject, compensation } = state;
  switch (command.type) {
    case 'SettleDiscrepancy': return state.discrepancySettled
      ? refuse('no-open-discrepancy', { zh: '没有待处理的到货差异。', en: 'There is no open discrepancy.' }, { rule: 'P001E-30' })
      : [{ type: 'ReturnDiscrepancySettled', data: { confirmed: command.confirmed }, personal: words(subject, { settlement: command.settlement }) }];
    case 'RefuseInspection': return aRefusalAtInspectionRestsOnDamage(command, state) ?? [{
      type: 'ReturnInspectionRefused', data: { caseId, round, customerId, customerDamage: command.customerDamage, compensation },
      personal: words(subject, { statement: command.statement }),
    }];
    default: return tracked(command, state);
  }
}

function onTheShelf(command: ReturnCommand, state: AtStage<'stocked-in' | 'valued'>): Answer {
  const { stage } = state;
  switch (command.type) {
    case 'RecordValue': {
      if (stage !== 'stocked-in') return wrongStage(command.type, stage);
      const { quantity, value: { minor, currency } } = command;
      return theValueCoversWhatWasStockedIn(command, state.stockedIn)
        ?? [{ type: 'ReturnValueRecorded', data: { quantity, value: { minor, currency } } }];
    }
    case 'SendSlip': return stage === 'valued' && !state.slipSent
      ? [{ type: 'ReturnSlipSent', data: { slip: command.slip } }] : wrongStage(command.type, stage);
    case 'ShipExchange': {
      if (state.kind !== 'exchange' || state.exchangeShipped) return wrongStage(command.type, state.kind === 'return' ? { zh: '退货，无换货可发', en: 'return' } : { zh: '换货已发出', en: 'exchange shipped' });
      return theSameArticleGoesOut(command, state)
        ?? [{ type: 'ExchangeShipped', data: { tracking: command.tracking, productCode: command.productCode } }];
    }
    default: return tracked(command, state);
  }
}

/** P000-17: news of the parcel may come in as soon as goods may move, and still come when the record is complete. */
function tracked(command: ReturnCommand, state: OpenedReturn): Answer {
  if (command.type !== 'UpdateShipment') return wrongStage(command.type, state.stage);
  const { leg, status, at, note } = command;
  return [{ type: 'ShipmentStatusUpdated', data: { leg, status, at: utc(at) }, personal: words(state.subject, { note }) }];
}

const utc = (instant: string): string => new Date(instant).toISOString();

/** `return` is part of every stream name: renaming it would orphan recorded returns. */
export const returns = timedAggregate({
  name: 'return', numbered: 'RET', initial: noReturn, decide, evolve, clocks: returnClocks, formats: returnEvents, stage: (state) => state.stage,
});
