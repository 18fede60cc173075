import type { DeadlineEvent } from 'aftercare/contracts';
import { defineView, type View } from 'aftercare/projections';

interface ClockCell { readonly dueAt: string | null; readonly breached: boolean; readonly rule: string; readonly policy: string }

/** One row per stream that has clocks running: what is due next, for queues and for the watch. */
export type DeadlineRow = {
  readonly stream: string;
  readonly caseId: string;
  /** 1 while a clock with a due time has not been breached. */
  readonly waiting: number;
  readonly nextDueAt: string | null;
  readonly nextClock: string | null;
  readonly breached: number;
  /** Clocks whose due time no calendar can tell: a person has to decide. */
  readonly undetermined: number;
  readonly clocks: Readonly<Record<string, ClockCell>>;
};

export const deadlineView: View<DeadlineRow, DeadlineEvent> = defineView<DeadlineRow, DeadlineEvent>({
  name: 'deadline',
  shape: 1,
  columns: {
    stream: 'text', caseId: 'text', waiting: 'integer', nextDueAt: 'text', nextClock: 'text', breached: 'integer', undetermined: 'integer', clocks: 'json',
  },
  indexed: ['nextDueAt', 'caseId'],
  key: (event) => (event.type.startsWith('Deadline') ? event.stream : null),
  fold(row, event) {
    const clocks: Record<string, ClockCell> = { ...row?.clocks };
    switch (event.type) {
      case 'DeadlinesSet':
        for (const { clock, dueAt, late, rule, policy } of event.data.clocks) clocks[clock] = { dueAt, breached: late, rule, policy };
        break;
      case 'DeadlinesMet':
        for (const { clock } of event.data.clocks) delete clocks[clock];
        break;
      case 'DeadlinesDropped':
        for (const clock of event.data.clocks) delete clocks[clock];
        break;
      case 'DeadlineBreached': {
        const running = clocks[event.data.clock];
        if (running) clocks[event.data.clock] = { ...running, breached: true };
        break;
      }
      default: return row;
    }
    return Object.keys(clocks).length === 0 ? null : summarised(event.stream, event.correlationId, clocks);
  },
});

function summarised(stream: string, caseId: string, clocks: Readonly<Record<string, ClockCell>>): DeadlineRow {
  let next: { name: string; dueAt: string } | null = null;
  let breached = 0;
  let undetermined = 0;
  for (const [name, { dueAt, breached: isBreached }] of Object.entries(clocks)) {
    if (isBreached) breached += 1;
    else if (dueAt === null) undetermined += 1;
    else if (next === null || dueAt < next.dueAt) next = { name, dueAt };
  }
  return {
    stream, caseId, waiting: next ? 1 : 0, nextDueAt: next?.dueAt ?? null, nextClock: next?.name ?? null, breached, undetermined, clocks,
  };
}
