import type { AllowanceEvent } from 'aftercare/contracts';
import { idOf } from 'aftercare/kernel';
import { defineView, type View } from 'aftercare/projections';

export type AllowanceRow = {
  readonly person: string;
  /** `YYYY-MM`. */
  readonly period: string;
  /** Minor units (分), of what was signed in the month and came to something. */
  readonly taken: number;
  /** Of the last signature; null after a release only. */
  readonly limit: number | null;
  readonly refused: number;
  readonly since: string;
};

/** What everybody signed for, month by month (审批额度). */
export const allowanceView: View<AllowanceRow, AllowanceEvent> = defineView<AllowanceRow, AllowanceEvent>({
  name: 'allowance',
  shape: 1,
  columns: { person: 'text', period: 'text', taken: 'integer', limit: 'integer', refused: 'integer', since: 'text' },
  indexed: ['person', 'period', 'since'],
  key: (event) => (event.stream.startsWith('allowance-') ? idOf(event.stream) : null),
  fold(row, event) {
    if (event.type !== 'AllowanceTaken' && event.type !== 'AllowanceExceeded' && event.type !== 'AllowanceReleased') return row;
    const { person, period } = event.data;
    const before = row ?? { person, period, taken: 0, limit: null, refused: 0 };
    const since = event.recordedAt;
    switch (event.type) {
      case 'AllowanceTaken': return { ...before, since, taken: event.data.taken.minor, limit: event.data.limit.minor };
      case 'AllowanceExceeded': return { ...before, since, limit: event.data.limit.minor, refused: before.refused + 1 };
      case 'AllowanceReleased': return { ...before, since, taken: before.taken - event.data.amount.minor };
    }
  },
});
