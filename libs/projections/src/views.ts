import type { RebuildReport } from './rebuild.js';
import type { RebuildProgress } from './rebuild-progress.js';
import type { ViewsStatus } from './status.js';
import type { ViewReader } from './view.js';

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
