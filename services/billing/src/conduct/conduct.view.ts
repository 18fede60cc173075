import type { ConductEvent } from 'aftercare/contracts';
import { idOf } from 'aftercare/kernel';
import { defineView, type View } from 'aftercare/projections';

export type ConductRow = {
  /** `late` waits for a person to say whose fault it was; `recorded` has it. */
  readonly stage: string;
  /** The clock that was missed, as often as it was and nobody was named. */
  readonly clocks: readonly string[];
  readonly person: string | null;
  readonly dueAt: string | null;
  readonly since: string;
};

/** What was carried out late, and whose fault it was (责任认定). */
export const conductView: View<ConductRow, ConductEvent> = defineView<ConductRow, ConductEvent>({
  name: 'conduct',
  shape: 1,
  columns: { stage: 'text', clocks: 'json', person: 'text', dueAt: 'text', since: 'text' },
  indexed: ['stage', 'person', 'since'],
  key: (event) => (event.type === 'LateImplementationNoted' || event.type === 'FaultRecorded' ? idOf(event.stream) : null),
  fold(row, event) {
    const since = event.recordedAt;
    switch (event.type) {
      case 'LateImplementationNoted': {
        const { clock, dueAt } = event.data;
        return { stage: 'late', clocks: [...(row?.clocks ?? []), clock], person: row?.person ?? null, dueAt, since };
      }
      case 'FaultRecorded': {
        const { person, cause } = event.data;
        const clocks = cause === 'late-implementation' ? (row?.clocks ?? []).slice(1) : row?.clocks ?? [];
        return { stage: clocks.length > 0 ? 'late' : 'recorded', clocks, person, dueAt: row?.dueAt ?? null, since };
      }
      default: return row;
    }
  },
});
