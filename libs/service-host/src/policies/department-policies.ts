import type { PolicyBookEvent } from 'aftercare/contracts';
import type { EventStore } from 'aftercare/event-store';
import { streamOf, type Aggregate, type DomainEvent } from 'aftercare/kernel';
import { emptyPolicyBook, policyBook, POLICY_BOOK_ID, policySet, type PolicySet, type PolicyStanding } from 'aftercare/policy';

/** Which policy decides a command. */
export interface Policies {
  /** @param kept `example@1`, what the stream keeps; null for one that keeps nothing yet. @param opened when its case was opened */
  decideBy(kept: string | null, opened: string): Promise<PolicySet>;
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

  async decideBy(kept: string | null, opened: string): Promise<PolicySet> {
    if (kept !== null) return this.book.kept(kept) ?? this.keptAfterALook(kept);
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

  /** Reads what was noted since the last look. */
  async look(): Promise<void> {
    for (;;) {
      const batch = await this.store.readStream(this.stream, this.read, BATCH);
      for (const { event } of batch) this.book.add((event as unknown as PolicyBookEvent).data);
      this.read += batch.length;
      if (batch.length < BATCH) break;
    }
    this.lookedAt = this.now();
  }

  private async keptAfterALook(name: string): Promise<PolicySet> {
    await this.look();
    const kept = this.book.kept(name);
    if (!kept) throw new Error(`the policy book of ${this.store.log} does not hold ${name}`);
    return kept;
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
