import type { PolicyBookEvent } from 'aftercare/contracts';
import { nameOf, type PolicySet } from '../policy-set.js';
import type { WorkCalendar } from '../terms.js';
import type { CompanyPolicy } from './adoption.schema.js';
import { digestOf, type AdoptionDocument } from './document.js';
import { inForceAt, type InForce } from './in-force.js';
import { policyOf } from './policy-of.js';
import { daysLeft, successorAfter, type PolicyStanding } from './standing.js';

interface Adopted {
  readonly policy: PolicySet;
  readonly effectiveFrom: string;
  /** Last business day on which it is in force; null while nobody ended it. */
  readonly validTo: string | null;
}

/** A document that is not the one that was adopted: somebody changed the log, and no case may be decided by it. */
export class AdoptionDoesNotMatch extends Error {
  override readonly name = 'AdoptionDoesNotMatch';

  constructor(adoption: string) {
    super(`the document of ${adoption} is not the one that was adopted: its SHA-256 differs from the recorded one; verify the log`);
  }
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

  /** Adding what is known already changes nothing. @throws AdoptionDoesNotMatch */
  add({ id, version, digest, effectiveFrom, document: text }: Pick<PolicyBookEvent['data'], 'id' | 'version' | 'digest' | 'effectiveFrom' | 'document'>): void {
    const name = nameOf({ id, version });
    if (digestOf(text) !== digest) throw new AdoptionDoesNotMatch(name);
    if (this.byName.has(name)) return;
    const document = JSON.parse(text) as AdoptionDocument;
    const policy = policyOf(document, { id, version, digest }, this.calendarOf(document.company));
    this.byName.set(name, policy);
    this.adopted.push({ policy, effectiveFrom, validTo: document.company.validTo });
  }

  /**
   * The policy for what begins at this instant: of those that had begun by then and have not ended, the one that was
   * adopted last. Where all have ended without a successor the last one stays: a clerk has to be able to take down what
   * a customer says, and the shipped policy, first in every book, is nobody's decision. Undefined while the book is empty.
   */
  inForce(instant: string): PolicySet | undefined {
    return this.chosen(instant)?.adopted.policy;
  }

  /** How what is in force at this instant stands; undefined while the book is empty. The shipped policy, which nobody adopted, has no end. */
  standing(instant: string): PolicyStanding | undefined {
    const found = this.chosen(instant);
    if (!found) return undefined;
    const { adopted: { policy, validTo }, ended, isShipped } = found;
    const { calendar } = policy;
    const [, ...signed] = this.adopted;
    // One that begins later today covers today's date; only the instant says that it has not begun.
    const dated = signed.map((one) => ({ adoption: nameOf(one.policy.adoption), from: calendar.localDate(one.effectiveFrom), to: one.validTo, hasBegun: one.effectiveFrom <= instant }));
    const today = calendar.localDate(instant);
    const endsInDays = isShipped ? null : daysLeft(today, dated.filter(({ hasBegun }) => !ended || hasBegun));
    const successor = endsInDays === null ? null : successorAfter(today, endsInDays, dated.filter(({ hasBegun }) => !hasBegun));
    return { today, adoption: nameOf(policy.adoption), validTo, ended, endsInDays, successor };
  }

  private chosen(instant: string): InForce<Adopted> | undefined {
    return inForceAt(this.adopted, instant, ({ policy }, at) => policy.calendar.localDate(at));
  }

  /** The version that a case keeps; undefined while this department has not heard of it. `example@1`. */
  kept(name: string): PolicySet | undefined {
    return this.byName.get(name);
  }
}
