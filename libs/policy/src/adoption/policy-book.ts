import type { PolicyBookEvent } from 'aftercare/contracts';
import { nameOf, type PolicySet } from '../policy-set.js';
import type { WorkCalendar } from '../terms.js';
import type { CompanyPolicy } from './adoption.schema.js';
import type { AdoptionDocument } from './document.js';
import { policyOf } from './policy-of.js';

interface Adopted {
  readonly policy: PolicySet;
  readonly effectiveFrom: string;
}

export type CalendarOf = (company: CompanyPolicy) => WorkCalendar;

/**
 * Every policy that a department knows to have been adopted, in the order in which its log has them. Nothing is ever
 * taken out: a case of last year is decided by what was in force then.
 */
export class PolicyBook {
  private readonly adopted: Adopted[] = [];
  private readonly byName = new Map<string, PolicySet>();

  constructor(private readonly calendarOf: CalendarOf) {}

  /** Adding what is known already changes nothing. */
  add({ id, version, digest, effectiveFrom, document: text }: Pick<PolicyBookEvent['data'], 'id' | 'version' | 'digest' | 'effectiveFrom' | 'document'>): void {
    const name = nameOf({ id, version });
    if (this.byName.has(name)) return;
    const document = JSON.parse(text) as AdoptionDocument;
    const policy = policyOf(document, { id, version, digest }, this.calendarOf(document.company));
    this.byName.set(name, policy);
    this.adopted.push({ policy, effectiveFrom });
  }

  /**
   * The policy for what begins at this instant: the one that came into force last by then. One whose end has passed
   * without a successor stays: a clerk has to be able to take down what a customer says, and the list of adoptions
   * shows that it has ended. Undefined while the book is empty.
   */
  inForce(instant: string): PolicySet | undefined {
    let best: Adopted | undefined;
    for (const adopted of this.adopted) {
      if (adopted.effectiveFrom <= instant && (!best || adopted.effectiveFrom >= best.effectiveFrom)) best = adopted;
    }
    return (best ?? this.adopted[0])?.policy;
  }

  /** The version that a case keeps; undefined while this department has not heard of it. `example@1`. */
  kept(name: string): PolicySet | undefined {
    return this.byName.get(name);
  }
}
