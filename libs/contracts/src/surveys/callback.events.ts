import { Type } from '../schema.js';
import { eventType, exactly, flag, id, instant, oneOf, orNull, type EventsOf } from '../event-type.js';
import { caseRef } from '../shared/vocabulary.js';

export const RATING_ITEMS = ['timeliness', 'attitude', 'competence', 'outcome'] as const;
export const RATING_LEVELS = ['excellent', 'good', 'fair', 'poor'] as const;
const rating = oneOf(RATING_LEVELS);

/** Known from the moment the complaint is registered, so that surveys never has to ask for the contact. */
export const CallbackExpected = eventType('CallbackExpected', 1, exactly({
  ...caseRef.properties, customerId: orNull(id), awareAt: instant,
  /** Data subject of the contact and of everything said in the calls. */
  subject: id,
}), ['complainant', 'phone']);
export const CallbackScheduled = eventType('CallbackScheduled', 1, exactly({ ...caseRef.properties, communicatedAt: instant }));
export const CallbackAttempted = eventType('CallbackAttempted', 1, exactly({ attempt: Type.Integer({ minimum: 1 }) }), ['note']);
/** P001E-52 and -53: whether the set opening and the set thanks were said; null where nobody noted it. */
export const CallbackCompleted = eventType('CallbackCompleted', 1, exactly({
  seconds: Type.Integer({ minimum: 0 }), prolongedByCustomer: flag, opened: orNull(flag), thanked: orNull(flag),
}), ['notes']);
/** Four items at four levels; `dissatisfied` sends the case into its next round. */
export const SatisfactionRecorded = eventType('SatisfactionRecorded', 1, exactly({
  ...caseRef.properties, customerId: orNull(id), outcome: oneOf(['satisfied', 'dissatisfied'] as const),
  ratings: exactly({ timeliness: rating, attitude: rating, competence: rating, outcome: rating }),
}), ['remark']);
export const CallbackAbandoned = eventType('CallbackAbandoned', 1, exactly({
  ...caseRef.properties, customerId: orNull(id), attempts: Type.Integer({ minimum: 1 }),
}), ['note']);
export const CallbackWithdrawn = eventType('CallbackWithdrawn', 1, exactly({ why: oneOf(['case-closed'] as const) }));

export const callbackEvents = {
  CallbackExpected, CallbackScheduled, CallbackAttempted, CallbackCompleted, SatisfactionRecorded, CallbackAbandoned, CallbackWithdrawn,
};
export type CallbackEvent = EventsOf<typeof callbackEvents>;
export type RatingLevel = (typeof RATING_LEVELS)[number];
