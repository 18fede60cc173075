import { eventType, exactly, id, oneOf, orNull, plainDate, type EventsOf } from '../event-type.js';
import { APPROVER_ROLES } from './approval.events.js';

/** 代: somebody signs in the place of another from one date to another, both included, in the business zone. */
export const DeputyAppointed = eventType('DeputyAppointed', 1, exactly({
  deputyship: id, role: oneOf(APPROVER_ROLES),
  /** The holder who is away; null where the office has none. */
  person: orNull(id),
  deputy: id, from: plainDate, to: plainDate, appointedBy: id,
}));
/** Ended before its time: from this event on the deputy signs nothing. */
export const DeputyshipEnded = eventType('DeputyshipEnded', 1, exactly({ deputyship: id, role: oneOf(APPROVER_ROLES), endedBy: id }));

export const deputyEvents = { DeputyAppointed, DeputyshipEnded };
export type DeputyEvent = EventsOf<typeof deputyEvents>;
