import type { ReadableLog } from './bounded-log.js';
import type { LiveModel } from './live-model.js';
import { MissingViews } from './missing-views.js';
import { readTables } from './model-file.js';
import type { ParallelFilling } from './parallel/parallel-filling.js';
import { Poller, type PollerOptions } from './poller.js';
import { RebuildFailed, takeOver, type RebuildParts, type RebuildReport } from './rebuild.js';
import type { RebuildProgress } from './rebuild-progress.js';
import { takeRebuildLock } from './rebuild-lock.js';
import { rollBack } from './rollback.js';
import { RowReader } from './row-reader.js';
import { StagedTables } from './staged-tables.js';
import { ViewBuilding, ViewStopped, type ViewsStatus } from './status.js';
import { discardKept } from './switch-over.js';
import type { ListQuery, Page, Row, View } from './view.js';
import type { Views } from './views.js';
import { Waiting } from './waiting.js';

const USUAL_WAIT_MS = 10_000;

export interface FollowingOptions extends PollerOptions {
  readonly filling: ParallelFilling | null;
}

export class FollowingViews implements Views {
  readonly #readers: ReadonlyMap<string, RowReader>;
  readonly #waiting = new Waiting(() => this.#readable());
  readonly #poller: Poller;
  readonly #missing: MissingViews;
  #rebuilding: RebuildProgress | null = null;

  constructor(private readonly file: string, private readonly store: ReadableLog, private readonly live: LiveModel, private readonly options: FollowingOptions) {
    this.#readers = new Map(live.views.map((view) => [view.name, new RowReader(live.db, view)]));
    this.#poller = new Poller(live, store, () => { this.#missing.tend(); this.#waiting.moved(); }, options);
    this.#missing = new MissingViews(this.#parts(), options.pollMs, () => { this.#poller.wake(); });
  }

  start(): void {
    this.#poller.start();
    const stopped = this.live.failures().map(({ view }) => view);
    // A second failure leaves everything as it was, and the status says so already.
    if (stopped.length > 0) this.#rebuildOf(this.live.views.filter(({ name }) => stopped.includes(name))).catch(() => undefined);
  }

  position(): number {
    return this.live.mark().position;
  }

  caughtUp(index: number, timeoutMs = USUAL_WAIT_MS): Promise<void> {
    return this.#waiting.until(index, timeoutMs);
  }

  rebuild(onProgress?: (progress: RebuildProgress) => void): Promise<RebuildReport> {
    return this.#rebuildOf(this.live.views, onProgress);
  }

  rollback(onProgress?: (progress: RebuildProgress) => void): Promise<RebuildReport> {
    return this.#alone(onProgress, rollBack);
  }

  discardKept(): number {
    return discardKept(this.live.db);
  }

  status(): ViewsStatus {
    const { failed, stalled, trouble = this.#missing.trouble, ...following } = this.#poller.status();
    const pending = this.#missing.pending();
    const unreadable = this.#missing.unreadable ? [`views to be computed: ${this.#missing.unreadable}`] : [];
    const alarms = [...failed, ...unreadable, ...this.#missing.stopped.map(({ view, index, reason }) => `${view} at event ${index}: ${reason}`)];
    return {
      ...following, lagEvents: following.head - following.position,
      stalled: stalled || this.#missing.restingMs > this.options.stallMs,
      building: pending.map(({ name }) => ({ view: name, ...this.#missing.progress })),
      kept: this.live.db.open ? readTables(this.live.db).filter(({ role }) => role === 'kept').map(({ view }) => view) : [],
      ...(this.#rebuilding && { rebuilding: this.#rebuilding }),
      ...(alarms.length > 0 && { failed: alarms.join('; ') }),
      ...(trouble !== undefined && { trouble }),
    };
  }

  get<R extends Row>(view: View<R, never>, key: string): (R & { key: string }) | null {
    return this.#of(view).get(key) as (R & { key: string }) | null;
  }

  list<R extends Row>(view: View<R, never>, query: ListQuery): Page<R & { key: string }> {
    return this.#of(view).list(query) as unknown as Page<R & { key: string }>;
  }

  rows<R extends Row>(view: View<R, never>, query: ListQuery): Iterable<R & { key: string }> {
    return this.#of(view).rows(query) as Iterable<unknown> as Iterable<R & { key: string }>;
  }

  count<R extends Row>(view: View<R, never>, where?: ListQuery['where']): number {
    return this.#of(view).count(where);
  }

  close(): void {
    this.#poller.close();
    this.#missing.close();
    this.#waiting.close();
    this.live.db.close();
  }

  #parts(onProgress?: (progress: RebuildProgress) => void): RebuildParts {
    return { file: this.file, store: this.store, live: this.live, poller: this.#poller, filling: this.options.filling, onProgress };
  }

  async #rebuildOf(views: readonly View[], onProgress?: (progress: RebuildProgress) => void): Promise<RebuildReport> {
    return this.#alone(onProgress, (parts) => {
      // A view has at most two tables at a time: the one kept so far makes room for the one being filled.
      discardKept(this.live.db, views);
      return takeOver(parts, new StagedTables(this.live.db, views, { filling: parts.filling }));
    });
  }

  async #alone(onProgress: ((progress: RebuildProgress) => void) | undefined, work: (parts: RebuildParts) => Promise<RebuildReport>): Promise<RebuildReport> {
    if (this.#missing.pending().length === 0) await this.#missing.running;
    const lock = takeRebuildLock(this.file);
    if (!lock) throw new RebuildFailed('a rebuild is already running');
    this.#rebuilding = { done: 0, of: this.position() };
    try {
      return await work(this.#parts((progress) => { this.#rebuilding = progress; onProgress?.(progress); }));
    } finally {
      this.#rebuilding = null;
      lock.release();
      this.#poller.wake();
    }
  }

  /** The index below which every view that has not stopped can be read. */
  #readable(): number {
    const { position } = this.live.mark();
    return this.#missing.pending().length > 0 ? -1 : position;
  }

  #of({ name }: { readonly name: string }): RowReader {
    const reader = this.#readers.get(name);
    if (!reader) throw new Error(`view ${name} is not among the opened views`);
    this.live.mark();
    if (this.live.isLive({ name })) return reader;
    if (this.#missing.stopped.some(({ view }) => view === name)) throw new ViewStopped(`view ${name} has stopped`);
    throw new ViewBuilding(name, this.#missing.progress, this.#missing.secondsLeft());
  }
}
