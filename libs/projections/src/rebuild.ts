import type { ReadableLog } from './bounded-log.js';
import { Snapshot, type ViewComparison } from './compare.js';
import type { ParallelFilling } from './parallel/parallel-filling.js';
import type { LiveModel } from './live-model.js';
import type { Poller } from './poller.js';
import type { RebuildProgress } from './rebuild-progress.js';
import { switchOver } from './switch-over.js';
import type { TablesBeside } from './tables-beside.js';

export interface RebuildReport {
  /** Log index up to which everything was folded at the switch. */
  readonly position: number;
  /** Events folded on the way: all of them in a rebuild, those that were missed in a rollback. */
  readonly events: number;
  /** Seconds until the switch, without the comparison that follows it. */
  readonly seconds: number;
  /** Threads that folded. */
  readonly threads: number;
  /** Why a long log was folded in one thread although several were allowed. */
  readonly serialBecause?: string;
  /** The live tables before and after, both at `position`. A difference means that one of the two is wrong. */
  readonly compared: readonly ViewComparison[];
}

/** A rebuild or rollback that cannot finish; the live model is as it was. */
export class RebuildFailed extends Error {
  override readonly name = 'RebuildFailed';
}

export interface RebuildParts {
  readonly file: string;
  readonly store: Pick<ReadableLog, 'readLog' | 'head'>;
  readonly live: LiveModel;
  readonly poller: Pick<Poller, 'pause'>;
  readonly onProgress?: ((progress: RebuildProgress) => void) | undefined;
  readonly filling: ParallelFilling | null;
  /** A view whose fold throws is left out instead of ending it all. */
  readonly withoutFailing?: boolean;
}

const TRIES = 20;

/**
 * Brings tables beside the live ones level with them and changes places in one transaction. The live model serves and
 * follows the log all the while; it is held still only for the last few events.
 */
export async function takeOver(parts: RebuildParts, next: TablesBeside): Promise<RebuildReport> {
  const { live, poller } = parts;
  const [began, from] = [performance.now(), next.position];
  try {
    await next.begin(parts.store, await goalOf(parts), (progress) => parts.onProgress?.(progress));
    await catchUp(parts, next);
    await next.finish();
    await catchUp(parts, next);
    const goOn = poller.pause();
    const snapshot = await switchWhenLevel(parts, next).finally(goOn);
    try {
      const seconds = (performance.now() - began) / 1000;
      const why = parts.filling?.whySerial;
      return {
        position: next.position, events: next.position - from, seconds, threads: next.threads, ...(why && { serialBecause: why }), compared: await snapshot.compare(),
      };
    } finally {
      snapshot.close();
    }
  } finally {
    if (live.db.open) next.discard();
  }
}

/** Where the live tables stand; while there are none, the end of the log. */
export async function goalOf({ live, store }: Pick<RebuildParts, 'live' | 'store'>): Promise<number> {
  const { position } = live.mark();
  return live.hasLive ? position : store.head();
}

async function catchUp(parts: RebuildParts, next: TablesBeside): Promise<void> {
  refuseFailing(parts, next);
  for (let end = await goalOf(parts); next.position < end; end = await goalOf(parts)) {
    await next.foldTowards(parts.store, end);
    parts.onProgress?.({ done: next.position, of: Math.max(end, next.position) });
    refuseFailing(parts, next);
  }
}

function refuseFailing({ withoutFailing }: RebuildParts, { failures: [failure], views }: TablesBeside): void {
  if (failure && (!withoutFailing || views.length === 0)) throw new RebuildFailed(`${failure.view} at event ${failure.index}: ${failure.reason}`);
}

/** Another program may still move the live model although ours holds still, hence the tries. */
async function switchWhenLevel(parts: RebuildParts, next: TablesBeside): Promise<Snapshot> {
  const { file, live } = parts;
  for (let left = TRIES; left > 0; left -= 1) {
    await catchUp(parts, next);
    await next.flush();
    const snapshot = new Snapshot(file, next.views.filter((view) => live.isLive(view)), next);
    if (switchOver(live.db, next)) return snapshot;
    snapshot.close();
  }
  throw new RebuildFailed('another program kept moving the read models');
}
