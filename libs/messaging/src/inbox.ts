import { Logger } from '@nestjs/common';
import type { QuarantineEntry } from 'aftercare/event-store';
import type { Recorded } from 'aftercare/kernel';
import { AckPrefix } from './ack-prefix.js';
import type { Delivery } from './delivery.js';
import { Drops } from './drops.js';
import { Lanes } from './lanes.js';
import { LogOrder, type MissingRange } from './log-order.js';
import { indexAt, sequenceOf, strayName } from './names.js';
import { NotYet } from './not-yet.js';
import { pause } from './pause.js';
import { Places } from './places.js';
import { Stopping, type Persistence } from './persistence.js';
import { reactOnce, type React, type ReactionHost } from './reacting.js';
import { readEvent, recordedIn, type ReadEvent } from './read-event.js';
import { skim } from './skim.js';
import { Wake } from './wake.js';

interface Arrival {
  readonly index: number;
  readonly bytes: Uint8Array;
  /** Null when nobody listens to its type, so that it need not be read. */
  readonly read: ReadEvent | null;
  /** A repeated delivery joins the first: it is acknowledged when the work is done, not when it is recognised. */
  readonly deliveries: Delivery[];
}

/** Events worked on at once. */
const PARALLEL = 64;
/** Messages taken over but not finished; with more, no further ones are fetched. */
const MOST_OPEN = 512;
/** Messages of cases that wait for what is not here yet, beside those. With more the other cases wait as well: memory has an end. */
const MOST_RESTING = 4_096;
/** Longer than the owner needs to fill a hole; waiting for the second handing-over must not be what a case waits for. */
const TOO_EARLY_MS = 2_000;
const BROKEN_STORE_MS = 2_000;

/** The messages of one source: each dealt with once, in order within its case, position and effect together. */
export class Inbox {
  /** Rings when something is missing. */
  readonly gap: Wake;
  private readonly logger = new Logger('Inbox');
  private readonly order: LogOrder<Arrival>;
  private readonly open = new Map<number, Arrival>();
  private readonly lanes = new Lanes();
  private acks: AckPrefix;
  private readonly drops: Drops<Arrival>;
  private readonly finished: Wake;
  private readonly places = new Places(PARALLEL, () => this.finished.call());
  private hasRefused = false;

  constructor(
    readonly source: string, position: number, private readonly host: ReactionHost,
    private readonly reactions: ReadonlyMap<string, React>, private readonly persistence: Persistence,
  ) {
    const { time } = persistence;
    this.order = new LogOrder(position);
    this.gap = new Wake(time);
    this.finished = new Wake(time);
    this.acks = this.newAcks();
    this.drops = new Drops(arrivals => this.passOver(arrivals), time);
  }

  /** Next index to be worked on. */
  get due(): number {
    return this.order.due;
  }

  get openCount(): number {
    return this.open.size;
  }

  /** Open ones that are worked on or about to be. The others are of cases that wait for what is not here yet. */
  get activeCount(): number {
    const { resting } = this.places;
    if (resting.size === 0) return this.open.size;
    let count = 0;
    for (const { read } of this.open.values()) if (read?.ok && resting.has(read.event.correlationId)) count += 1;
    return this.open.size - Math.min(count, MOST_RESTING);
  }

  /** True once when messages went back for want of room and there is room again: the owner gives them sooner than the server. */
  hasRoomForRefused(): boolean {
    if (!this.hasRefused || this.activeCount > 0) return false;
    this.hasRefused = false;
    return true;
  }

  missing(): MissingRange | null {
    return this.order.missing();
  }

  /** What an earlier session handed over is not acknowledged any more: the server hands it out again. */
  beginSession(): void {
    this.acks = this.newAcks();
  }

  receive(delivery: Delivery): void {
    this.acks.take(delivery);
    const { data, seq, fault } = delivery;
    if (fault !== undefined) return void this.keepStray(delivery, fault);
    const skimmed = skim(data, this.source, seq);
    if (skimmed && (skimmed.index < this.order.due || !this.reactions.has(skimmed.type))) {
      return this.place({ index: skimmed.index, bytes: data, read: null, deliveries: [delivery] });
    }
    const read = readEvent(data, this.source, this.host.decode);
    const recorded = recordedIn(read);
    if (!recorded) return void this.keepStray(delivery, read.ok ? '' : read.reason);
    this.place({ index: recorded.index, bytes: data, read, deliveries: [delivery] });
  }

  /** Bytes that the owner itself gave for `index`; unreadable ones are therefore the event and not a stray. */
  receiveFromOwner(index: number, bytes: Uint8Array): void {
    if (this.open.has(index) || index < this.order.due) return;
    const read = readEvent(bytes, this.source, this.host.decode);
    const inPlace = (recordedIn(read)?.index ?? index) === index;
    this.admit({ index, bytes, read: inPlace ? read : { ok: false, reason: 'has another index than its place' }, deliveries: [] });
  }

  /** Messages that claim an index which the owner's log does not have are nobody's events. */
  dropBeyond(head: number): void {
    for (const arrival of this.order.dropFrom(head)) {
      this.open.delete(arrival.index);
      for (const delivery of arrival.deliveries) this.keepStray(delivery, `the log of ${this.source} ends before it`);
    }
  }

  /** Resolves when more may be fetched. While something is missing it does so at once: the missing one may come next. */
  async room(stopped: AbortSignal): Promise<void> {
    while (this.isFull && !this.missing() && !stopped.aborted) {
      void this.drops.flush();
      await this.nextFinish(1_000);
    }
  }

  /**
   * Resolves when what was begun is finished, at the latest after `mostMs`: a reaction that never answers must not keep
   * the service from stopping. What was only taken over goes back to the server for the next start.
   */
  async settled(mostMs: number): Promise<void> {
    const until = this.persistence.time.now() + mostMs;
    while (this.places.taken > 0 && this.persistence.time.now() < until) await this.nextFinish(100);
    await this.drops.flush();
    this.acks.giveBack();
  }

  /** Tells the server that slow work goes on, before it hands the messages out again. */
  keepAlive(): void {
    this.acks.keepAlive();
  }

  /** Runs a quarantined event again, in its case's order. @throws what the reaction throws; Error when there is none any more. */
  async again(event: Recorded): Promise<void> {
    const react = this.reactions.get(event.type);
    // To call it done would let a message go that nobody dealt with and nobody signed for.
    if (!react) throw new Error(`nobody reacts to ${event.type} any more; drop it with a signature`);
    // Behind it in the case's order a person would wait for minutes to be told the same.
    if (this.places.resting.has(event.correlationId)) throw new NotYet('another event of the case still waits for what is not here yet');
    await this.lanes.run(event.correlationId, () => this.persistence.withStore(() => reactOnce(this.host, event, react)));
  }

  private get isFull(): boolean {
    return this.open.size >= MOST_OPEN && this.activeCount >= MOST_OPEN;
  }

  private newAcks(): AckPrefix {
    return new AckPrefix(this.persistence.time, () => sequenceOf(this.firstOpen()) - 1);
  }

  /** Everything below it is dealt with; what is beyond it may be under way, missing, or not here yet. */
  private firstOpen(): number {
    let first = this.order.due;
    for (const index of this.open.keys()) if (index < first) first = index;
    return first;
  }

  private nextFinish(ms: number): Promise<boolean> {
    this.finished.reset();
    return this.finished.within(ms);
  }

  private place(arrival: Arrival): void {
    const [delivery] = arrival.deliveries as [Delivery];
    const known = this.open.get(arrival.index);
    if (known) return void known.deliveries.push(delivery);
    if (arrival.index < this.order.due) return this.acks.settle(delivery);
    if (this.isFull && arrival.index !== this.order.due) return this.refuse(delivery);
    this.admit(arrival);
  }

  /** The server hands it out again later. */
  private refuse(delivery: Delivery): void {
    this.hasRefused = true;
    this.acks.leave(delivery);
    delivery.nak(TOO_EARLY_MS);
  }

  private admit(arrival: Arrival): void {
    this.open.set(arrival.index, arrival);
    this.order.offer(arrival.index, arrival);
    this.pump();
    if (this.missing()) this.gap.call();
  }

  private pump(): void {
    while (!this.persistence.stopped.aborted) {
      const arrival = this.order.take();
      if (!arrival) return;
      if (this.isOfNoInterest(arrival)) {
        this.drops.add(arrival);
        continue;
      }
      void this.finish(arrival);
    }
  }

  private isOfNoInterest({ read }: Arrival): boolean {
    const type = read && recordedIn(read)?.type;
    return read === null || (typeof type === 'string' && !this.reactions.has(type));
  }

  private async finish(arrival: Arrival): Promise<void> {
    const { index, read } = arrival;
    const since = this.persistence.time.now();
    const work = () => this.places.within(async () => {
      if (await this.untilDone(`index ${index}`, () => this.dealWith(arrival, since))) this.settle(arrival);
    });
    // A place is taken when it is its turn in the case: the later events of one that waits would fill all of them.
    await (read?.ok ? this.lanes.run(read.event.correlationId, work) : work());
    this.finished.call();
  }

  /** Positions are marked before the server is told, so that after a crash it hands out what is not marked. */
  private async passOver(arrivals: readonly Arrival[]): Promise<void> {
    const marked = await this.untilDone(`${arrivals.length} places`, () => this.persistence.withStore(async () => {
      await Promise.all(arrivals.map(({ index }) => this.host.store.markInbox({ source: this.source, index })));
    }));
    if (marked) for (const arrival of arrivals) this.settle(arrival);
    this.finished.call();
  }

  private settle({ index, deliveries }: Arrival): void {
    this.open.delete(index);
    for (const delivery of deliveries) this.acks.settle(delivery);
    if (this.hasRefused && this.activeCount === 0) this.gap.call();
  }

  /** False only when the service stops: giving up earlier would lose the event until the next start. */
  private async untilDone(what: string, work: () => Promise<void>): Promise<boolean> {
    for (;;) {
      try {
        await work();
        return true;
      } catch (error) {
        if (error instanceof Stopping) return false;
        this.logger.error(`cannot mark ${what} of ${this.source}: ${(error as Error).name}`);
        await pause(BROKEN_STORE_MS, this.persistence.stopped, this.persistence.time);
        if (this.persistence.stopped.aborted) return false;
      }
    }
  }

  private async dealWith({ index, bytes, read }: Arrival, since: number): Promise<void> {
    const mark = { source: this.source, index };
    if (!read) return;
    if (!read.ok) return this.persistence.quarantine({ ...mark, type: read.recorded?.type ?? 'unreadable', reason: read.reason, bytes });
    const { event } = read;
    const react = this.reactions.get(event.type) as React;
    if (this.persistence.stopped.aborted) throw new Stopping();
    const failure = await this.react(event, react, since);
    if (failure) await this.persistence.quarantine({ ...mark, type: event.type, reason: failure, bytes });
  }

  /** Null when done, else the reason for giving up. */
  private async react(event: Recorded, react: React, since: number): Promise<string | null> {
    const { store } = this.host;
    try {
      await this.persistence.attempt(async () => {
        if (!await store.inboxSeen({ source: this.source, index: event.index })) await reactOnce(this.host, event, react);
      }, this.places.asideOf(event.correlationId, since));
      return null;
    } catch (error) {
      if (error instanceof Stopping) throw error;
      return reasonOf(error);
    }
  }

  private keepStray(delivery: Delivery, reason: string): void {
    const entry: Omit<QuarantineEntry, 'at'> = {
      source: strayName(this.source), index: indexAt(delivery.seq), type: 'stray', reason, bytes: delivery.data,
    };
    // A stray that is never settled would hold back every later ack, and in the end all messages.
    void this.untilDone(`a stray at ${entry.index}`, () => this.persistence.quarantine(entry))
      .then(isKept => { if (isKept) this.acks.settle(delivery); });
  }
}

function reasonOf(error: unknown): string {
  return (error instanceof Error ? `${error.name}: ${error.message}` : JSON.stringify(error) ?? String(error)).slice(0, 300);
}
