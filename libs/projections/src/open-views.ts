import type { EventStore } from 'aftercare/event-store';
import { LiveModel } from './live-model.js';
import { fitTables, openModelFile } from './model-file.js';
import { Poller, type ViewsStatus } from './poller.js';
import { rebuildBeside, RebuildFailed, type RebuildProgress, type RebuildReport } from './rebuild.js';
import { RowReader } from './row-reader.js';
import type { ListQuery, Page, Row, View, ViewReader } from './view.js';
import { Waiting } from './waiting.js';

export interface ViewsOptions {
  /** SQLite file of the read models only; it may be deleted at any time while nobody has it open. */
  readonly file: string;
  readonly store: EventStore;
  readonly views: readonly View[];
  /** How often to look without being woken, in milliseconds; also the pace of the beat. 1,000 unless told. */
  readonly pollMs?: number;
}

/** The read models of one department: reading, following the log, rebuilding. */
export interface Views extends ViewReader {
  /** Begins to follow the log. A view that had stopped is rebuilt at once, in case its fold has been mended. */
  start(): void;
  /** Resolves once the event at log index `index - 1`, and all before it, can be read. @throws ViewsClosed */
  caughtUp(index: number): Promise<void>;
  /** Computes all models again beside the live ones and switches. One at a time. @throws RebuildFailed */
  rebuild(onProgress?: (progress: RebuildProgress) => void): Promise<RebuildReport>;
  status(): ViewsStatus;
  close(): void;
}

/** Opens or creates the file. Models whose shape changed, or that belong to another log, start again at index 0. */
export function openViews({ file, store, views, pollMs = 1_000 }: ViewsOptions): Views {
  const db = openModelFile(file);
  try {
    fitTables(db, store.log, views);
    return new OpenViews(file, store, new LiveModel(db, store.log, views), pollMs);
  } catch (error) {
    db.close();
    throw error;
  }
}

class OpenViews implements Views {
  readonly #readers: ReadonlyMap<string, RowReader>;
  readonly #waiting = new Waiting();
  readonly #poller: Poller;
  #rebuilding = false;

  constructor(private readonly file: string, private readonly store: EventStore, private readonly live: LiveModel, pollMs: number) {
    this.#readers = new Map(live.views.map((view) => [view.name, new RowReader(live.db, view)]));
    this.#poller = new Poller(live, store, () => this.#waiting.reached(this.position()), pollMs);
  }

  start(): void {
    this.#poller.start();
    // A second failure leaves everything as it was, and the status says so already.
    if (this.live.failures().length > 0) this.rebuild().catch(() => undefined);
  }

  position(): number {
    return this.live.mark().position;
  }

  caughtUp(index: number): Promise<void> {
    return this.#waiting.until(index, () => this.position());
  }

  async rebuild(onProgress?: (progress: RebuildProgress) => void): Promise<RebuildReport> {
    if (this.#rebuilding) throw new RebuildFailed('a rebuild is already running');
    this.#rebuilding = true;
    try {
      const { file, store, live } = this;
      return await rebuildBeside({ file, store, live, poller: this.#poller }, onProgress);
    } finally {
      this.#rebuilding = false;
    }
  }

  status(): ViewsStatus {
    return this.#poller.status();
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
    this.#waiting.close();
    this.live.db.close();
  }

  #of({ name }: { readonly name: string }): RowReader {
    const reader = this.#readers.get(name);
    if (!reader) throw new Error(`view ${name} is not among the opened views`);
    return reader;
  }
}
