import { PolicyBook, type CalendarOf } from './adoption/policy-book.js';
import { interimCalendar } from './interim.js';
import type { PolicySet } from './policy-set.js';
import { baseline } from './shipped.js';

const calendarOf: CalendarOf = ({ calendarOwner }) => interimCalendar(calendarOwner);

/** A book with nothing in it but the policy that the program brings along. */
export function policyBook(): PolicyBook {
  return new PolicyBook(baseline(), calendarOf);
}

let known: PolicySet | undefined;

/** The policy that the program brings along. */
export function policySet(): PolicySet {
  known ??= policyBook().inForce('2026-01-01T00:00:00.000Z');
  return known;
}
