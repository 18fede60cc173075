import { eventType, exactly, id, money, oneOf, type EventsOf } from '../event-type.js';
import { APPROVER_ROLES } from './approval.events.js';

const entry = {
  /** Whose allowance, and of which month `YYYY-MM` in the business zone. */
  person: id, period: id,
  approval: id, signature: id, role: oneOf(APPROVER_ROLES), amount: money,
};

/** A signature took its share of what the person may sign for in the month. `taken` is the sum with it. */
export const AllowanceTaken = eventType('AllowanceTaken', 1, exactly({ ...entry, limit: money, taken: money }));
/** It would have gone beyond the limit: nothing was taken. `taken` is the sum without it. */
export const AllowanceExceeded = eventType('AllowanceExceeded', 1, exactly({ ...entry, limit: money, taken: money }));
/** The signature came to nothing. */
export const AllowanceReleased = eventType('AllowanceReleased', 1, exactly({ person: id, period: id, approval: id, signature: id, amount: money }));

export const allowanceEvents = { AllowanceTaken, AllowanceExceeded, AllowanceReleased };
export type AllowanceEvent = EventsOf<typeof allowanceEvents>;
