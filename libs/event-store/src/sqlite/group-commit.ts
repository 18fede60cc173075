import { StoreUnavailable } from '../port.js';
import { isBusy, sqliteCode } from './writer-lock.js';

/** What a transaction is made of, and what to do when one ended. */
export interface Transactions {
  begin(): void;
  commit(): void;
  rollback(): void;
  committed(): void;
}

interface Job {
  readonly work: () => unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  result: unknown;
}

/** Bounds how long one transaction keeps the event loop from serving anybody else. */
const LARGEST_GROUP = 256;

/**
 * Makes everything asked for in one turn of the event loop durable with one sync of the disk. Each job decides for
 * itself, sees what earlier jobs of its group did, and is answered after the commit. A job must not throw: what can be
 * refused is refused before it is queued, or is its value.
 */
export class GroupCommit {
  private waiting: Job[] = [];
  private scheduled = false;
  private refusal: string | null = null;

  constructor(private readonly transactions: Transactions) {}

  /** Why no work is taken, or null. */
  get stopped(): string | null {
    return this.refusal;
  }

  /** @throws StoreUnavailable (as rejection) when the transaction that held the job did not become durable. */
  run<T>(work: () => T): Promise<T> {
    if (this.refusal !== null) return Promise.reject(new StoreUnavailable(this.refusal));
    return new Promise<T>((resolve, reject) => {
      this.waiting.push({ work, resolve: resolve as (value: unknown) => void, reject, result: undefined });
      this.schedule();
    });
  }

  /** Finishes what is queued and takes nothing more. */
  close(): void {
    while (this.waiting.length > 0 && this.refusal === null) this.flush();
    this.refusal ??= 'The store is closed';
  }

  /** The state of the file is unknown from here on; only opening it again, which checks it, makes it known. */
  stop(reason: string): void {
    this.refusal ??= reason;
    for (const job of this.waiting.splice(0)) job.reject(new StoreUnavailable(this.refusal));
  }

  /** A macrotask, because requests that arrive on different sockets in one turn are to share a commit. */
  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      this.flush();
      if (this.waiting.length > 0) this.schedule();
    });
  }

  private flush(): void {
    const group = this.waiting.length > LARGEST_GROUP ? this.waiting.splice(0, LARGEST_GROUP) : this.waiting.splice(0);
    if (group.length === 0) return;
    try {
      this.transactions.begin();
      for (const job of group) job.result = job.work();
      this.transactions.commit();
    } catch (error) {
      this.abandon(group, error);
      return;
    }
    for (const job of group) job.resolve(job.result);
    this.transactions.committed();
  }

  /**
   * Nobody of a failed group is acknowledged. Except for a file that was merely busy, an error of the engine closes the
   * door: after a failed sync the operating system may already have dropped the pages, so a second try proves nothing.
   */
  private abandon(group: readonly Job[], error: unknown): void {
    const code = sqliteCode(error);
    if (code !== null && !isBusy(error)) this.stop(`The log cannot be written (${code})`);
    try {
      this.transactions.rollback();
    } catch (second) {
      this.stop(`The log cannot be rolled back (${sqliteCode(second) ?? 'unknown'})`);
    }
    const message = this.refusal ?? (code === null ? 'The commit failed because of a defect' : `The log is busy (${code})`);
    for (const job of group) job.reject(new StoreUnavailable(message, { cause: error }));
  }
}
