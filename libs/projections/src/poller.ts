import type { StoredEvent } from 'aftercare/event-store';
import { UnreadableVersion } from 'aftercare/kernel';
import type { ReadableLog } from './bounded-log.js';
import { ShapesReplaced, type LiveModel } from './live-model.js';
import { reasonOf } from './thrown.js';

const BATCH = 512;
/** Rest after a step as a multiple of its length, so that under load many commits share a transaction. */
const REST_FACTOR = 3;
const LONGEST_REST_MS = 20;

export interface PollerOptions {
  /** How often to look without being woken, in milliseconds. */
  readonly pollMs: number;
  /** Without a successful look at the log for so long it counts as stalled. */
  readonly stallMs: number;
}

/** Where the live tables stand and whether they are being moved. */
export interface Following {
  readonly position: number;
  readonly head: number;
  readonly lagSeconds: number;
  readonly lastBeat: string | null;
  readonly stalled: boolean;
  readonly failed: readonly string[];
  readonly trouble?: string;
}

/**
 * Keeps the live model level with the log: woken after commits, and looking by itself every `pollMs` in case a wake
 * was lost. The beat is its own, so a hanging poller shows even when the lag looks fine.
 */
export class Poller {
  #head = 0;
  #lastBeat: number | null = null;
  #levelAt = performance.now();
  /** When the log last answered and what it gave was folded. */
  #lookedAt = performance.now();
  #trouble: string | undefined;
  #stopped: string | undefined;
  /** The event that this program is too old, or too new, to read. */
  #unreadable: string | undefined;
  #closed = false;
  #paused = false;
  #woken = false;
  #wakeUp: (() => void) | null = null;
  #unsubscribe: (() => void) | null = null;

  constructor(
    private readonly model: LiveModel,
    private readonly store: ReadableLog,
    private readonly moved: () => void,
    private readonly options: PollerOptions,
  ) {}

  start(): void {
    if (this.#unsubscribe || this.#closed) return;
    this.#unsubscribe = this.store.subscribe((head) => {
      this.#head = Math.max(this.#head, head);
      this.wake();
    });
    this.#levelAt = this.#lookedAt = performance.now();
    void this.#run();
  }

  close(): void {
    this.#closed = true;
    this.#unsubscribe?.();
    this.wake();
  }

  /** Holds the live model still until the returned function is called; the beat goes on. */
  pause(): () => void {
    this.#paused = true;
    return () => { this.#paused = false; this.wake(); };
  }

  status(): Following {
    const position = this.model.lastKnownPosition;
    const head = Math.max(this.#head, position);
    const failed = this.model.failures().map(({ view, index, reason }) => `${view} at event ${index}: ${reason}`);
    if (this.#stopped) failed.push(this.#stopped);
    if (this.#unreadable) failed.push(`all views: ${this.#unreadable}`);
    const stalled = this.#lastBeat !== null && performance.now() - this.#lookedAt > this.options.stallMs;
    // Being level with what we last heard says nothing once we have stopped listening.
    const level = head === position && !stalled;
    return {
      position, head, stalled, failed,
      lagSeconds: level ? 0 : Math.round((performance.now() - this.#levelAt) / 100) / 10,
      lastBeat: this.#lastBeat === null ? null : new Date(this.#lastBeat).toISOString(),
      ...(this.#trouble ? { trouble: this.#trouble } : {}),
    };
  }

  async #run(): Promise<void> {
    let checked = false;
    while (!this.#closed && !this.#stopped) {
      this.#lastBeat = Date.now();
      this.#woken = false;
      const began = performance.now();
      let folded = 0;
      try {
        if (!checked) await this.#startOverIfLogDiffers();
        checked = true;
        if (!this.#paused && !this.#closed) folded = await this.#step();
        this.#trouble = this.#unreadable = undefined;
      } catch (error) {
        this.#blame(error);
      }
      // Without this turn of the event loop a long catch-up from a log that answers at once would starve every request.
      if (folded === BATCH) await new Promise((resolve) => setImmediate(resolve));
      else if (folded > 0) await new Promise((resolve) => setTimeout(resolve, Math.min(REST_FACTOR * (performance.now() - began), LONGEST_REST_MS)));
      else await this.#rest();
    }
  }

  async #step(): Promise<number> {
    const from = this.model.mark().position;
    if (!this.model.hasLive) return this.#lookOnly();
    const batch = await this.#readable(from);
    if (this.#closed || this.#paused) return 0;
    if (batch.length > 0) this.model.apply(from, batch);
    if (batch.length < BATCH) this.#levelAt = performance.now();
    this.#head = Math.max(this.#head, from + batch.length);
    this.#lookedAt = performance.now();
    this.moved();
    return batch.length;
  }

  /** Views go as far as this program can read, so that they stand exactly before the event that stops them. */
  async #readable(from: number): Promise<readonly StoredEvent[]> {
    try {
      return await this.store.readLog(from, BATCH);
    } catch (error) {
      if (!(error instanceof UnreadableVersion) || error.recorded.index <= from) throw error;
      return this.store.readLog(from, error.recorded.index - from);
    }
  }

  /** While every view is still being computed there is no table to fold into. */
  async #lookOnly(): Promise<number> {
    this.#head = Math.max(this.#head, await this.store.head());
    this.#lookedAt = performance.now();
    if (!this.#closed) this.moved();
    return 0;
  }

  /** A log restored from a backup may be shorter than, or other than, what was folded; its rows are then fiction. */
  async #startOverIfLogDiffers(): Promise<void> {
    const { position, lastEvent } = this.model.mark();
    const head = await this.store.head();
    this.#head = Math.max(this.#head, head);
    if (position === 0 || this.#closed) return;
    const [last] = await this.store.readLog(position - 1, 1);
    if (!this.#closed && last?.event.id !== lastEvent && this.model.mark().position === position) this.model.startOver();
  }

  #blame(error: unknown): void {
    if (this.#closed) return;
    if (error instanceof ShapesReplaced) return void (this.#stopped = error.message);
    if (error instanceof UnreadableVersion) this.#unreadable = error.message;
    this.#trouble = reasonOf(error);
  }

  /** Looks at once instead of at the next poll. */
  wake(): void {
    this.#woken = true;
    this.#wakeUp?.();
  }

  /** Until the next wake or poll. In trouble wakes do not shorten the rest, or a full disk would be asked in a tight circle. */
  #rest(): Promise<void> {
    if (this.#closed || (this.#woken && !this.#trouble)) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => { clearTimeout(timer); this.#wakeUp = null; resolve(); };
      const timer = setTimeout(done, this.options.pollMs);
      timer.unref();
      if (!this.#trouble) this.#wakeUp = done;
    });
  }
}
