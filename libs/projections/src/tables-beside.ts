import type { EventStore } from 'aftercare/event-store';
import type { FoldFailure } from './folded-table.js';
import type { RebuildProgress } from './rebuild-progress.js';
import type { Successors } from './switch-over.js';

/** Tables beside the live ones, with a position of their own, on their way to be read. */
export interface TablesBeside extends Successors {
  readonly failures: readonly FoldFailure[];
  /** Threads that folded: 1 unless the beginning was done in parallel. */
  readonly threads: number;
  /** May fold up to `end` faster than step by step; what it leaves is then folded that way. */
  begin(store: Pick<EventStore, 'readLog'>, end: number, onProgress: (progress: RebuildProgress) => void): Promise<void>;
  /** Folds the next events, but none from `end` on. */
  foldTowards(store: Pick<EventStore, 'readLog'>, end: number): Promise<void>;
  /** Afterwards every row is in its table. */
  flush(): Promise<void>;
  /** What is done once, when most has been folded. */
  finish(): Promise<void>;
  /** What is left over after success or failure goes, unless it can be used again. */
  discard(): void;
}
