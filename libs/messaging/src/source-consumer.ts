import { Logger } from '@nestjs/common';
import type { Recorded } from 'aftercare/kernel';
import type { Bus } from './bus.js';
import { CatchUp } from './catch-up.js';
import { Inbox } from './inbox.js';
import { backoff, pause } from './pause.js';
import { Persistence, Stopping } from './persistence.js';
import { ACK_WAIT_MS } from './provision.js';
import { pullInto } from './pull.js';
import type { React, ReactionHost } from './reacting.js';

export interface SourceStatus {
  readonly source: string;
  /** Next index of the source to be worked on. */
  readonly due: number;
  readonly open: number;
  /** UTC instant of the last sign of life of the durable consumer; null before the first. */
  readonly lastBeat: string | null;
  readonly missingSince: string | null;
  readonly isOwnerBehind: boolean;
  readonly isStoreAway: boolean;
}

export interface ConsumerTimes {
  readonly retryMs?: readonly number[];
  /** Quiet time after which the owner is asked whether there is more. */
  readonly quietMs?: number;
  /** Time without a sign of life after which the server hands a message out again. */
  readonly ackWaitMs?: number;
}

/** Everything that listens to one source department. */
export class SourceConsumer {
  private readonly logger = new Logger('Inbox');
  private readonly stopped = new AbortController();
  private readonly persistence: Persistence;
  private readonly ackWaitMs: number;
  private running: Promise<void> | null = null;
  private inbox: Inbox | null = null;
  private catchUp: CatchUp | null = null;
  /** UTC milliseconds: writing it out for every message took a measurable part of the whole. */
  private lastBeat: number | null = null;

  constructor(
    readonly source: string, private readonly host: ReactionHost, private readonly bus: Bus,
    private readonly reactions: ReadonlyMap<string, React>, private readonly times: ConsumerTimes = {},
  ) {
    this.persistence = new Persistence(host.store, this.stopped.signal, times.retryMs);
    this.ackWaitMs = times.ackWaitMs ?? ACK_WAIT_MS;
  }

  start(): void {
    this.running ??= this.run().catch(error => {
      if (!(error instanceof Stopping)) this.logger.error(`listening to ${this.source} ended: ${(error as Error).name}`);
    });
  }

  status(): SourceStatus {
    return {
      source: this.source, due: this.inbox?.due ?? 0, open: this.inbox?.openCount ?? 0,
      lastBeat: this.lastBeat === null ? null : new Date(this.lastBeat).toISOString(),
      missingSince: this.catchUp?.missingSince ?? null, isOwnerBehind: this.catchUp?.isOwnerBehind ?? false,
      isStoreAway: this.persistence.isStoreAway,
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
    const inbox = new Inbox(this.source, position, this.host, this.reactions, this.persistence);
    this.inbox = inbox;
    this.catchUp = new CatchUp(inbox, this.bus, this.times.quietMs ?? 10_000);
    const alive = setInterval(() => inbox.keepAlive(), this.ackWaitMs / 3);
    await Promise.all([this.pull(inbox), this.catchUp.run(signal)]);
    await inbox.settled();
    clearInterval(alive);
  }

  private async pull(inbox: Inbox): Promise<void> {
    const { signal } = this.stopped;
    for (let failures = 0; !signal.aborted; failures++) {
      const connection = await this.bus.online(signal);
      if (!connection) return;
      const before = inbox.due;
      try {
        const beat = () => { this.lastBeat = Date.now(); };
        await pullInto({ connection, department: this.host.log, inbox, stopped: signal, ackWaitMs: this.ackWaitMs, beat });
      } catch (error) {
        this.logger.debug(`cannot listen to ${this.source} yet: ${(error as Error).message}`);
      }
      if (inbox.due !== before) failures = 0;
      await pause(backoff(failures, 1_000), signal);
    }
  }
}
