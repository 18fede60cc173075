import type { EventStore } from 'aftercare/event-store';
import { Snapshot, type ViewComparison } from './compare.js';
import type { LiveModel } from './live-model.js';
import type { Poller } from './poller.js';
import { StagedTables } from './staged-tables.js';

/** How far a rebuild is: events folded, of how many. */
export interface RebuildProgress {
  readonly done: number;
  readonly of: number;
}

export interface RebuildReport {
  /** Events folded, which is also the position at the switch. */
  readonly events: number;
  /** Seconds until the switch, without the comparison that follows it. */
  readonly seconds: number;
  /** The live tables before and after, both at `events`. A difference means the old rows were wrong. */
  readonly compared: readonly ViewComparison[];
}

/** A rebuild that cannot finish; the live model is as it was. */
export class RebuildFailed extends Error {
  override readonly name = 'RebuildFailed';
}

export interface RebuildParts {
  readonly file: string;
  readonly store: EventStore;
  readonly live: LiveModel;
  readonly poller: Poller;
}

const TRIES = 20;

/**
 * Folds the whole log into new tables beside the live ones and changes places in one transaction. The live model
 * serves and follows the log all the while; it is held still only for the last few events.
 */
export async function rebuildBeside(parts: RebuildParts, onProgress?: (progress: RebuildProgress) => void): Promise<RebuildReport> {
  const { live, store, poller } = parts;
  const began = performance.now();
  const staged = new StagedTables(live.db, live.views);
  try {
    await catchUp(staged, live, store, onProgress);
    await staged.flush();
    await staged.createIndexes();
    await catchUp(staged, live, store, onProgress);
    const goOn = poller.pause();
    const snapshot = await switchWhenLevel(parts, staged, onProgress).finally(goOn);
    try {
      const seconds = (performance.now() - began) / 1000;
      return { events: staged.position, seconds, compared: await snapshot.compare() };
    } finally {
      snapshot.close();
    }
  } finally {
    if (live.db.open) staged.discard();
  }
}

async function catchUp(staged: StagedTables, live: LiveModel, store: EventStore, onProgress?: (progress: RebuildProgress) => void): Promise<void> {
  for (let end = live.mark().position; staged.position < end; end = live.mark().position) {
    await staged.foldTowards(store, end);
    onProgress?.({ done: staged.position, of: end });
    const { failure } = staged;
    if (failure) throw new RebuildFailed(`${failure.view} at event ${failure.index}: ${failure.reason}`);
  }
}

/** Another program may still move the live model although ours holds still, hence the tries. */
async function switchWhenLevel({ file, store, live }: RebuildParts, staged: StagedTables, onProgress?: (progress: RebuildProgress) => void): Promise<Snapshot> {
  for (let left = TRIES; left > 0; left -= 1) {
    await catchUp(staged, live, store, onProgress);
    await staged.flush();
    const snapshot = new Snapshot(file, live.views, staged.generation);
    if (staged.switchOver()) return snapshot;
    snapshot.close();
  }
  throw new RebuildFailed('another program kept moving the read models');
}
