import type { DeadlineEvent } from 'aftercare/contracts';

type Data<T extends DeadlineEvent['type']> = Extract<DeadlineEvent, { type: T }>['data'];

/** A clock as the event that starts it records it. */
export type SetClock = Data<'DeadlinesSet'>['clocks'][number];
export type RevisedClock = Data<'DeadlinesRevised'>['clocks'][number];
export type MetClock = Data<'DeadlinesMet'>['clocks'][number];
export type Step = SetClock['steps'][number];
export type StoredSpan = NonNullable<SetClock['span']>;
export type CountedBy = StoredSpan['calendar'];
/** Where a clock is heading: its due time, or who has to publish the year, and the points still to come. */
export type Course = Pick<SetClock, 'dueAt' | 'unpublishedYear' | 'owner' | 'steps'>;

/** From when to when a clock ran before it was paused. */
export interface Stretch { readonly from: string; readonly to: string }

/** A clock between start and end, folded from its events. */
export interface RunningClock extends Course, Pick<SetClock, 'from' | 'span' | 'policy' | 'rule' | 'nature' | 'pausable' | 'clause' | 'consequence'> {
  readonly breached: boolean;
  /** Names of the steps that were recorded. */
  readonly fired: readonly string[];
  /** Percent of the last warning; 0 before the first. */
  readonly warned: number;
  /** Roles that were called. */
  readonly escalatedTo: readonly string[];
  /** Finished stretches; empty for a clock that was never paused. */
  readonly ran: readonly Stretch[];
  /** Start of the stretch under way; null while paused. */
  readonly since: string | null;
  /** Milliseconds left as `by` counts them, `leftMs` null where no calendar can tell yet; null while it runs. */
  readonly paused: { readonly at: string; readonly leftMs: number | null; readonly by: CountedBy } | null;
}

export type RunningClocks = Readonly<Record<string, RunningClock>>;

/** The aggregate's own state with its running clocks beside it, by clock name `<pack>/<key>`. */
export interface Timed<S> {
  readonly own: S;
  readonly clocks: RunningClocks;
  /** The adoption this stream was opened under; null before it was recorded. */
  readonly policy: { readonly adoption: string; readonly digest: string } | null;
}
