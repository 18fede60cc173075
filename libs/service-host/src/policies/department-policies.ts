import type { PolicyBookEvent } from 'aftercare/contracts';
import type { EventStore } from 'aftercare/event-store';
import { streamOf, type Aggregate, type DomainEvent } from 'aftercare/kernel';
import { NotYet } from 'aftercare/messaging';
import { emptyPolicyBook, policyBook, POLICY_BOOK_ID, policySet, type PolicySet, type PolicyStanding } from 'aftercare/policy';

/** Which policy decides a command. */
export interface Policies {
  /**
   * @param kept `example@1`, what the stream keeps; null for one that keeps nothing yet. @param opened when its case was opened
   * @param told what the event that caused the command says of its case; nothing for what keeps no version
   * @throws NotYet when the adoption that was told has not come here
   */
  decideBy(kept: string | null, opened: string, told?: string): Promise<PolicySet>;
}

/** For what is decided under one policy whatever happens, as in a test. */
export function alwaysBy(policy: PolicySet): Policies {
  return { decideBy: () => Promise.resolve(policy) };
}

/** Another instance may have noted an adoption; it begins ten seconds after it was decided, so looking this often is enough. */
const LOOK_AGAIN_MS = 2_000;
const BATCH = 100;

/** The book of one department, read from its own log. */
export class DepartmentPolicies implements Policies {
  private readonly book;
  private readonly stream = streamOf(policyBook, POLICY_BOOK_ID);
  private read = 0;
  private lookedAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly store: EventStore, private readonly now: () => number) {
    this.book = emptyPolicyBook(store.log);
  }

  async decideBy(kept: string | null, opened: string, told?: string): Promise<PolicySet> {
    if (kept !== null) return this.book.kept(kept) ?? this.keptAfterALook(kept);
    // By our own book the case could get the version before, for we may have heard of the adoption late.
    if (told !== undefined) return this.book.kept(told) ?? this.toldAfterALook(told);
    // A time of day that was set back must not keep a department from looking.
    if (Math.abs(this.now() - this.lookedAt) >= LOOK_AGAIN_MS) await this.look();
    // Empty only while the department is being set up and takes the shipped policy into its book.
    return this.book.inForce(opened) ?? policySet();
  }

  /** How what is in force now stands; undefined while the book is empty. */
  async standing(): Promise<PolicyStanding | undefined> {
    await this.look();
    return this.book.standing(new Date(this.now()).toISOString());
  }

  /** Reads what was noted since the last look. Several may look at once: counting what each of them read would pass over the next adoption. */
  async look(): Promise<void> {
    for (;;) {
      const from = this.read;
      const batch = await this.store.readStream(this.stream, from, BATCH);
      for (const { event } of batch) this.book.add((event as unknown as PolicyBookEvent).data);
      this.read = Math.max(this.read, from + batch.length);
      if (batch.length < BATCH) break;
    }
    this.lookedAt = this.now();
  }

  private async keptAfterALook(name: string): Promise<PolicySet> {
    const kept = await this.heldAfterALook(name);
    if (!kept) throw new Error(`the policy book of ${this.store.log} does not hold ${name}`);
    return kept;
  }

  private async toldAfterALook(name: string): Promise<PolicySet> {
    const told = await this.heldAfterALook(name);
    if (!told) throw new NotYet(`the case is under ${name}, whose adoption has not come to ${this.store.log}: see to the registry and the bus, then retry`);
    return told;
  }

  private async heldAfterALook(name: string): Promise<PolicySet | undefined> {
    await this.look();
    return this.book.kept(name);
  }
}

/** What a stream keeps, for aggregates that keep a version at all. */
export function keptBy<C, S, E extends DomainEvent, P>(aggregate: Aggregate<C, S, E, P>, state: S): string | null {
  return aggregate.keeps?.(state) ?? null;
}

const UUID_V7 = /^([0-9a-f]{8})-([0-9a-f]{4})-7/;

/** When a case was opened: its id says so (RFC 9562). Other ids, such as that of a lot, have no beginning of their own. */
export function openedAt(caseId: string, now: string): string {
  const match = UUID_V7.exec(caseId);
  return match ? new Date(Number.parseInt(`${match[1]}${match[2]}`, 16)).toISOString() : now;
}
