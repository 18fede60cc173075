import { setMaxListeners } from 'node:events';
import { Logger } from '@nestjs/common';
import type { Recorded } from 'aftercare/kernel';
import { CatchUp } from './catch-up.js';
import { Inbox } from './inbox.js';
import { OwnerBehind } from './owner-behind.js';
import { backoff, pause } from './pause.js';
import { Persistence, Stopping } from './persistence.js';
import { NotProvisioned, type FeedTarget, type LogOwner, type SourceFeed } from './ports.js';
import { ACK_WAIT_MS } from './provision.js';
import { answeringWithin, type React, type ReactionHost } from './reacting.js';
import { systemTime, type Time } from './time.js';

export type SourceState = 'connecting' | 'waiting for the consumer to be provisioned' | 'listening';

export interface SourceStatus {
  readonly source: string;
  readonly state: SourceState;
  /** Next index of the source to be worked on. */
  readonly due: number;
  readonly open: number;
  /** UTC instant of the last sign of life of the durable consumer; null before the first. */
  readonly lastBeat: string | null;
  readonly missingSince: string | null;
  readonly isOwnerBehind: boolean;
  readonly isStoreAway: boolean;
  /** What reactions wait for that comes by itself, in the words of the failure; null when none waits. */
  readonly waitsFor: string | null;
}

export interface ConsumerTimes {
  readonly retryMs?: readonly number[];
  /** Time for something to come here that comes by itself; afterwards its event is quarantined. */
  readonly notYetMs?: number;
  /** Time without progress after which the bus is asked whether it holds more than it brought. */
  readonly lookMs?: number;
  /** Time without progress after which the owner is asked whether there is more. */
  readonly quietMs?: number;
  /** Time without a sign of life after which the server hands a message out again, as the consumer was provisioned. */
  readonly ackWaitMs?: number;
  /** A reaction that has not answered by then counts as failed. */
  readonly reactMs?: number;
  /** Time for what was begun before the service stops without it. */
  readonly finishMs?: number;
}

/** What a source is heard through. */
export interface SourcePorts {
  readonly feed: SourceFeed;
  readonly owner: LogOwner;
  readonly time?: Time;
}

/** Time for what was begun before the service stops without it. */
export const FINISH_MS = 10_000;

const DEFAULTS = { lookMs: 1_000, quietMs: 5_000, ackWaitMs: ACK_WAIT_MS, reactMs: 30_000, finishMs: FINISH_MS };

/** Everything that listens to one source department. */
export class SourceConsumer {
  private readonly logger = new Logger('Inbox');
  private readonly stopped = new AbortController();
  private readonly persistence: Persistence;
  private readonly times: typeof DEFAULTS;
  private readonly time: Time;
  private readonly reactions: ReadonlyMap<string, React>;
  private running: Promise<void> | null = null;
  private inbox: Inbox | null = null;
  private catchUp: CatchUp | null = null;
  private state: SourceState = 'connecting';
  /** UTC milliseconds: writing it out for every message took a measurable part of the whole. */
  private lastBeat: number | null = null;

  constructor(
    readonly source: string, private readonly host: ReactionHost, private readonly ports: SourcePorts,
    reactions: ReadonlyMap<string, React>, { retryMs, notYetMs, ...times }: ConsumerTimes = {},
  ) {
    // Whatever is under way may wait for the end at once; the warning of a leak would be a false one.
    setMaxListeners(0, this.stopped.signal);
    this.time = ports.time ?? systemTime;
    this.times = { ...DEFAULTS, ...times };
    this.persistence = new Persistence(host.store, this.stopped.signal, retryMs, this.time, notYetMs);
    this.reactions = new Map([...reactions].map(([type, react]) => [type, answeringWithin(this.times.reactMs, react, this.time)]));
  }

  start(): void {
    this.running ??= this.run().catch(error => {
      if (!(error instanceof Stopping)) this.logger.error(`listening to ${this.source} ended: ${(error as Error).name}`);
    });
  }

  status(): SourceStatus {
    return {
      source: this.source, state: this.state, due: this.inbox?.due ?? 0, open: this.inbox?.openCount ?? 0,
      lastBeat: this.lastBeat === null ? null : new Date(this.lastBeat).toISOString(),
      missingSince: this.catchUp?.missingSince ?? null, isOwnerBehind: this.catchUp?.isOwnerBehind ?? false,
      isStoreAway: this.persistence.isStoreAway, waitsFor: this.persistence.waitsFor,
    };
  }

  /** Stops fetching, finishes what is being worked on, then answers. The rest stays with the server. */
  async close(): Promise<void> {
    this.stopped.abort();
    await this.running;
  }

  /** Runs a quarantined event again. @throws what the reaction throws. */
  async again(event: Recorded): Promise<void> {
    if (!this.inbox) throw new Error(`not listening to ${this.source} yet`);
    await this.inbox.again(event);
  }

  private async run(): Promise<void> {
    const { signal } = this.stopped;
    const position = await this.persistence.withStore(() => this.host.store.inboxPosition(this.source));
    const inbox = this.inbox = new Inbox(this.source, position, this.host, this.reactions, this.persistence);
    const { lookMs, quietMs, finishMs } = this.times;
    const catchUp = this.catchUp = new CatchUp(inbox, {
      feed: this.ports.feed, owner: this.ports.owner, time: this.time, behind: new OwnerBehind(this.source, this.host.store, this.persistence), lookMs: Math.min(lookMs, quietMs), quietMs,
    });
    const finished = new AbortController();
    const kept = this.keepAlive(inbox, finished.signal);
    await Promise.all([this.pull(inbox), catchUp.run(signal)]);
    await inbox.settled(finishMs);
    finished.abort();
    await kept;
  }

  private async keepAlive(inbox: Inbox, finished: AbortSignal): Promise<void> {
    while (!finished.aborted) {
      await pause(this.times.ackWaitMs / 3, finished, this.time);
      inbox.keepAlive();
    }
  }

  private async pull(inbox: Inbox): Promise<void> {
    const { signal } = this.stopped;
    for (let failures = 0; !signal.aborted; failures++) {
      const before = inbox.due;
      this.state = 'connecting';
      try {
        await this.ports.feed.run(this.into(inbox), signal);
      } catch (error) {
        if (error instanceof NotProvisioned) this.state = 'waiting for the consumer to be provisioned';
        this.logger.debug(`cannot listen to ${this.source} yet: ${(error as Error).message}`);
      }
      if (inbox.due !== before) failures = 0;
      await pause(backoff(failures, 1_000), signal, this.time);
    }
  }

  private into(inbox: Inbox): FeedTarget {
    const { signal } = this.stopped;
    const beat = () => { this.lastBeat = this.time.now(); };
    return {
      beat,
      begin: () => {
        this.state = 'listening';
        inbox.beginSession();
        this.catchUp?.askOwner();
      },
      take: async delivery => {
        beat();
        if (!signal.aborted) await inbox.room(signal);
        // Messages that were on their way when we stopped would otherwise wait for the end of their ack time.
        if (signal.aborted) delivery.nak();
        else inbox.receive(delivery);
      },
    };
  }
}
