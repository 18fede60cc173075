import { draftOf, inForceAt, shippedAdoption, type AdoptionDocument, type PolicySet } from 'aftercare/policy';
import { endOfDay } from './case-window.js';

/** What a department has noted as adopted, and from which UTC instant on. */
export interface Noted {
  readonly document: AdoptionDocument;
  readonly effectiveFrom: string;
}

export const shippedDocument = (): AdoptionDocument => JSON.parse(shippedAdoption().document) as AdoptionDocument;

/**
 * What was in force at any time from the first instant on and before the second, by the rule of the policy book: of what
 * had begun and not ended the one that was adopted last, wherever it stands by its date.
 * @param noted in the order in which they were adopted; where there is nothing the shipped policy is in force
 */
export function inForceDuring(noted: readonly Noted[], from: string, until: string): readonly AdoptionDocument[] {
  const all = noted.map((one) => ({ ...one, validTo: one.document.company.validTo, calendar: calendarOf(one.document) }));
  const changes = all.flatMap(({ effectiveFrom, validTo, calendar }) => [effectiveFrom, ...(validTo === null ? [] : [endOfDay(validTo, calendar)])]);
  const instants = [from, ...changes.filter((instant) => instant !== null && instant > from && instant < until) as string[]];
  const found = instants.map((instant) => inForceAt(all, instant, ({ calendar }, at) => calendar.localDate(at))?.adopted.document ?? shippedDocument());
  return [...new Set(found)];
}

const calendarOf = ({ company, packs }: AdoptionDocument): PolicySet['calendar'] => draftOf(company, packs).policy.calendar;
