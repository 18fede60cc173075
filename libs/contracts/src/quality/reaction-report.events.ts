import Type from 'typebox';
import { eventType, exactly, id, instant, oneOf, orNull, plainDate, type EventsOf } from '../event-type.js';
import { caseRef, goods } from '../shared/vocabulary.js';

/** P003-28: the adverse drug reaction register. Health data is in `personal`. */
export const AdverseReactionRegistered = eventType('AdverseReactionRegistered', 1, exactly({
  ...caseRef.properties, customerId: orNull(id), goods: orNull(goods), awareAt: instant,
  takenOn: orNull(plainDate), notKnown: Type.Array(id),
}), ['description', 'reactionTerm', 'quantityTaken', 'concomitantDrugs']);
export const AdverseReactionTransferred = eventType('AdverseReactionTransferred', 1, exactly({ to: id }));
export const AdverseReactionAssessed = eventType('AdverseReactionAssessed', 1, exactly({
  seriousness: oneOf(['non-serious', 'serious', 'death', 'undetermined'] as const),
}), ['reasoning']);
export const AdverseReactionAnswered = eventType('AdverseReactionAnswered', 1, exactly({ ...caseRef.properties }), ['reply']);
export const AdverseReactionReopened = eventType('AdverseReactionReopened', 1, exactly({ ...caseRef.properties }), ['why']);

export const reactionReportEvents = {
  AdverseReactionRegistered, AdverseReactionTransferred, AdverseReactionAssessed, AdverseReactionAnswered, AdverseReactionReopened,
};
export type ReactionReportEvent = EventsOf<typeof reactionReportEvents>;
