import { Logger } from '@nestjs/common';
import type { Inbox } from './inbox.js';
import type { MissingRange } from './log-order.js';
import { sequenceOf } from './names.js';
import { backoff, pause } from './pause.js';
import type { LogOwner, SourceFeed } from './ports.js';
import { instantOf, type Time } from './time.js';

/** A redelivered or overtaken message mostly arrives by itself within this time. */
const GRACE_MS = 20;
const MOST_ASKED = 200;
const LONGEST_RETRY_MS = 2_000;

export interface CatchUpParts {
  readonly feed: Pick<SourceFeed, 'newest'>;
  readonly owner: LogOwner;
  readonly time: Time;
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
  /** The owner's log ends before what we already dealt with: it was set back and its next events would pass for known. */
  isOwnerBehind = false;
  /** Where the page after the last one begins; null when the owner's log ended with it. */
  private next: number | null = null;
  private readonly logger = new Logger('Inbox');

  /** Next index at the last look, and when it was first seen there. */
  private stand = { due: -1, since: 0 };

  constructor(private readonly inbox: Inbox, private readonly parts: CatchUpParts) {}

  async run(stopped: AbortSignal): Promise<void> {
    const leave = () => this.inbox.gap.call();
    stopped.addEventListener('abort', leave);
    while (!stopped.aborted) {
      this.inbox.gap.reset();
      if (this.inbox.missing()) await this.fillHole(stopped);
      else if (this.inbox.hasRoomForRefused()) await this.lookBeyondTheEnd(stopped);
      else if (!await this.inbox.gap.within(this.parts.lookMs) && await this.mayHaveMissedSome()) await this.lookBeyondTheEnd(stopped);
    }
    stopped.removeEventListener('abort', leave);
  }

  private async mayHaveMissedSome(): Promise<boolean> {
    const { inbox: { due, openCount }, parts: { feed, quietMs, time } } = this;
    if (openCount > 0 || due !== this.stand.due) {
      this.stand = { due, since: time.now() };
      return false;
    }
    if (time.now() - this.stand.since >= quietMs) {
      this.stand = { due, since: time.now() };
      return true;
    }
    const newest = await feed.newest().catch(() => null);
    return newest !== null && newest >= sequenceOf(this.inbox.due) && this.inbox.due === due && this.inbox.openCount === 0;
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
    this.compare(answer.head, from);
    const end = from + answer.events.length;
    this.next = end < answer.head ? end : null;
    answer.events.forEach((bytes, place) => this.inbox.receiveFromOwner(from + place, bytes));
    if (answer.events.length > 0 || !this.inbox.missing()) return answer.events.length > 0;
    this.inbox.dropBeyond(answer.head);
    return !this.inbox.missing();
  }

  private compare(head: number, from: number): void {
    const isBehind = head < from;
    if (isBehind && !this.isOwnerBehind) {
      this.logger.error(`ALARM the log of ${this.inbox.source} holds ${head} events but ${from} were dealt with: it was set back`);
    }
    this.isOwnerBehind = isBehind;
  }
}
