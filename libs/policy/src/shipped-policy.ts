import type { PolicyBookEvent } from 'aftercare/contracts';
import { adoptionOf } from './adoption/adopting.js';
import type { AdoptionDocument } from './adoption/document.js';
import { PolicyBook } from './adoption/policy-book.js';
import { policyOf } from './adoption/policy-of.js';
import type { PolicySet } from './policy-set.js';
import { calendarOf } from './shipped-calendar.js';
import { baseline } from './shipped.js';

/** @param unit department whose working windows count */
export function emptyPolicyBook(unit?: string): PolicyBook {
  return new PolicyBook((company) => calendarOf(company, unit));
}

let known: PolicySet | undefined;

/** The policy that the program brings along, in force where a company has adopted nothing of its own. */
export function policySet(): PolicySet {
  const { text, name } = baseline();
  known ??= policyOf(JSON.parse(text) as AdoptionDocument, name, calendarOf((JSON.parse(text) as AdoptionDocument).company));
  return known;
}

/** How a department takes the shipped policy into its log as the first of its book. */
export function shippedAdoption(): Extract<PolicyBookEvent, { type: 'PolicyAdoptionNoted' }>['data'] {
  const { company } = JSON.parse(baseline().text) as AdoptionDocument;
  const begun = `${company.validFrom}T00:00:00.000Z`;
  return { ...adoptionOf(baseline().text, { now: begun, policy: policySet() }), noticedLate: false };
}
