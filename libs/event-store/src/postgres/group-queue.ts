import { StoreUnavailable } from '../port.js';

interface Waiting<Job, Result> {
  readonly job: Job;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/** Bounds one transaction, which the log's other instances wait for. */
const LARGEST_GROUP = 256;
const LARGEST_GROUP_BYTES = 8_000_000;

/**
 * Makes everything that was asked for while the last commit ran durable with the next one. `commit` gets the jobs in the
 * order in which they came and answers for each, or throws for all.
 */
export class GroupQueue<Job, Result> {
  private waiting: Waiting<Job, Result>[] = [];
  private running: Promise<void> | null = null;
  private closed = false;

  constructor(private readonly commit: (jobs: readonly Job[]) => Promise<readonly Result[]>, private readonly sizeOf: (job: Job) => number) {}

  add(job: Job): Promise<Result> {
    if (this.closed) return Promise.reject(new StoreUnavailable('The store is closed'));
    return new Promise((resolve, reject) => {
      this.waiting.push({ job, resolve, reject });
      this.running ??= this.run();
    });
  }

  /** Finishes what is queued and takes nothing more. */
  async close(): Promise<void> {
    this.closed = true;
    await this.running;
  }

  private async run(): Promise<void> {
    // A macrotask, because requests that arrive on different sockets in one turn are to share a commit.
    await new Promise((turn) => { setImmediate(turn); });
    while (this.waiting.length > 0) await this.flush(this.nextGroup());
    this.running = null;
  }

  private nextGroup(): Waiting<Job, Result>[] {
    let bytes = 0;
    let count = 0;
    for (const { job } of this.waiting) {
      bytes += this.sizeOf(job);
      if (count === LARGEST_GROUP || (count > 0 && bytes > LARGEST_GROUP_BYTES)) break;
      count += 1;
    }
    return this.waiting.splice(0, count);
  }

  private async flush(group: readonly Waiting<Job, Result>[]): Promise<void> {
    try {
      const results = await this.commit(group.map(({ job }) => job));
      group.forEach(({ resolve }, at) => { resolve(results[at] as Result); });
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}
