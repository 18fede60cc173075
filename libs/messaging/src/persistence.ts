import { Logger } from '@nestjs/common';
import { StoreUnavailable, type EventStore, type QuarantineEntry } from 'aftercare/event-store';
import { NotYet } from './not-yet.js';
import { backoff, pause } from './pause.js';
import { instantOf, systemTime, type Time } from './time.js';

/** The service stops; what was under way is left to the next start. */
export class Stopping extends Error {
  override readonly name = 'Stopping';
}

/** Waits between the tries of a failing reaction, in ms. After the last it is a matter for people. */
export const RETRY_MS: readonly number[] = [50, 500, 2_000];

/** Told when work waits for something that is not here yet, when it looks again, and when it waits no more. */
export interface Aside {
  /** UTC milliseconds since when the work was ready but for others of its case. */
  readonly since: number;
  leave(): void;
  /** Resolves when it may. */
  comeBack(): Promise<void>;
  end(): void;
}

/** How long something is waited for that comes by itself, in ms: enough for a neighbour to be started again and to catch up. */
export const NOT_YET_MS = 600_000;

/** Tries again according to what failed: for ever while the store is away, for long what is not yet here, a few times anything else. */
export class Persistence {
  private readonly logger = new Logger('Inbox');
  private waiting = 0;
  private readonly notYet = new Map<symbol, string>();

  constructor(
    private readonly store: EventStore, readonly stopped: AbortSignal, private readonly retryMs = RETRY_MS,
    readonly time: Time = systemTime, private readonly notYetMs = NOT_YET_MS,
  ) {}

  /** True while the department's own store takes nothing. */
  get isStoreAway(): boolean {
    return this.waiting > 0;
  }

  /** What the oldest of those waits for that rest on something which is not here yet; null while none does. */
  get waitsFor(): string | null {
    return this.notYet.values().next().value ?? null;
  }

  /** Ends with the answer of `work` or, after the last try, with its failure. @throws Stopping */
  async attempt<T>(work: () => Promise<T>, aside?: Aside): Promise<T> {
    for (let failures = 0; ; failures++) {
      try {
        return await this.whenItIsHere(() => this.withStore(work), aside);
      } catch (error) {
        const wait = this.retryMs[failures];
        if (wait === undefined || error instanceof Stopping || error instanceof NotYet) throw error;
        await pause(wait, this.stopped, this.time);
        if (this.stopped.aborted) throw new Stopping();
      }
    }
  }

  /** @throws NotYet when it did not come in time */
  private async whenItIsHere<T>(work: () => Promise<T>, aside?: Aside): Promise<T> {
    const mine = Symbol('waiting');
    const now = this.time.now();
    // Behind one of its case that waited in vain it waited for the same; yet the store may have been away meanwhile, so that it looks again.
    const until = Math.max((aside?.since ?? now) + this.notYetMs, now + this.notYetMs / 10);
    try {
      for (let looks = 0; ; looks++) {
        try {
          return await work();
        } catch (error) {
          if (!(error instanceof NotYet) || this.time.now() >= until) throw error;
          if (this.notYet.size === 0) this.logger.warn(`waiting: ${error.message}`);
          this.notYet.set(mine, error.message);
          aside?.leave();
          await pause(backoff(looks), this.stopped, this.time);
          await aside?.comeBack();
          if (this.stopped.aborted) throw new Stopping();
        }
      }
    } finally {
      if (this.notYet.delete(mine)) aside?.end();
    }
  }

  async withStore<T>(work: () => Promise<T>): Promise<T> {
    for (let failures = 0; ; failures++) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) throw error;
        this.waiting++;
        await pause(backoff(failures), this.stopped, this.time);
        this.waiting--;
        if (this.stopped.aborted) throw new Stopping();
      }
    }
  }

  /** Keeps what could not be dealt with. The log line names the place of the event and nothing of its content. */
  async quarantine(entry: Omit<QuarantineEntry, 'at'>): Promise<void> {
    await this.withStore(() => this.store.quarantine({ ...entry, at: instantOf(this.time) }));
    this.logger.error(`ALARM quarantined ${entry.type} of ${entry.source} at index ${entry.index}`);
  }
}
