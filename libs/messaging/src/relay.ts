import { Logger } from '@nestjs/common';
import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import type { EventStore } from 'aftercare/event-store';
import { alignWithStream, isStillAligned, type Alignment } from './alignment.js';
import type { Bus } from './bus.js';
import { backoff, pause } from './pause.js';
import { Publisher } from './publication.js';
import { Wake } from './wake.js';

export interface RelayStatus {
  /** Index of the last event the stream confirmed; -1 before the first. */
  readonly relayed: number;
  /** Recorded events that the stream does not hold yet. */
  readonly lag: number;
  /** UTC instant of the loop's last round; an old one means that the relay itself is stuck. */
  readonly lastBeat: string;
  readonly connected: boolean;
}

export interface RelayOptions {
  /** Longest time without a look at the log and the stream. */
  readonly pollMs?: number;
  /** Events published before the first must be confirmed. */
  readonly window?: number;
}

const ANSWER_MS = 2_000;

/** Copies the department's log to its stream, in index order, without hole or double. */
export class Relay {
  private readonly logger = new Logger('Relay');
  private readonly stopped = new AbortController();
  private readonly wake = new Wake();
  private readonly pollMs: number;
  private readonly window: number;
  private loop: Promise<void> | null = null;
  private next = 0;
  private aligned = false;
  private lastBeat = new Date().toISOString();

  constructor(private readonly store: EventStore, private readonly bus: Bus, options: RelayOptions = {}) {
    this.pollMs = options.pollMs ?? 1_000;
    this.window = options.window ?? 256;
  }

  start(): void {
    this.loop ??= this.run();
  }

  async status(): Promise<RelayStatus> {
    const lag = Math.max(0, await this.store.head() - this.next);
    return { relayed: this.next - 1, lag, lastBeat: this.lastBeat, connected: this.aligned && this.bus.status().connected };
  }

  /** Waits for the publications under way; the rest follows after the next start. */
  async close(): Promise<void> {
    this.stopped.abort();
    this.wake.call();
    await this.loop;
  }

  private async run(): Promise<void> {
    const unsubscribe = this.store.subscribe(() => this.wake.call());
    for (let failures = 0; !this.stopped.signal.aborted; failures++) {
      this.beat();
      const before = this.next;
      try {
        await this.follow();
      } catch (error) {
        if (failures === 0) this.logger.warn(`the stream of ${this.store.log} does not take events: ${(error as Error).message}`);
      }
      this.aligned = false;
      if (this.next !== before) failures = 0;
      await pause(backoff(failures), this.stopped.signal);
    }
    unsubscribe();
  }

  /** One stretch of undisturbed publishing. Ends by an exception or when the stream is no longer the one we know. */
  private async follow(): Promise<void> {
    const connection = await this.bus.online(this.stopped.signal);
    if (!connection) return;
    const manager = await jetstreamManager(connection, { checkAPI: false, timeout: ANSWER_MS });
    let alignment = await alignWithStream(manager, this.store, this.window);
    this.next = alignment.next;
    this.aligned = true;
    const publisher = new Publisher(connection, ANSWER_MS);
    try {
      while (!this.stopped.signal.aborted) {
        this.beat();
        alignment = await this.publishAll(publisher, alignment);
        if (!await this.rest(manager, alignment)) return;
      }
    } finally {
      publisher.close();
    }
  }

  private async publishAll(publisher: Publisher, alignment: Alignment): Promise<Alignment> {
    for (;;) {
      this.wake.reset();
      const events = await this.store.readLog(this.next, this.window);
      if (events.length === 0 || this.stopped.signal.aborted) return { ...alignment, next: this.next };
      await publisher.publishFenced(events);
      this.next += events.length;
      this.beat();
    }
  }

  /** Sleeps until a commit; after a quiet interval it looks whether the bus still holds what it confirmed. */
  private async rest(manager: JetStreamManager, alignment: Alignment): Promise<boolean> {
    if (await this.wake.within(this.pollMs)) return true;
    return isStillAligned(manager, this.store.log, alignment);
  }

  private beat(): void {
    this.lastBeat = new Date().toISOString();
  }
}
