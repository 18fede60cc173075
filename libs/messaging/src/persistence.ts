import { Logger } from '@nestjs/common';
import { StoreUnavailable, type EventStore, type QuarantineEntry } from 'aftercare/event-store';
import { backoff, pause } from './pause.js';
import { instantOf, systemTime, type Time } from './time.js';

/** The service stops; what was under way is left to the next start. */
export class Stopping extends Error {
  override readonly name = 'Stopping';
}

/** Waits between the tries of a failing reaction, in ms. After the last it is a matter for people. */
export const RETRY_MS: readonly number[] = [50, 500, 2_000];

/** Tries again according to what failed: for ever while the store is away, a few times for anything else. */
export class Persistence {
  private readonly logger = new Logger('Inbox');
  private waiting = 0;

  constructor(
    private readonly store: EventStore, readonly stopped: AbortSignal, private readonly retryMs = RETRY_MS,
    readonly time: Time = systemTime,
  ) {}

  /** True while the department's own store takes nothing. */
  get isStoreAway(): boolean {
    return this.waiting > 0;
  }

  /** Ends with the answer of `work` or, after the last try, with its failure. @throws Stopping */
  async attempt<T>(work: () => Promise<T>): Promise<T> {
    for (let failures = 0; ; failures++) {
      try {
        return await this.withStore(work);
      } catch (error) {
        const wait = this.retryMs[failures];
        if (wait === undefined || error instanceof Stopping) throw error;
        await pause(wait, this.stopped, this.time);
        if (this.stopped.aborted) throw new Stopping();
      }
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
