import { Type } from '../schema.js';
import { eventType, exactly, id, instant, money, oneOf, orNull, plainDate, type EventsOf } from '../event-type.js';

export const APPROVER_ROLES = ['after-sales-manager', 'sales-vice-president', 'general-manager'] as const;
const nullableCase = { caseId: orNull(id), round: Type.Integer({ minimum: 1 }) };
/** What an authority matrix is asked about. */
export const APPROVAL_KINDS = ['compensation', 'service-fee', 'waiver'] as const;
export type ApprovalKind = (typeof APPROVAL_KINDS)[number];
const decidedOn = oneOf(APPROVAL_KINDS);
/** Whom the band names, for the queues. Null: no band does yet, or none will. */
const approverRole = orNull(oneOf(APPROVER_ROLES));

/**
 * A plan grants a compensation once goods are back. Billing keeps who fixed the plan: that person is the requester,
 * not whoever signs the goods in.
 */
export const PlannedCompensationNoted = eventType('PlannedCompensationNoted', 1, exactly({
  ...nullableCase, amount: money, customerId: orNull(id), requester: id, subject: id,
}));
/** A price, a compensation or a waiver waits for the person whom the band names. Requester and approver differ. */
export const ApprovalProposed = eventType('ApprovalProposed', 1, exactly({
  ...nullableCase, kind: oneOf(['compensation', 'service-fee'] as const), amount: money, customerId: orNull(id), requester: id,
  returnId: orNull(id), approverRole,
  /** Data subject of every text about this approval. */
  subject: id,
}), ['grounds']);
/** P001C-24: finance calculates the cost before anybody approves a drafted price. */
export const ServiceCostVerified = eventType('ServiceCostVerified', 1, exactly({ cost: money, approverRole }));
export const ApprovalRevised = eventType('ApprovalRevised', 1, exactly({ amount: money, requester: id, approverRole }), ['grounds']);
export const CompensationApproved = eventType('CompensationApproved', 1, exactly({
  ...nullableCase, amount: money, approver: id, approverRole: oneOf(APPROVER_ROLES),
}));
/** Decided by a person, or lapsed because the goods never came back; then nobody is the approver. */
export const CompensationRejected = eventType('CompensationRejected', 1, exactly({
  ...nullableCase, amount: money, ground: oneOf(['decided', 'return-rejected', 'return-refused', 'return-cancelled'] as const), approver: orNull(id),
}), ['why']);
export const ServiceFeeApproved = eventType('ServiceFeeApproved', 1, exactly({ amount: money, approver: id, approverRole: oneOf(APPROVER_ROLES) }));
export const ServiceFeeRejected = eventType('ServiceFeeRejected', 1, exactly({ amount: money, approver: id }), ['why']);
export const WaiverRequested = eventType('WaiverRequested', 1, exactly({ requester: id, approverRole }), ['grounds']);
export const ServiceFeeWaived = eventType('ServiceFeeWaived', 1, exactly({ approver: id, approverRole: oneOf(APPROVER_ROLES) }));
export const ServiceFeeWaiverRejected = eventType('ServiceFeeWaiverRejected', 1, exactly({ approver: id }), ['why']);
/** No band covers the amount: a person has to settle who decides (catalogue contradiction 8). */
export const ApproverUndetermined = eventType('ApproverUndetermined', 1, exactly({ kind: decidedOn }));
/** The person settled it, for this one decision. */
export const ApproverAppointed = eventType('ApproverAppointed', 1, exactly({
  kind: decidedOn, approverRole: oneOf(APPROVER_ROLES), appointedBy: id,
}), ['why']);
export const PriceAgreedWithCustomer = eventType('PriceAgreedWithCustomer', 1, exactly({ amount: money }));

const position = Type.Integer({ minimum: 1, maximum: 20 });
const signerRole = oneOf(APPROVER_ROLES);
/**
 * P001A-04: whom the authority matrix asks, one role per position, where that is more than the one role that
 * `approverRole` names. The case keeps the list, so that a later matrix changes nothing about what was asked.
 */
export const SignaturesRequired = eventType('SignaturesRequired', 1, exactly({
  kind: decidedOn, signers: Type.Array(signerRole, { minItems: 1, maxItems: 20 }), order: oneOf(['in-order', 'any-order'] as const),
}));
/** From this instant on nobody can sign any more. */
export const ApprovalExpirySet = eventType('ApprovalExpirySet', 1, exactly({ kind: decidedOn, expiresAt: instant }));
/** Who signed for which position, in whose place and by which appointment. `limit` null: it counts at once. */
export const ApprovalSigned = eventType('ApprovalSigned', 1, exactly({
  signature: id, kind: decidedOn, meaning: oneOf(['approved', 'rejected'] as const), position, role: signerRole, signer: id,
  deputyFor: orNull(exactly({ person: orNull(id), deputyship: id, from: plainDate, to: plainDate })),
  amount: money,
  /** Where a limit is adopted: whose allowance of which month has to cover it before the signature counts. */
  limit: orNull(exactly({ person: id, period: id, upTo: money })),
}));
/** One of the two allowances that a deputy's signature draws on covers it: it counts once the other does too. */
export const SignatureCovered = eventType('SignatureCovered', 1, exactly({ signature: id, position, person: id }));
/** Every allowance of the month that has to covers it. */
export const SignatureCounted = eventType('SignatureCounted', 1, exactly({ signature: id, position }));
/** The allowance does not cover it: the position is open again, for another person. */
export const SignatureRefused = eventType('SignatureRefused', 1, exactly({ signature: id, position, why: oneOf(['limit-exceeded'] as const) }));
/** Signatures that came to nothing, so that what they took of an allowance is given back. */
export const SignaturesVoided = eventType('SignaturesVoided', 1, exactly({
  signatures: Type.Array(exactly({ signature: id, position, signer: id, limit: orNull(exactly({ person: id, period: id })) }), { minItems: 1 }),
}));
/** Not everybody signed in time. Asking again is a new proposal; a waiver has to be requested again. */
export const ApprovalLapsed = eventType('ApprovalLapsed', 1, exactly({ ...nullableCase, kind: decidedOn, amount: money, expiredAt: instant }));

export const approvalEvents = {
  PlannedCompensationNoted, ApprovalProposed, ServiceCostVerified, ApprovalRevised, CompensationApproved, CompensationRejected,
  ServiceFeeApproved, ServiceFeeRejected, WaiverRequested, ServiceFeeWaived, ServiceFeeWaiverRejected, ApproverUndetermined,
  ApproverAppointed, PriceAgreedWithCustomer, SignaturesRequired, ApprovalExpirySet, ApprovalSigned, SignatureCovered, SignatureCounted,
  SignatureRefused, SignaturesVoided, ApprovalLapsed,
};
export type ApprovalEvent = EventsOf<typeof approvalEvents>;
export type ApproverRole = (typeof APPROVER_ROLES)[number];
