import { nameOf, type PolicySet } from '../policy-set.js';
import type { WorkCalendar } from '../terms.js';
import type { CompanyPolicy } from './adoption.schema.js';
import type { AdoptedText, AdoptionDocument } from './document.js';
import { policyOf } from './policy-of.js';

interface Adopted {
  readonly policy: PolicySet;
  readonly validFrom: string;
  readonly validTo: string | null;
}

export type CalendarOf = (company: CompanyPolicy) => WorkCalendar;

/**
 * Every policy that a department knows to have been adopted, with the one that the program brings along at the
 * bottom. Nothing is ever taken out: a case of last year is decided by what was in force then.
 */
export class PolicyBook {
  private readonly adopted: Adopted[] = [];
  private readonly byName = new Map<string, PolicySet>();

  constructor(baseline: AdoptedText, private readonly calendarOf: CalendarOf) {
    this.add(baseline);
  }

  /** Adding what is known already changes nothing. */
  add({ text, name }: AdoptedText): void {
    if (this.byName.has(nameOf(name))) return;
    const document = JSON.parse(text) as AdoptionDocument;
    const policy = policyOf(document, name, this.calendarOf(document.company));
    this.byName.set(nameOf(name), policy);
    this.adopted.push({ policy, validFrom: document.company.validFrom, validTo: document.company.validTo });
  }

  /** The policy for what begins at this instant: of those valid on that business day the one that began last, and of two such the one adopted last. */
  inForce(instant: string): PolicySet {
    let best: Adopted | undefined;
    for (const adopted of this.adopted) {
      const today = adopted.policy.calendar.localDate(instant);
      const isValid = adopted.validFrom <= today && (adopted.validTo === null || today <= adopted.validTo);
      if (isValid && (!best || adopted.validFrom >= best.validFrom)) best = adopted;
    }
    // What began before any adoption is decided by the baseline; there is nothing earlier to fall back on.
    return (best ?? this.adopted[0] as Adopted).policy;
  }

  /** The version that a case keeps; undefined while this department has not heard of it. `example@1`. */
  kept(name: string): PolicySet | undefined {
    return this.byName.get(name);
  }
}
