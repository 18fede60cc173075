import { Type } from '../schema.js';
import { count, eventType, exactly, flag, id, instant, money, oneOf, orNull, plainDate, text, type EventsOf } from '../event-type.js';
import { goods, RETURN_REASONS, UNDETERMINED_WHY, VERDICTS } from '../shared/vocabulary.js';

export const RETURN_KINDS = ['return', 'exchange'] as const;
export const REVIEW_SIGNERS = ['after-sales', 'finance'] as const;
export const STOCK_IN_SIGNERS = ['after-sales', 'operations', 'quality'] as const;
export const DISCREPANCIES = ['short', 'wrong', 'damaged'] as const;
/** What a review can find against a return. Each can be lifted only by the company leader (P002B-18). */
export const RETURN_OBSTACLES = ['lot-expired', 'lot-expiry-unknown', 'purchases-unknown', 'over-exchange-rate', 'outside-window'] as const;
/** What the rules of a return are asked with: a return may come before any verdict. */
export const VERDICTS_ASKED = [...VERDICTS, 'none'] as const;
/** What a table of eligibility may say. `exception`: refused, short of the leader's; `refuse`: not even that. */
export const ELIGIBILITY_ANSWERS = ['accept', 'exception', 'refuse'] as const;
export type EligibilityAnswer = (typeof ELIGIBILITY_ANSWERS)[number];
/** What a person says where no rule does. */
export const ELIGIBILITY_DECISIONS = ['accept', 'refuse'] as const;
export const SIGNING_STEPS = ['review', 'approve', 'stock-in'] as const;
export const SIGNERS = ['after-sales', 'finance', 'operations', 'quality', 'approver'] as const;
/** Whose role a signature may be given to; the routes of the signatures let all of them in. */
export const SIGNATORY_ROLES = [
  'logistics.after-sales-head', 'logistics.operations-head', 'logistics.finance', 'logistics.quality', 'logistics.leader', 'logistics.clerk',
] as const;
export const SHIPMENT_LEGS = ['to-company', 'to-customer'] as const;
export const SHIPMENT_STATUSES = ['handed-over', 'in-transit', 'at-station', 'out-for-delivery', 'delivered', 'delayed', 'lost'] as const;
const nullableCase = { caseId: orNull(id), round: Type.Integer({ minimum: 1 }) };

/** P000-37, P002B-14: the return/exchange application. */
export const ReturnRequested = eventType('ReturnRequested', 1, exactly({
  ...nullableCase, customerId: orNull(id), reason: oneOf(RETURN_REASONS), kind: oneOf(RETURN_KINDS),
  /** Data subject under whom every text of this return is sealed. */
  subject: id,
  /** Null when the case does not say how many; the count at receipt settles it. */
  goods, quantity: orNull(count), orderNumber: orNull(id),
  /** The exchange window of P002B-16 ends on this day, not on the day somebody gets round to the review. */
  requestedOn: plainDate,
  /** P003-24: the quality problem is hard to define, the goods come to the company for a closer look. */
  temporary: flag,
  verdict: orNull(oneOf(VERDICTS)),
  freightPayer: oneOf(['company', 'customer', 'undetermined'] as const),
  /** Concession fixed with the plan; billing proposes it once the goods are back. */
  compensation: orNull(money),
}), ['customer', 'details']);
/** P001E-07: nobody at the return desk can tell whether the goods may come back. */
export const ReturnReferred = eventType('ReturnReferred', 1, exactly({}), ['why']);
/** Signed by after-sales, and by finance for unsaleable goods, before approval. `expiresOn`: read off the goods. P002B-16, P002B-19. */
export const ReturnReviewed = eventType('ReturnReviewed', 1, exactly({
  signer: oneOf(REVIEW_SIGNERS), account: id, expiresOn: orNull(plainDate),
}));
/** P002B-16, P002B-18. Names what an exchange takes of the customer's rate; `quantity` null where nobody knows it yet. */
export const ReturnApproved = eventType('ReturnApproved', 1, exactly({
  asException: flag, account: id, customerId: orNull(id), reason: oneOf(RETURN_REASONS), kind: oneOf(RETURN_KINDS), quantity: orNull(count),
}));
export const ReturnRejected = eventType('ReturnRejected', 1, exactly({
  ...nullableCase, ground: oneOf([...RETURN_OBSTACLES, 'exception-refused', 'unjustified'] as const),
  compensation: orNull(money),
}), ['explanation']);
export const ReturnExceptionRequested = eventType('ReturnExceptionRequested', 1, exactly({
  ground: oneOf(RETURN_OBSTACLES), account: id,
}), ['why']);
const eligibilityQuestion = { why: oneOf(UNDETERMINED_WHY), obstacles: Type.Array(oneOf(RETURN_OBSTACLES)), account: id };
/** P001E-07: no rule says whether the goods may come back. `account`: who was told so; `expiresOn`: what that person read off the goods. */
export const ReturnEligibilityUndetermined = eventType('ReturnEligibilityUndetermined', 1, exactly({ ...eligibilityQuestion, expiresOn: orNull(plainDate) }));
/** Decided by a person, for this one return. */
export const ReturnEligibilityDecided = eventType('ReturnEligibilityDecided', 1, exactly({
  ...eligibilityQuestion, decision: oneOf(ELIGIBILITY_DECISIONS),
}), ['reasoning']);
const signatureAsked = { step: oneOf(SIGNING_STEPS), signer: oneOf(SIGNERS), account: id };
/** P002B-16, P002B-19, P002B-25: the adopted policy does not say whose signature it is. */
export const SignatoryUndetermined = eventType('SignatoryUndetermined', 1, exactly({ ...signatureAsked, why: oneOf(UNDETERMINED_WHY) }));
/** A person says whose it is, for this one return. */
export const SignatoryAppointed = eventType('SignatoryAppointed', 1, exactly({ ...signatureAsked, role: oneOf(SIGNATORY_ROLES) }), ['reasoning']);
export const ReturnInstructionSent = eventType('ReturnInstructionSent', 1, exactly({}), ['instruction']);
export const ReturnArrivalNotified = eventType('ReturnArrivalNotified', 1, exactly({ station: text, arrivedAt: instant }));
/** P002B-20: tells the driver, by account, to collect. */
export const ReturnTransportOrderIssued = eventType('ReturnTransportOrderIssued', 1, exactly({ order: id, driver: id }));
export const ReturnPickedUp = eventType('ReturnPickedUp', 1, exactly({ order: id }));
/** P002B-08, P001E-24: what the warehouse counted. */
export const ReturnReceived = eventType('ReturnReceived', 1, exactly({ quantity: count, discrepancy: orNull(oneOf(DISCREPANCIES)) }));
/** P001E-30: verified and settled with whoever delivered. */
export const ReturnDiscrepancySettled = eventType('ReturnDiscrepancySettled', 1, exactly({ confirmed: flag }), ['settlement']);
/** P002B-04, P002B-05, P001E-24: is the original quality intact, and whose fault is it if not? */
export const ReturnInspected = eventType('ReturnInspected', 1, exactly({ intact: flag, makersFault: flag }), ['finding']);
/** P002B-24: the written statement is the ground for refusing. */
export const ReturnInspectionRefused = eventType('ReturnInspectionRefused', 1, exactly({
  ...nullableCase, customerId: orNull(id), customerDamage: flag, compensation: orNull(money),
}), ['statement']);
/** Given up before the goods reached the warehouse: never sent, lost on the way, or no longer wanted. */
export const ReturnCancelled = eventType('ReturnCancelled', 1, exactly({
  ...nullableCase, customerId: orNull(id), compensation: orNull(money),
}), ['reason']);
export const StockInSigned = eventType('StockInSigned', 1, exactly({ signer: oneOf(STOCK_IN_SIGNERS), account: id }));
/** P002B-25. Billing proposes compensation on it. `quantity`: pieces taken in, never more than were asked for. */
export const ReturnStockedIn = eventType('ReturnStockedIn', 1, exactly({
  ...nullableCase, customerId: orNull(id), kind: oneOf(RETURN_KINDS), quantity: count, compensation: orNull(money),
}));
/** P002B-09, P002B-28. */
export const ReturnValueRecorded = eventType('ReturnValueRecorded', 1, exactly({ quantity: count, value: money }));
/** P002B-10, P002B-29. */
export const ReturnSlipSent = eventType('ReturnSlipSent', 1, exactly({ slip: id }));
/** P000-16, P000-17. `at`: when it was so, by the carrier's word. */
export const ShipmentStatusUpdated = eventType('ShipmentStatusUpdated', 1, exactly({
  leg: oneOf(SHIPMENT_LEGS), status: oneOf(SHIPMENT_STATUSES), at: instant,
}), ['note']);
export const ExchangeShipped = eventType('ExchangeShipped', 1, exactly({ tracking: id, productCode: id }));

export const returnEvents = {
  ReturnRequested, ReturnReferred, ReturnReviewed, ReturnApproved, ReturnRejected, ReturnExceptionRequested, ReturnInstructionSent,
  ReturnArrivalNotified, ReturnTransportOrderIssued, ReturnPickedUp, ReturnReceived, ReturnDiscrepancySettled, ReturnInspected,
  ReturnEligibilityUndetermined, ReturnEligibilityDecided, SignatoryUndetermined, SignatoryAppointed,
  ReturnInspectionRefused, ReturnCancelled, StockInSigned, ReturnStockedIn, ReturnValueRecorded, ReturnSlipSent, ShipmentStatusUpdated, ExchangeShipped,
};
export type ReturnEvent = EventsOf<typeof returnEvents>;
export type ReturnKind = (typeof RETURN_KINDS)[number];
export type ReviewSigner = (typeof REVIEW_SIGNERS)[number];
export type StockInSigner = (typeof STOCK_IN_SIGNERS)[number];
export type Discrepancy = (typeof DISCREPANCIES)[number];
export type ReturnObstacle = (typeof RETURN_OBSTACLES)[number];
export type EligibilityDecision = (typeof ELIGIBILITY_DECISIONS)[number];
export type SigningStep = (typeof SIGNING_STEPS)[number];
export type Signer = (typeof SIGNERS)[number];
export type SignatoryRole = (typeof SIGNATORY_ROLES)[number];
export type ShipmentLeg = (typeof SHIPMENT_LEGS)[number];
export type ShipmentStatus = (typeof SHIPMENT_STATUSES)[number];
