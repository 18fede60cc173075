import { Logger } from '@nestjs/common';
import type { EventStore } from 'aftercare/event-store';
import { alignWithStream, isStillAligned, patrol, type Alignment } from './alignment.js';
import { backoff, pause } from './pause.js';
import { NotProvisioned, type OwnStream, type OwnStreamAccess } from './ports.js';
import { raiseStreamAhead, settleStreamAhead, StreamAhead } from './stream-ahead.js';
import { instantOf, systemTime, type Time } from './time.js';
import { Wake } from './wake.js';

export type RelayState = 'waiting for the bus' | 'waiting for the stream to be provisioned' | 'aligning' | 'publishing'
  /** The log was set back, or this instance lags behind another: an alarm, and nothing is published meanwhile. */
  | 'the stream holds more than the log';

export interface RelayStatus {
  readonly state: RelayState;
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
  readonly time?: Time;
  /** How long an instance may lag behind another of the same log before its shorter log is an alarm. */
  readonly patienceMs?: number;
}

/** What is to be provisioned comes within seconds; looking more seldom would add to the time without copy. */
const LONGEST_RETRY_MS = 1_000;
const PATIENCE_MS = 3_000;

/** Copies the department's log to its stream, in index order, without hole or double. */
export class Relay {
  private readonly logger = new Logger('Relay');
  private readonly stopped = new AbortController();
  private readonly wake: Wake;
  private readonly pollMs: number;
  private readonly window: number;
  private readonly time: Time;
  private loop: Promise<void> | null = null;
  private next = 0;
  private isUnprovisioned = false;
  private readonly patienceMs: number;
  /** UTC milliseconds since when the stream holds more than the log. */
  private aheadSince: number | null = null;
  private aligned = false;
  /** Sequence where the next comparison of old messages begins. */
  private patrolAt = 1;
  private lookedAt = 0;
  private lastBeat: string;

  constructor(private readonly store: EventStore, private readonly access: OwnStreamAccess, options: RelayOptions = {}) {
    this.pollMs = options.pollMs ?? 1_000;
    this.window = options.window ?? 256;
    this.time = options.time ?? systemTime;
    this.patienceMs = options.patienceMs ?? PATIENCE_MS;
    this.wake = new Wake(this.time);
    this.lastBeat = instantOf(this.time);
  }

  start(): void {
    this.loop ??= this.run();
  }

  async status(): Promise<RelayStatus> {
    const lag = Math.max(0, await this.store.head() - this.next);
    const { state } = this;
    return { state, relayed: this.next - 1, lag, lastBeat: this.lastBeat, connected: state === 'publishing' };
  }

  /** Waits for the publications under way; the rest follows after the next start. */
  async close(): Promise<void> {
    this.stopped.abort();
    this.wake.call();
    await this.loop;
  }

  private get state(): RelayState {
    if (!this.access.isConnected()) return 'waiting for the bus';
    if (this.aligned) return 'publishing';
    if (this.isStreamAhead) return 'the stream holds more than the log';
    return this.isUnprovisioned ? 'waiting for the stream to be provisioned' : 'aligning';
  }

  private async run(): Promise<void> {
    const unsubscribe = this.store.subscribe(() => this.wake.call());
    for (let failures = 0; !this.stopped.signal.aborted; failures++) {
      this.beat();
      const before = this.next;
      try {
        await this.follow();
        this.isUnprovisioned = false;
      } catch (error) {
        this.isUnprovisioned = error instanceof NotProvisioned;
        if (error instanceof StreamAhead) await this.keepAlarm(error);
        else if (this.isUnprovisioned) this.aheadSince = null;
        if (failures === 0) this.logger.warn(`the stream of ${this.store.log} does not take events: ${(error as Error).message}`);
      }
      this.aligned = false;
      if (this.next !== before) failures = 0;
      await pause(backoff(failures, LONGEST_RETRY_MS), this.stopped.signal, this.time);
    }
    unsubscribe();
  }

  /** One stretch of undisturbed publishing. Ends by an exception or when the stream is no longer the one we know. */
  private async follow(): Promise<void> {
    const stream = await this.access.open(this.stopped.signal);
    if (!stream) return;
    try {
      let alignment = await alignWithStream(stream, this.store, this.window);
      this.next = alignment.next;
      this.aheadSince = null;
      await settleStreamAhead(this.store, alignment.created, alignment.next);
      this.aligned = true;
      this.lookedAt = this.time.now();
      while (!this.stopped.signal.aborted) {
        this.beat();
        alignment = await this.publishAll(stream, alignment);
        if (!await this.rest(stream, alignment)) return;
      }
    } finally {
      stream.leave();
    }
  }

  private async publishAll(stream: OwnStream, alignment: Alignment): Promise<Alignment> {
    for (;;) {
      this.wake.reset();
      const events = await this.store.readLog(this.next, this.window);
      if (events.length === 0 || this.stopped.signal.aborted) return { ...alignment, next: this.next };
      await stream.publishFenced(events);
      this.next += events.length;
      this.beat();
    }
  }

  /** Sleeps until a commit; after an interval it looks whether the bus still holds what it confirmed. */
  private async rest(stream: OwnStream, alignment: Alignment): Promise<boolean> {
    const isCalled = await this.wake.within(this.pollMs);
    if (isCalled && this.time.now() - this.lookedAt < this.pollMs) return true;
    this.lookedAt = this.time.now();
    if (!await isStillAligned(stream, alignment)) return false;
    this.patrolAt = await patrol(stream, this.store, this.patrolAt);
    return true;
  }

  private get isStreamAhead(): boolean {
    return this.aheadSince !== null && this.time.now() - this.aheadSince >= this.patienceMs;
  }

  private async keepAlarm(error: StreamAhead): Promise<void> {
    this.aheadSince ??= this.time.now();
    // A disk that refuses must not end the loop; the next round raises it.
    if (this.isStreamAhead) await raiseStreamAhead(this.store, error, instantOf(this.time)).catch(() => undefined);
  }

  private beat(): void {
    this.lastBeat = instantOf(this.time);
  }
}
