import type { Inbox } from './inbox.js';
import type { MissingRange } from './log-order.js';
import { sequenceOf } from './names.js';
import { backoff, pause } from './pause.js';
import type { LogOwner, SourceFeed } from './ports.js';
import type { OwnerBehind } from './owner-behind.js';
import { instantOf, type Time } from './time.js';
import { Twice } from './twice.js';

/** A redelivered or overtaken message mostly arrives by itself within this time. */
const GRACE_MS = 20;
const MOST_ASKED = 200;
const LONGEST_RETRY_MS = 2_000;

export interface CatchUpParts {
  readonly feed: Pick<SourceFeed, 'newest'>;
  readonly owner: LogOwner;
  readonly time: Time;
  readonly behind: OwnerBehind;
  /** Time without progress after which the feed is asked whether it holds more than it brought. */
  readonly lookMs: number;
  /** Time without progress after which the owner is asked whether there is more. */
  readonly quietMs: number;
}

/**
 * Gets from the owner of a log what the bus did not bring. It acts on holes; on messages that the bus holds but does
 * not bring, because it handed them to a session that died and waits for that one's ack; and after a quiet interval on
 * the end as well: when the bus forgets its newest messages, no later one would show that they are missing.
 */
export class CatchUp {
  /** UTC instant since when a missing event could not be had; null when nothing is missing. */
  missingSince: string | null = null;
  /** Set when a session begins, and at the start: a log that was set back may soon have outgrown its old end. */
  private isOwnerToBeAsked = true;
  /** Where the page after the last one begins; null when the owner's log ended with it. */
  private next: number | null = null;

  /** An end of the owner's log that one answer named and another has yet to confirm: an instance of it may lag behind. */
  private readonly short = { ofDue: new Twice(), ofHeld: new Twice() };

  /** Next index at the last look, and when it was first seen there. */
  private stand = { due: -1, since: 0 };

  constructor(private readonly inbox: Inbox, private readonly parts: CatchUpParts) {}

  /** The owner's log ended before what we already dealt with: its next events pass for known until somebody signs. */
  get isOwnerBehind(): boolean {
    return this.parts.behind.isRaised;
  }

  /** The owner may have been set back since we last heard of it. */
  askOwner(): void {
    this.isOwnerToBeAsked = true;
    this.inbox.gap.call();
  }

  async run(stopped: AbortSignal): Promise<void> {
    const leave = () => this.inbox.gap.call();
    stopped.addEventListener('abort', leave);
    await this.parts.behind.look();
    while (!stopped.aborted) {
      this.inbox.gap.reset();
      if (this.inbox.missing()) await this.fillHole(stopped);
      else if (this.isOwnerToBeAsked) await this.lookAtTheEnd();
      else if (this.inbox.hasRoomForRefused()) await this.lookBeyondTheEnd(stopped);
      else if (!await this.inbox.gap.within(this.parts.lookMs)) await this.lookAround(stopped);
    }
    stopped.removeEventListener('abort', leave);
  }

  private async lookAround(stopped: AbortSignal): Promise<void> {
    if (this.parts.behind.isRaised) await this.parts.behind.look();
    if (await this.mayHaveMissedSome()) await this.lookBeyondTheEnd(stopped);
    else if (this.short.ofDue.isOpen) await this.lookAtTheEnd();
  }

  private async lookAtTheEnd(): Promise<void> {
    this.isOwnerToBeAsked = false;
    const from = this.inbox.due;
    const answer = await this.parts.owner.ask({ from, limit: 0 }).catch(() => null);
    if (answer) await this.compare(answer.head, from);
  }

  private async mayHaveMissedSome(): Promise<boolean> {
    const { inbox: { due, activeCount }, parts: { feed, quietMs, time } } = this;
    if (activeCount > 0 || due !== this.stand.due) {
      this.stand = { due, since: time.now() };
      return false;
    }
    if (time.now() - this.stand.since >= quietMs) {
      this.stand = { due, since: time.now() };
      return true;
    }
    const newest = await feed.newest().catch(() => null);
    return newest !== null && newest >= sequenceOf(this.inbox.due) && this.inbox.due === due && this.inbox.activeCount === 0;
  }

  private async fillHole(stopped: AbortSignal): Promise<void> {
    await pause(GRACE_MS, stopped, this.parts.time);
    for (let failures = 0; !stopped.aborted; failures++) {
      const missing = this.inbox.missing();
      if (!missing) break;
      this.missingSince ??= instantOf(this.parts.time);
      if (await this.fetch(missing)) failures = 0;
      else await pause(backoff(failures, LONGEST_RETRY_MS), stopped, this.parts.time);
    }
    this.short.ofHeld.forget();
    this.missingSince = null;
  }

  /** Page after page without a pause: a quiet interval for each would take minutes for what the owner gives in a second. */
  private async lookBeyondTheEnd(stopped: AbortSignal): Promise<void> {
    for (let from: number | null = this.inbox.due; from !== null && !stopped.aborted;) {
      this.next = null;
      if (!await this.fetch({ from, count: MOST_ASKED })) return;
      from = this.next;
      // Only so many events are held in memory; the owner keeps the rest meanwhile.
      await this.inbox.room(stopped);
    }
  }

  /** True when the owner's answer changed something. */
  private async fetch({ from, count }: MissingRange): Promise<boolean> {
    const answer = await this.parts.owner.ask({ from, limit: Math.min(count, MOST_ASKED) }).catch(() => null);
    if (!answer) return false;
    await this.compare(answer.head, from);
    const read = from + answer.events.length;
    this.next = read < answer.head ? read : null;
    answer.events.forEach((bytes, place) => this.inbox.receiveFromOwner(from + place, bytes));
    if (answer.events.length > 0 || !this.inbox.missing()) return answer.events.length > 0;
    // Genuine events must not become a stranger's because one instance of the owner has not heard of them yet.
    const end = this.short.ofHeld.confirmed(answer.head, this.parts.time.now(), this.parts.lookMs);
    if (end !== null) this.inbox.dropBeyond(end);
    return !this.inbox.missing();
  }

  private async compare(head: number, from: number): Promise<void> {
    if (head >= from) return this.short.ofDue.forget();
    const end = this.short.ofDue.confirmed(head, this.parts.time.now(), this.parts.lookMs);
    if (end === null) return;
    this.short.ofDue.forget();
    await this.parts.behind.raise(end, from);
  }
}
