import type { DeadlineEvent } from 'aftercare/contracts';
import { isDeadlineEvent, evolveClocks, type RunningClock, type RunningClocks } from 'aftercare/policy';
import { defineView, type View } from 'aftercare/projections';

/** One row per stream that has clocks running: what is due next, for queues, and what has to be recorded next, for the watch. */
export type DeadlineRow = {
  readonly stream: string;
  readonly caseId: string;
  /** 1 while a clock with a due time is neither breached nor paused. */
  readonly waiting: number;
  readonly nextDueAt: string | null;
  readonly nextClock: string | null;
  /** When a warning, a breach or an escalation comes next, also of a clock that is breached already. */
  readonly nextActAt: string | null;
  /** Each 1 where it is true of a clock of this stream. */
  readonly breached: number;
  readonly paused: number;
  /** Nobody published the year in which it is due: a person has to. */
  readonly undetermined: number;
  readonly regulatory: number;
  readonly service: number;
  /** By name, with what was counted, warned and escalated so far. */
  readonly clocks: RunningClocks;
};

export const deadlineView: View<DeadlineRow, DeadlineEvent> = defineView<DeadlineRow, DeadlineEvent>({
  name: 'deadline',
  shape: 2,
  columns: {
    stream: 'text', caseId: 'text', waiting: 'integer', nextDueAt: 'text', nextClock: 'text', nextActAt: 'text',
    breached: 'integer', paused: 'integer', undetermined: 'integer', regulatory: 'integer', service: 'integer', clocks: 'json',
  },
  indexed: ['nextDueAt', 'nextActAt', 'caseId'],
  key: (event) => (event.type.startsWith('Deadline') ? event.stream : null),
  fold(row, event) {
    if (!isDeadlineEvent(event)) return row;
    // The same fold as the aggregate's own: what people and the watch see cannot differ from what is decided on.
    const clocks = evolveClocks(row?.clocks ?? {}, event);
    return Object.keys(clocks).length === 0 ? null : summarised(event.stream, event.correlationId, clocks);
  },
});

/** Earliest step still to come; none while it is paused. */
function nextActOf({ steps, paused }: RunningClock): string | null {
  return paused ? null : steps[0]?.at ?? null;
}

/** Latest step that has come; what came before it is recorded together with it. */
export function lastDueOf({ steps, paused }: RunningClock, now: string): string | null {
  return paused ? null : steps.findLast(({ at }) => at !== null && at <= now)?.at ?? null;
}

function summarised(stream: string, caseId: string, clocks: RunningClocks): DeadlineRow {
  const all = Object.values(clocks);
  const any = (holds: (clock: RunningClock) => boolean): number => (all.some(holds) ? 1 : 0);
  const next = earliest(Object.entries(clocks).flatMap(([name, { dueAt, breached, paused }]) => (dueAt === null || breached || paused ? [] : [{ name, at: dueAt }])));
  const act = earliest(Object.entries(clocks).flatMap(([name, clock]) => {
    const at = nextActOf(clock);
    return at === null ? [] : [{ name, at }];
  }));
  return {
    stream, caseId, waiting: next ? 1 : 0, nextDueAt: next?.at ?? null, nextClock: next?.name ?? null, nextActAt: act?.at ?? null,
    breached: any(({ breached }) => breached), paused: any(({ paused }) => paused !== null),
    undetermined: any(({ dueAt }) => dueAt === null),
    regulatory: any(({ nature }) => nature === 'regulatory'), service: any(({ nature }) => nature === 'service'), clocks,
  };
}

interface Named { readonly name: string; readonly at: string }

const earliest = (all: readonly Named[]): Named | null =>
  all.reduce<Named | null>((first, one) => (first === null || one.at < first.at ? one : first), null);
