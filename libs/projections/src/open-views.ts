import type { EventStore } from 'aftercare/event-store';
import { boundedLog } from './bounded-log.js';
import { fitTables } from './fit-tables.js';
import { LiveModel } from './live-model.js';
import { openModelFile } from './model-file.js';
import { FollowingViews } from './following-views.js';
import { ParallelFilling, type ParallelOptions } from './parallel/parallel-filling.js';
import type { RebuildProgress, RebuildReport } from './rebuild.js';
import type { ViewsStatus } from './status.js';
import type { View, ViewReader } from './view.js';

export interface ViewsOptions {
  /** SQLite file of the read models only; it may be deleted at any time while nobody has it open. */
  readonly file: string;
  readonly store: EventStore;
  readonly views: readonly View[];
  /** How often to look without being woken, in milliseconds; also the pace of the beat. 1,000 unless told. */
  readonly pollMs?: number;
  /** After how many milliseconds without a look at the log the models count as stalled; a single read is given up after the same time. 10,000 unless told. */
  readonly stallMs?: number;
  /** Lets a long log be folded from index 0 in several threads, where the engine hands out stored bytes. */
  readonly parallel?: ParallelOptions;
}

/** The read models of one department: reading, following the log, rebuilding. Reading throws ViewBuilding while a view has no whole rows. */
export interface Views extends ViewReader {
  /** Begins to follow the log. A view that had stopped is rebuilt at once, in case its fold has been mended. */
  start(): void;
  /**
   * Resolves once the event at log index `index - 1`, and all before it, can be read in every view that has not stopped.
   * @throws ViewsLag after `timeoutMs`, 10,000 unless told; ViewsClosed
   */
  caughtUp(index: number, timeoutMs?: number): Promise<void>;
  /** Computes all models again beside the live ones and switches; the old ones are kept. One at a time. @throws RebuildFailed */
  rebuild(onProgress?: (progress: RebuildProgress) => void): Promise<RebuildReport>;
  /** Goes back to the kept tables, level with the log; what was live is kept in turn. @throws NothingKept, RebuildFailed */
  rollback(onProgress?: (progress: RebuildProgress) => void): Promise<RebuildReport>;
  /** Gives up the kept tables and their disk space; how many there were. */
  discardKept(): number;
  status(): ViewsStatus;
  close(): void;
}

/**
 * Opens or creates the file. Views whose shape changed are computed again beside the others, or return from a kept table
 * of that shape; rows of another log are dropped.
 */
export function openViews({ file, store, views, pollMs = 1_000, stallMs = 10_000, parallel }: ViewsOptions): Views {
  const db = openModelFile(file);
  try {
    fitTables(db, store.log, views);
    const log = boundedLog(store, stallMs);
    const filling = parallel ? new ParallelFilling(file, (from, limit) => log.readBytes(from, limit), parallel) : null;
    return new FollowingViews(file, log, new LiveModel(db, store.log, views), { pollMs, stallMs, filling });
  } catch (error) {
    db.close();
    throw error;
  }
}
