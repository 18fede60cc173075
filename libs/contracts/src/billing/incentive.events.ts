import { Type } from '../schema.js';
import { count, eventType, exactly, flag, id, instant, money, oneOf, orNull, plainDate, type EventsOf } from '../event-type.js';

export const FAULT_CAUSES = ['negligence', 'late-implementation'] as const;
export const INCENTIVE_KINDS = ['fine', 'points', 'bonus'] as const;
/** One proposal per ground and period; of points one per fault. */
export const INCENTIVE_GROUNDS = [
  'complaint-count', 'negligence', 'late-implementation', 'outstanding', 'consumer-service', 'zero-complaints',
] as const;
/** What the tables of a year and of many complaints may propose. */
export const AWARD_ANSWERS = ['year-end-award', 'none'] as const;
export const DISMISSAL_ANSWERS = ['dismissal', 'none'] as const;
export type AwardAnswer = (typeof AWARD_ANSWERS)[number];
export type DismissalAnswer = (typeof DISMISSAL_ANSWERS)[number];
const basis = Type.Array(id, { maxItems: 1_000 });
/** Whom it is about and when: `YYYY-MM`, or `YYYY` for the award of a year, in the business zone. */
const whose = { person: id, period: id };
const points = Type.Integer({ minimum: 1, maximum: 1_000 });

/** P003-39: the staff account a service complaint is about. Whether it counts is open until its validity is determined. */
export const ComplainedOfNoted = eventType('ComplainedOfNoted', 1, exactly({ person: id, awareAt: instant }));
/** The complaint was found valid: it counts once, in the month in which the company learned of it. `basis`: ids of the events. */
export const ComplaintUpheldAgainst = eventType('ComplaintUpheldAgainst', 1, exactly({ ...whose, basis }));
/** P001E-45: the plan was not carried out in time. No event says by whom: a person records it. */
export const LateImplementationNoted = eventType('LateImplementationNoted', 1, exactly({ clock: id, dueAt: instant, basis }));
/** P001E-42, P001E-45, P002B-41: a person says who is at fault, and whether it is grave or cost the company money. */
export const FaultRecorded = eventType('FaultRecorded', 1, exactly({
  fault: id, ...whose, cause: oneOf(FAULT_CAUSES), happenedOn: plainDate, grave: flag, loss: orNull(money), recordedBy: id, subject: id, basis,
}), ['account']);

export const ComplaintCounted = eventType('ComplaintCounted', 1, exactly({ ...whose, caseId: id, count, basis }));
export const FaultCounted = eventType('FaultCounted', 1, exactly({ ...whose, fault: id, cause: oneOf(FAULT_CAUSES), grave: flag }));
/**
 * Computed from events, and of no effect until a person decides. Either a fixed amount or points; or a range within which
 * that person chooses; or neither, where the sources leave it open.
 */
export const IncentiveProposed = eventType('IncentiveProposed', 1, exactly({
  proposal: id, ...whose, kind: oneOf(INCENTIVE_KINDS), ground: oneOf(INCENTIVE_GROUNDS),
  amount: orNull(money), range: orNull(exactly({ from: money, to: money })), points: orNull(points), publicCriticism: flag,
  /** Null where nobody had to: a count of complaints. */
  proposedBy: orNull(id),
  basis,
}));
/** A higher tier or a further fault was proposed in its place; nobody decides on it any more. */
export const IncentiveReplaced = eventType('IncentiveReplaced', 1, exactly({ proposal: id, ...whose, by: id }));
export const IncentiveDecided = eventType('IncentiveDecided', 1, exactly({
  proposal: id, ...whose, kind: oneOf(INCENTIVE_KINDS), outcome: oneOf(['confirmed', 'reduced', 'rejected'] as const),
  amount: orNull(money), points: orNull(points), decidedBy: id, subject: id,
}), ['why']);
/** P001E-42, P003-42: treated separately by people, never automatically. */
export const MisconductReferred = eventType('MisconductReferred', 1, exactly({
  ...whose, ground: oneOf(['grave-fault', 'complaint-count'] as const), complaints: count, basis,
}));

export const conductEvents = { ComplainedOfNoted, ComplaintUpheldAgainst, LateImplementationNoted, FaultRecorded };
export const incentiveEvents = { ComplaintCounted, FaultCounted, IncentiveProposed, IncentiveReplaced, IncentiveDecided, MisconductReferred };
export type ConductEvent = EventsOf<typeof conductEvents>;
export type IncentiveEvent = EventsOf<typeof incentiveEvents>;
export type FaultCause = (typeof FAULT_CAUSES)[number];
export type IncentiveGround = (typeof INCENTIVE_GROUNDS)[number];
