import type { EventStore, StoredEvent } from 'aftercare/event-store';
import { UnreadableVersion } from 'aftercare/kernel';
import { ShapesReplaced, type LiveModel } from './live-model.js';
import { reasonOf } from './thrown.js';

const BATCH = 512;
/** Rest after a step as a multiple of its length, so that under load many commits share a transaction. */
const REST_FACTOR = 3;
const LONGEST_REST_MS = 20;

/** Where the live models stand, for health checks and screens. */
export interface ViewsStatus {
  /** Next log index the models have not seen. */
  readonly position: number;
  /** Number of events in the log as far as we were told. */
  readonly head: number;
  readonly lagEvents: number;
  /** Seconds since the models last were level with the log; 0 while they are. */
  readonly lagSeconds: number;
  /** UTC instant at which the poller last was alive; old means it hangs, whatever the lag says. Null before the start. */
  readonly lastBeat: string | null;
  /** Which view stopped at which event and why. An alarm: its rows no longer follow the log. */
  readonly failed?: string;
  /** Why the poller is waiting and trying again, when the log or the disk refuses. */
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
    private readonly store: EventStore,
    private readonly moved: () => void,
    private readonly pollMs: number,
  ) {}

  start(): void {
    if (this.#unsubscribe || this.#closed) return;
    this.#unsubscribe = this.store.subscribe((head) => {
      this.#head = Math.max(this.#head, head);
      this.#wake();
    });
    void this.#run();
  }

  close(): void {
    this.#closed = true;
    this.#unsubscribe?.();
    this.#wake();
  }

  /** Holds the live model still until the returned function is called; the beat goes on. */
  pause(): () => void {
    this.#paused = true;
    return () => { this.#paused = false; this.#wake(); };
  }

  status(): ViewsStatus {
    const position = this.model.lastKnownPosition;
    const head = Math.max(this.#head, position);
    const failures = this.model.failures().map(({ view, index, reason }) => `${view} at event ${index}: ${reason}`);
    if (this.#stopped) failures.push(this.#stopped);
    if (this.#unreadable) failures.push(`all views: ${this.#unreadable}`);
    return {
      position, head, lagEvents: head - position,
      lagSeconds: head === position ? 0 : Math.round((performance.now() - this.#levelAt) / 100) / 10,
      lastBeat: this.#lastBeat === null ? null : new Date(this.#lastBeat).toISOString(),
      ...(failures.length > 0 ? { failed: failures.join('; ') } : {}),
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
    const batch = await this.#readable(from);
    if (this.#closed || this.#paused) return 0;
    if (batch.length > 0) this.model.apply(from, batch);
    if (batch.length < BATCH) this.#levelAt = performance.now();
    this.#head = Math.max(this.#head, from + batch.length);
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

  #wake(): void {
    this.#woken = true;
    this.#wakeUp?.();
  }

  /** Until the next wake or poll. In trouble wakes do not shorten the rest, or a full disk would be asked in a tight circle. */
  #rest(): Promise<void> {
    if (this.#closed || (this.#woken && !this.#trouble)) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => { clearTimeout(timer); this.#wakeUp = null; resolve(); };
      const timer = setTimeout(done, this.pollMs);
      timer.unref();
      if (!this.#trouble) this.#wakeUp = done;
    });
  }
}
