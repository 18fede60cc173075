import { UnreadableVersion } from 'aftercare/kernel';
import type { FoldFailure } from './folded-table.js';
import { dropTables, removeEntry, type TableEntry } from './model-file.js';
import { takeOver, type RebuildParts } from './rebuild.js';
import type { RebuildProgress } from './rebuild-progress.js';
import { takeRebuildLock } from './rebuild-lock.js';
import { CannotReturn } from './returning-tables.js';
import { fitting, levelled } from './rollback.js';
import { StagedTables } from './staged-tables.js';
import { returningTable } from './table-sql.js';
import { reasonOf } from './thrown.js';
import type { View } from './view.js';

/**
 * Computes the rows of views that have none to show: new ones, ones with a changed shape, all of them in a new file.
 * The views that are live go on being served and followed meanwhile.
 */
export class MissingViews {
  progress: RebuildProgress = { done: 0, of: 0 };
  trouble: string | undefined;
  /** The event that this program cannot read: only another program can get further. */
  unreadable: string | undefined;
  #stopped: readonly FoldFailure[] = [];
  #running: Promise<void> | null = null;
  #closed = false;
  #notBefore = 0;
  #movedAt = performance.now();
  #beganAt = performance.now();

  /** Tries again `retryMs` after something refused. `done` is called when a view has become live. */
  constructor(private readonly parts: RebuildParts, private readonly retryMs: number, private readonly done: () => void) {}

  /** Views whose fold threw while they were computed. They are tried again at the next start or rebuild. */
  get stopped(): readonly FoldFailure[] {
    return this.#stopped.filter(({ view }) => !this.parts.live.isLive({ name: view }));
  }

  /** Views that are being computed or about to be. */
  pending(): readonly View[] {
    return this.parts.live.missing().filter(({ name }) => !this.#stopped.some(({ view }) => view === name));
  }

  /** Milliseconds since it last got further; 0 while there is nothing to do. */
  get restingMs(): number {
    return this.pending().length === 0 ? 0 : performance.now() - this.#movedAt;
  }

  /** An estimate by the pace so far, 1 to 60. */
  secondsLeft(): number {
    const { done, of } = this.progress;
    const passed = (performance.now() - this.#beganAt) / 1_000;
    return Math.min(60, Math.max(1, Math.ceil(done > 0 ? passed * (of - done) / done : 1)));
  }

  /** To be called often: begins when something is missing, and does nothing otherwise. */
  tend(): void {
    if (this.#running || this.#closed || performance.now() < this.#notBefore || this.pending().length === 0) return;
    this.#beganAt = performance.now();
    this.#running = this.#compute()
      .then(() => { this.trouble = this.unreadable = undefined; }, (error: unknown) => {
        if (!this.#closed) this.trouble = reasonOf(error);
        if (error instanceof UnreadableVersion) this.unreadable = error.message;
      })
      .finally(() => {
        this.#running = null;
        this.#notBefore = performance.now() + this.retryMs;
        if (!this.#closed) this.done();
      });
  }

  /** Ends with the work at hand, whatever comes of it; null when there is none. */
  get running(): Promise<void> | null {
    return this.#running;
  }

  close(): void {
    this.#closed = true;
  }

  async #compute(): Promise<void> {
    const lock = takeRebuildLock(this.parts.file);
    if (!lock) return this.#moved();
    try {
      this.parts.live.mark();
      const parts: RebuildParts = { ...this.parts, withoutFailing: true, onProgress: (progress) => { this.progress = progress; this.#moved(); } };
      await this.#takeBack(parts, fitting(parts.live, 'returning', this.pending()));
      this.parts.live.mark();
      if (this.pending().length > 0) await this.#fill(parts);
    } finally {
      lock.release();
    }
  }

  async #takeBack(parts: RebuildParts, entries: readonly TableEntry[]): Promise<void> {
    if (entries.length === 0) return;
    try {
      await takeOver(parts, await levelled(parts, 'returning', entries));
    } catch (error) {
      if (!(error instanceof CannotReturn)) throw error;
      const { db } = parts.live;
      db.transaction(() => {
        for (const { view } of entries) {
          dropTables(db, (table) => table === returningTable({ name: view }));
          removeEntry(db, view, 'returning');
        }
      }).immediate();
    }
  }

  async #fill(parts: RebuildParts): Promise<void> {
    const staged = new StagedTables(parts.live.db, this.pending(), { filling: parts.filling });
    try {
      await takeOver(parts, staged);
    } catch (error) {
      if (staged.failures.length === 0) throw error;
    } finally {
      this.#stopped = [...this.#stopped, ...staged.failures];
    }
  }

  /** Another program that does the same work counts as getting further: ours waits for it. */
  #moved(): void {
    this.#movedAt = performance.now();
  }
}
