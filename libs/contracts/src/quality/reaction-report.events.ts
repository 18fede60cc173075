import { Type } from '../schema.js';
import { eventType, exactly, id, instant, oneOf, orNull, plainDate, type EventsOf } from '../event-type.js';
import { caseRef, goods, UNDETERMINED_WHY } from '../shared/vocabulary.js';

/** `possibly-serious` is a word of device events only: it might have ended worse. */
export const SERIOUSNESS = ['non-serious', 'serious', 'possibly-serious', 'death', 'undetermined'] as const;
/** Whether the reaction is named in the instructions for use. */
export const EXPECTEDNESS = ['known', 'new', 'undetermined'] as const;
export const PRODUCT_KINDS = ['drug', 'device'] as const;
/** Which report the law asks for; `none` can only be said by a person or by a row that a company settled. */
export const REPORTING_DUTIES = ['death', 'serious', 'other', 'none'] as const;

export const MINIMUM_ELEMENTS = ['patient', 'reporter', 'product', 'reaction'] as const;

const reported = {
  ...caseRef.properties, customerId: orNull(id), goods: orNull(goods), awareAt: instant,
  takenOn: orNull(plainDate), notKnown: Type.Array(id),
};
const TOLD = ['description', 'reactionTerm', 'quantityTaken', 'concomitantDrugs'] as const;

/** P003-28: the adverse drug reaction register. Health data is in `personal`, sealed under `subject`. */
export const AdverseReactionRegistered = eventType('AdverseReactionRegistered', 1, exactly({ ...reported, subject: id }), TOLD);
/** Intake classified the same complaint again, with other particulars. */
export const AdverseReactionRestated = eventType('AdverseReactionRestated', 1, exactly(reported), TOLD);
/**
 * Which of the four elements without which no report can be made are still missing: somebody who was harmed, somebody who
 * tells, a product, a reaction. `completeAt`: since when the company has known all four; null while one is missing.
 */
export const MinimumElementsNoted = eventType('MinimumElementsNoted', 1, exactly({
  ...caseRef.properties, missing: Type.Array(oneOf(MINIMUM_ELEMENTS)), completeAt: orNull(instant),
}));
export const AdverseReactionTransferred = eventType('AdverseReactionTransferred', 1, exactly({ to: id }));
/** Version 1 knew the seriousness alone. Null: nobody has said so far. */
export const AdverseReactionAssessed = eventType('AdverseReactionAssessed', 2, exactly({
  seriousness: oneOf(SERIOUSNESS), expectedness: orNull(oneOf(EXPECTEDNESS)), productKind: orNull(oneOf(PRODUCT_KINDS)),
}), ['reasoning']);
/**
 * Which report to the authority is due. Its limits count from `countsFrom`: from awareness, or from what was learned
 * after a report had been handed in.
 */
export const ReportabilityDetermined = eventType('ReportabilityDetermined', 1, exactly({
  ...caseRef.properties, productKind: oneOf(PRODUCT_KINDS), duty: oneOf(REPORTING_DUTIES), by: oneOf(['table', 'person'] as const), countsFrom: instant,
}), ['reasoning']);
/** No adopted rule says whether to report: that is no "no", a person has to say it. */
export const ReportabilityUndetermined = eventType('ReportabilityUndetermined', 1, exactly({
  ...caseRef.properties, productKind: orNull(oneOf(PRODUCT_KINDS)),
  why: oneOf(UNDETERMINED_WHY),
}));
/** A report, the first or a follow-up, handed in to the authority. */
export const AdverseReactionReportFiled = eventType('AdverseReactionReportFiled', 1, exactly({
  ...caseRef.properties, filedAt: instant, reference: id,
}));
export const AdverseReactionAnswered = eventType('AdverseReactionAnswered', 1, exactly({ ...caseRef.properties }), ['reply']);
export const AdverseReactionReopened = eventType('AdverseReactionReopened', 1, exactly({ ...caseRef.properties }), ['why']);

export const reactionReportEvents = {
  AdverseReactionRegistered, AdverseReactionRestated, AdverseReactionTransferred, AdverseReactionAssessed, AdverseReactionAnswered,
  AdverseReactionReopened, ReportabilityDetermined, ReportabilityUndetermined, AdverseReactionReportFiled, MinimumElementsNoted,
};
export type ReactionReportEvent = EventsOf<typeof reactionReportEvents>;
export type Seriousness = (typeof SERIOUSNESS)[number];
export type Expectedness = (typeof EXPECTEDNESS)[number];
export type ProductKind = (typeof PRODUCT_KINDS)[number];
export type MinimumElement = (typeof MINIMUM_ELEMENTS)[number];
export type ReportingDuty = (typeof REPORTING_DUTIES)[number];
