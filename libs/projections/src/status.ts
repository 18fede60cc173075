import type { RebuildProgress } from './rebuild-progress.js';

/** Where the read models stand, for health checks and screens. */
export interface ViewsStatus {
  /** Next log index the live models have not seen. */
  readonly position: number;
  /** Number of events in the log as far as we were told. */
  readonly head: number;
  readonly lagEvents: number;
  /** Seconds since the models last were level with the log; 0 while they are and the poller is alive. */
  readonly lagSeconds: number;
  /** UTC instant at which the poller last was alive. Null before the start. */
  readonly lastBeat: string | null;
  /** The log has not been looked at, or a view not computed any further, for the stall time: nothing can be relied upon. */
  readonly stalled: boolean;
  /** Views whose rows are being computed and cannot be read yet, and how far they are. */
  readonly building: readonly ({ readonly view: string } & RebuildProgress)[];
  /** How far a rebuild or rollback that was asked for is. */
  readonly rebuilding?: RebuildProgress;
  /** Views with a table that a rollback would bring back. */
  readonly kept: readonly string[];
  /** Which view stopped at which event and why. An alarm: its rows no longer follow the log. */
  readonly failed?: string;
  /** Why the poller is waiting and trying again, when the log or the disk refuses. */
  readonly trouble?: string;
}

/** The rows of a view are being computed; there is nothing whole to read yet. */
export class ViewBuilding extends Error {
  override readonly name = 'ViewBuilding';
  constructor(readonly view: string, readonly progress: RebuildProgress, readonly retryAfterSeconds: number) {
    super(`view ${view} is being computed: ${progress.done} of ${progress.of} events`);
  }
}

/** The fold of a view threw before it ever had whole rows; it waits for a mended program. */
export class ViewStopped extends Error {
  override readonly name = 'ViewStopped';
}
