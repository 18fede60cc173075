import { Type } from '../schema.js';
import { eventType, exactly, id, instant, oneOf, orNull, plainDate, type EventsOf } from '../event-type.js';
import { caseRef, goods } from '../shared/vocabulary.js';

export const SERIOUSNESS = ['non-serious', 'serious', 'death', 'undetermined'] as const;

const reported = {
  ...caseRef.properties, customerId: orNull(id), goods: orNull(goods), awareAt: instant,
  takenOn: orNull(plainDate), notKnown: Type.Array(id),
};
const TOLD = ['description', 'reactionTerm', 'quantityTaken', 'concomitantDrugs'] as const;

/** P003-28: the adverse drug reaction register. Health data is in `personal`, sealed under `subject`. */
export const AdverseReactionRegistered = eventType('AdverseReactionRegistered', 1, exactly({ ...reported, subject: id }), TOLD);
/** Intake classified the same complaint again, with other particulars. */
export const AdverseReactionRestated = eventType('AdverseReactionRestated', 1, exactly(reported), TOLD);
export const AdverseReactionTransferred = eventType('AdverseReactionTransferred', 1, exactly({ to: id }));
export const AdverseReactionAssessed = eventType('AdverseReactionAssessed', 1, exactly({ seriousness: oneOf(SERIOUSNESS) }), ['reasoning']);
export const AdverseReactionAnswered = eventType('AdverseReactionAnswered', 1, exactly({ ...caseRef.properties }), ['reply']);
export const AdverseReactionReopened = eventType('AdverseReactionReopened', 1, exactly({ ...caseRef.properties }), ['why']);

export const reactionReportEvents = {
  AdverseReactionRegistered, AdverseReactionRestated, AdverseReactionTransferred, AdverseReactionAssessed, AdverseReactionAnswered,
  AdverseReactionReopened,
};
export type ReactionReportEvent = EventsOf<typeof reactionReportEvents>;
export type Seriousness = (typeof SERIOUSNESS)[number];
