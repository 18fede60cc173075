import { setTimeout as pause } from 'node:timers/promises';
import { StoreUnavailable } from '../port.js';
import { commitsIn, entriesOf, NOTHING, type Commit, type Note } from './commit.js';
import type { Entry, FencedStream } from './fenced-stream.js';
import type { LocalCopy } from './local-copy.js';

/** What a group of jobs adds to the log beside its events. */
export type OpenNote = { readonly [K in 'receipts' | 'marks' | 'quarantined' | 'releases']: Note[K][number][] };

export interface Job<T = unknown> {
  /** Bytes it may add, so that a group stays below what a server takes at once. */
  readonly size: number;
  /** Writes to the copy and notes what others have to write to theirs. Repeated from the start when somebody else was first. */
  work(note: OpenNote): T;
  /** True for an answer that may only be old: the server is asked before it is given. */
  mayBeStale(answer: T): boolean;
}

interface Waiting { readonly job: Job; readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void }

export interface LoopTimes {
  /** Waits between the attempts at one append, in ms; after the last nobody of its group is acknowledged. */
  readonly retryMs: readonly number[];
  /** Wait between looks at a server that does not answer, in ms. */
  readonly awayMs: number;
}

export const TIMES: LoopTimes = { retryMs: [50, 250, 1_000], awayMs: 1_000 };

const MOST_JOBS = 256;
/** Servers take one megabyte at once unless told otherwise; a single larger event needs their MaxAppendSize raised. */
export const MOST_BYTES = 512_000;
const PAGE = 1_000;
export const LOST = 'KurrentDB no longer holds what it confirmed: it was set back. Restore it whole, or move copy.db away to go on from what it holds';

/**
 * Decides groups of requests on the local copy and makes them durable with one fenced append. The fence is what makes
 * the copy safe to decide on: an append is taken only where the copy ends, and whoever comes second looks again.
 */
export class CommitLoop {
  private waiting: Waiting[] = [];
  private running: Promise<void> | null = null;
  private looking = false;
  private away: string | null = null;
  private stopped: string | null = null;
  private readonly closing = new AbortController();

  constructor(
    private readonly remote: FencedStream, private readonly copy: LocalCopy, private readonly grown: (head: number) => void,
    private readonly times: LoopTimes = TIMES,
  ) {}

  /** Why nothing is taken now, or null. */
  get refusal(): string | null {
    return this.closing.signal.aborted ? 'The store is closed' : this.stopped ?? this.away;
  }

  /** Takes nothing more, or, told null, goes on. */
  stop(reason: string | null): void {
    this.stopped = reason;
  }

  /** Resolves when nothing is under way, as long as the server answers. */
  async idle(): Promise<void> {
    while (this.running && this.away === null) await this.running;
  }

  run<T>(job: Job<T>): Promise<T> {
    if (this.refusal !== null) return Promise.reject(new StoreUnavailable(this.refusal));
    return new Promise<T>((resolve, reject) => {
      this.waiting.push({ job: job as Job, resolve: resolve as (value: unknown) => void, reject });
      this.wake();
    });
  }

  /** Somebody else may have written. */
  look(): void {
    this.looking = true;
    this.wake();
  }

  /** Resolves when the copy holds what the server held at the time of the call. @throws Error when it does not answer. */
  async catchUp(): Promise<void> {
    for (;;) {
      const page = await this.wholeCommits();
      if (page.commits.length === 0) return;
      const before = this.copy.seen.head.get()?.next ?? 0;
      this.copy.apply(page.commits, page.lastEntry);
      // Only then: who holds the log still has a reason of his own.
      if (page.commits.some(({ note }) => note.transfer !== null)) this.stopped = this.copy.closed;
      const { next } = this.copy.tables.head;
      if (next > before) this.grown(next);
    }
  }

  async close(): Promise<void> {
    await this.idle();
    this.closing.abort();
    this.refuseWaiting('The store is closed');
    await this.running;
  }

  private wake(): void {
    this.running ??= new Promise<void>((resolve) => { setImmediate(resolve); })
      .then(() => this.work())
      .finally(() => {
        this.running = null;
        if (!this.closing.signal.aborted && (this.waiting.length > 0 || this.looking)) this.wake();
      });
  }

  private async work(): Promise<void> {
    try {
      if (this.looking || this.away !== null) {
        this.looking = false;
        await this.catchUp();
        this.away = null;
      }
      for (let group = this.nextGroup(); group.length > 0; group = this.nextGroup()) await this.commitGroup(group);
    } catch (error) {
      await this.rest(error);
    }
  }

  private nextGroup(): readonly Waiting[] {
    let bytes = 0;
    const fitting = this.waiting.findIndex(({ job }, i) => {
      bytes += job.size;
      return i > 0 && (i >= MOST_JOBS || bytes > MOST_BYTES);
    });
    return this.waiting.splice(0, fitting < 0 ? this.waiting.length : fitting);
  }

  private async commitGroup(group: readonly Waiting[]): Promise<void> {
    try {
      const answers = await this.decideAndAppend(group.map(({ job }) => job));
      group.forEach(({ resolve }, i) => resolve(answers[i]));
    } catch (error) {
      const closed = error instanceof StoreUnavailable;
      const refusal = closed ? error : new StoreUnavailable('KurrentDB did not confirm the append; repeat it with the same command id', { cause: error });
      for (const { reject } of group) reject(refusal);
      if (!closed) throw error;
    }
  }

  private async decideAndAppend(jobs: readonly Job[]): Promise<readonly unknown[]> {
    for (let looked = false; ; looked = true) {
      if (this.stopped !== null) throw new StoreUnavailable(this.stopped);
      const { answers, entries, next, isStale } = this.decide(jobs);
      if (entries.length === 0 && !(isStale && !looked)) {
        this.copy.rollback();
        return answers;
      }
      if (!(isStale && !looked) && await this.appendFenced(entries) === 'appended') {
        const before = this.copy.seen.head.get()?.next ?? 0;
        this.copy.commit(this.copy.follows.revision + entries.length, entries.at(-1)?.id ?? '', null);
        if (next > before) this.grown(next);
        return answers;
      }
      this.copy.rollback();
      await this.catchUp();
    }
  }

  /** Leaves the transaction of the copy open, with everything that is to be appended in it. */
  private decide(jobs: readonly Job[]) {
    const { copy } = this;
    copy.begin();
    try {
      const first = copy.tables.head.next;
      const note: OpenNote = { receipts: [], marks: [], quarantined: [], releases: [] };
      const answers = jobs.map((job) => job.work(note));
      const isStale = jobs.some((job, i) => job.mayBeStale(answers[i]));
      const { next } = copy.tables.head;
      const events = copy.sql.eventsFrom.all(first);
      const isEmpty = events.length === 0 && Object.values(note).every(({ length }) => length === 0);
      return { answers, entries: isEmpty ? [] : entriesOf(events, { ...NOTHING, ...note }), next, isStale };
    } catch (error) {
      copy.rollback();
      throw error;
    }
  }

  private async appendFenced(entries: readonly Entry[]): Promise<'appended' | 'moved'> {
    for (const wait of [...this.times.retryMs, null]) {
      try {
        return await this.remote.append(this.copy.follows.revision, entries);
      } catch (error) {
        if (wait === null || this.closing.signal.aborted) {
          this.copy.rollback();
          throw error;
        }
        await this.pause(wait);
      }
    }
    throw new Error('unreachable');
  }

  /** The entry that the copy ends with is read again: a server that no longer has it was set back, and must not be gone on from. */
  private async wholeCommits(): Promise<{ readonly commits: readonly Commit[]; readonly lastEntry: string }> {
    const { revision, entry } = this.copy.follows;
    const from = Math.max(0, revision);
    for (let limit = PAGE; ; limit *= 4) {
      const entries = await this.remote.read(from, limit);
      if (revision >= 0 && entries[0]?.id !== entry) {
        this.stop(LOST);
        throw new StoreUnavailable(LOST);
      }
      const commits = commitsIn(revision >= 0 ? entries.slice(1) : entries);
      const last = commits.at(-1);
      if (last) return { commits, lastEntry: entries[last.revision - from]?.id ?? '' };
      // An append is all or nothing, so a commit without its note is only one that is longer than the page.
      if (entries.length < limit) return { commits, lastEntry: '' };
    }
  }

  /** Nothing is taken until the server answers again; then the copy is brought level before anything is decided. */
  private async rest(error: unknown): Promise<void> {
    this.away = `KurrentDB does not answer (${error instanceof Error ? error.name : 'unknown'})`;
    this.refuseWaiting(this.away);
    if (this.closing.signal.aborted || this.stopped !== null) return;
    await this.pause(this.times.awayMs);
    this.looking = true;
  }

  private async pause(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.closing.signal }).catch(() => undefined);
  }

  private refuseWaiting(reason: string): void {
    for (const { reject } of this.waiting.splice(0)) reject(new StoreUnavailable(reason));
  }
}
