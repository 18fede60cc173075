import type { EventStore } from 'aftercare/event-store';
import { boundedLog } from './bounded-log.js';
import { fitTables } from './fit-tables.js';
import { LiveModel } from './live-model.js';
import { openModelFile } from './model-file.js';
import { FollowingViews } from './following-views.js';
import { ParallelFilling, type ParallelOptions } from './parallel/parallel-filling.js';
import type { View } from './view.js';
import type { Views } from './views.js';

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
