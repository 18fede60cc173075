import type { DeputyEvent } from 'aftercare/contracts';
import { idOf } from 'aftercare/kernel';
import { defineView, type View } from 'aftercare/projections';

export type DeputyRow = {
  /** Id of the office's list of deputies, where a deputyship is ended. */
  readonly roster: string;
  readonly role: string;
  readonly person: string | null;
  readonly deputy: string;
  readonly from: string;
  readonly to: string;
  readonly appointedBy: string;
  readonly endedAt: string | null;
};

/** Who signs in whose place (代). One row per deputyship. */
export const deputyView: View<DeputyRow, DeputyEvent> = defineView<DeputyRow, DeputyEvent>({
  name: 'deputy',
  shape: 1,
  columns: { roster: 'text', role: 'text', person: 'text', deputy: 'text', from: 'text', to: 'text', appointedBy: 'text', endedAt: 'text' },
  indexed: ['role', 'person', 'deputy', 'from'],
  key: (event) => (event.type === 'DeputyAppointed' || event.type === 'DeputyshipEnded' ? event.data.deputyship : null),
  fold(row, event) {
    switch (event.type) {
      case 'DeputyAppointed': {
        const { role, person, deputy, from, to, appointedBy } = event.data;
        return { roster: idOf(event.stream), role, person, deputy, from, to, appointedBy, endedAt: null };
      }
      case 'DeputyshipEnded': return row && { ...row, endedAt: event.recordedAt };
      default: return row;
    }
  },
});
