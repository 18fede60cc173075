import { Type } from '../schema.js';
import { count, eventType, exactly, flag, id, instant, money, oneOf, orNull, plainDate, text, type EventsOf } from '../event-type.js';
import { buyer, caseRef, CHANNELS, COMPLAINT_CLASSES, goods, LOCALITIES, REMEDIES, UNDETERMINED_WHY, VERDICTS } from '../shared/vocabulary.js';

export const MAJOR_TRIGGERS = ['regulatory-inspection', 'economic-loss', 'public-exposure'] as const;
export const URGENCIES = ['ordinary', 'urgent'] as const;
/** What a table of severities may say of a complaint. */
export const COMPLAINT_SEVERITIES = ['major', 'ordinary'] as const;
export type ComplaintSeverity = (typeof COMPLAINT_SEVERITIES)[number];
export type MajorTrigger = (typeof MAJOR_TRIGGERS)[number];
export type Urgency = (typeof URGENCIES)[number];

/** P000-27, P002A-08, P003-08. The customer's words are in `personal` and never leave it unsealed. */
export const ComplaintRegistered = eventType('ComplaintRegistered', 1, exactly({
  channel: oneOf(CHANNELS),
  /** When it happened, when the company learned of it; when it was entered is `recordedAt` (D10). */
  occurredAt: orNull(instant),
  awareAt: instant,
  customerId: orNull(id),
  locality: oneOf(LOCALITIES),
  /** Data subject of the customer's words; later texts about the same person are sealed under it. */
  subject: id,
  /** P001E-04: stays with the first taker for good. */
  firstContactOwner: id,
  /** Name of the register and the row it came from, for imported cases. */
  source: orNull(exactly({ register: id, row: id })),
}), ['complainant', 'phone', 'address', 'email', 'subject', 'description', 'demand']);

export const ComplaintClassified = eventType('ComplaintClassified', 1, exactly({
  class: oneOf(COMPLAINT_CLASSES),
  ...caseRef.properties, ...buyer.properties,
  /** Data subject of the case, so that what other departments write about the same person falls under the same key. */
  subject: id,
  /** When the limits of this round began: awareness in the first one, the instant of this classification in a later one. */
  awareAt: instant,
  goods: orNull(goods),
  /** P003-28; what was taken and felt is in `personal`. */
  reaction: orNull(exactly({ takenOn: orNull(plainDate), notKnown: Type.Array(id) })),
  /** Staff account complained of, service complaints only. */
  complainedOf: orNull(id),
}), ['description', 'reactionTerm', 'quantityTaken', 'concomitantDrugs']);

export const ComplaintValidityDetermined = eventType('ComplaintValidityDetermined', 1, exactly({
  valid: flag, groundsSufficient: flag, demandReasonable: flag, companyError: flag,
}), ['explanation']);

export const CaseAssigned = eventType('CaseAssigned', 1, exactly({ handler: id }));
export const FirstContactMade = eventType('FirstContactMade', 1, exactly({ contactedAt: instant }), ['note']);
export const ApologyIssued = eventType('ApologyIssued', 1, exactly({}), ['note']);
export const ProgressUpdateSent = eventType('ProgressUpdateSent', 1, exactly({}), ['note']);
/** P003-36: the promised time becomes a deadline of its own. */
export const InterimReplySent = eventType('InterimReplySent', 1, exactly({ promisedAt: instant }), ['reply']);
export const ComplaintFlaggedMajor = eventType('ComplaintFlaggedMajor', 1, exactly({
  trigger: oneOf(MAJOR_TRIGGERS), loss: orNull(money), learnedAt: instant,
}));
/** No adopted rule says whether it is major: a person has to. `why` as in every answer that a decision table does not give. */
export const MajorComplaintUndetermined = eventType('MajorComplaintUndetermined', 1, exactly({
  trigger: oneOf(MAJOR_TRIGGERS), loss: orNull(money), learnedAt: instant, why: oneOf(UNDETERMINED_WHY),
}));
/** Answers what was undetermined; where it is major, `ComplaintFlaggedMajor` follows. */
export const MajorComplaintDetermined = eventType('MajorComplaintDetermined', 1, exactly({
  major: flag, by: oneOf(['table', 'person'] as const), trigger: oneOf(MAJOR_TRIGGERS), loss: orNull(money),
}), ['reasoning']);
export const MajorComplaintReported = eventType('MajorComplaintReported', 1, exactly({ reportedTo: id }));
export const DedicatedHandlerAssigned = eventType('DedicatedHandlerAssigned', 1, exactly({ handler: id, supervisor: id }));
/** P003-33: the roles to which a complaint of this class and urgency is reported. */
export const CaseRouted = eventType('CaseRouted', 1, exactly({
  class: oneOf(COMPLAINT_CLASSES), urgency: orNull(oneOf(URGENCIES)), to: Type.Array(id, { minItems: 1 }), by: oneOf(['table', 'person'] as const),
}), ['reasoning']);
export const RoutingUndetermined = eventType('RoutingUndetermined', 1, exactly({
  class: oneOf(COMPLAINT_CLASSES), urgency: orNull(oneOf(URGENCIES)), why: oneOf(UNDETERMINED_WHY),
}));
export const CaseEscalated = eventType('CaseEscalated', 1, exactly({ to: id }), ['why']);
export const HandlingOpinionGiven = eventType('HandlingOpinionGiven', 1, exactly({}), ['opinion']);

/** What other departments found, noted on the case by reactions. */
export const QualityVerdictNoted = eventType('QualityVerdictNoted', 1, exactly({ verdict: oneOf(VERDICTS), investigationId: id }), ['finding']);
export const TechnicalReplyNoted = eventType('TechnicalReplyNoted', 1, exactly({ reportId: id }), ['reply']);

/** Carries what logistics and billing need, so that neither has to ask back (D6). */
export const HandlingPlanFixed = eventType('HandlingPlanFixed', 2, exactly({
  ...caseRef.properties, ...buyer.properties,
  class: oneOf(COMPLAINT_CLASSES),
  remedies: Type.Array(oneOf(REMEDIES), { minItems: 1 }),
  goods: orNull(goods),
  verdict: orNull(oneOf(VERDICTS)),
  /** Concession agreed with the customer, subject to approval; null when only goods move. */
  compensation: orNull(money),
  /** 1, 2, … within the case, whatever the round; null in records of version 1, which did not say. */
  planNumber: orNull(Type.Integer({ minimum: 1 })),
}), ['plan']);
export const RemedySettled = eventType('RemedySettled', 1, exactly({
  remedy: oneOf(['return', 'compensation'] as const),
  outcome: oneOf(['done', 'refused', 'rejected'] as const),
  reference: id,
}), ['reason']);
export const ResolutionImplemented = eventType('ResolutionImplemented', 1, exactly({}), ['note']);
/** The outcome told to the customer; surveys schedules the callback on it unless `unfounded`, which it is in the first round only (P000-36). */
export const ResolutionCommunicated = eventType('ResolutionCommunicated', 1, exactly({
  ...caseRef.properties, customerId: orNull(id), unfounded: flag,
}), ['message']);
export const ComplaintResolvedOnSpot = eventType('ComplaintResolvedOnSpot', 1, exactly({}), ['resolution']);
export const SatisfactionNoted = eventType('SatisfactionNoted', 1, exactly({
  outcome: oneOf(['satisfied', 'dissatisfied', 'unreachable'] as const), callbackId: id,
}), ['remark']);
/** P000-36: investigation and handling start again as the next round. */
export const CaseReopened = eventType('CaseReopened', 1, exactly({
  ...caseRef.properties, ...buyer.properties, class: oneOf(COMPLAINT_CLASSES), goods: orNull(goods),
}), ['why']);
export const ComplaintSummaryRecorded = eventType('ComplaintSummaryRecorded', 1, exactly({ responsibleStep: orNull(text) }), ['summary']);
export const CaseClosed = eventType('CaseClosed', 1, exactly({
  ...caseRef.properties,
  ground: oneOf(['satisfied', 'unfounded', 'unreachable', 'resolved-on-spot'] as const), rounds: count,
}));

export const complaintEvents = {
  ComplaintRegistered, ComplaintClassified, ComplaintValidityDetermined, CaseAssigned, FirstContactMade, ApologyIssued,
  ProgressUpdateSent, InterimReplySent, ComplaintFlaggedMajor, MajorComplaintReported, DedicatedHandlerAssigned,
  MajorComplaintUndetermined, MajorComplaintDetermined, CaseRouted, RoutingUndetermined,
  CaseEscalated, HandlingOpinionGiven, QualityVerdictNoted, TechnicalReplyNoted, HandlingPlanFixed, RemedySettled,
  ResolutionImplemented, ResolutionCommunicated, ComplaintResolvedOnSpot, SatisfactionNoted, CaseReopened,
  ComplaintSummaryRecorded, CaseClosed,
};
export type ComplaintEvent = EventsOf<typeof complaintEvents>;
