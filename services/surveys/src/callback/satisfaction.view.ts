import type { CallbackEvent, RatingLevel } from 'aftercare/contracts';
import { caseNumber } from 'aftercare/kernel';
import { defineView, type View } from 'aftercare/projections';

type Rating = RatingLevel | null;

export type SatisfactionRow = {
  readonly caseId: string;
  readonly number: string;
  readonly round: number;
  readonly customerId: string | null;
  readonly outcome: string;
  readonly timeliness: Rating;
  readonly attitude: Rating;
  readonly competence: Rating;
  /** The customer's rating of the result, beside `outcome`, which is the answer to "are you satisfied?". */
  readonly result: Rating;
  readonly calledBy: string;
  readonly recordedAt: string;
};

/** One row per round of a case, for the statistics (满意度). An unreachable customer is counted and rates nothing. */
export const satisfactionView: View<SatisfactionRow, CallbackEvent> = defineView<SatisfactionRow, CallbackEvent>({
  name: 'satisfaction',
  shape: 1,
  columns: {
    caseId: 'text', number: 'text', round: 'integer', customerId: 'text', outcome: 'text', timeliness: 'text', attitude: 'text',
    competence: 'text', result: 'text', calledBy: 'text', recordedAt: 'text',
  },
  indexed: ['recordedAt', 'outcome', 'caseId'],
  key: (event) => (event.type === 'SatisfactionRecorded' || event.type === 'CallbackAbandoned' ? `${event.data.caseId}.${event.data.round}` : null),
  fold(row, event) {
    if (event.type !== 'SatisfactionRecorded' && event.type !== 'CallbackAbandoned') return row;
    const { caseId, round, customerId } = event.data;
    const told = { caseId, number: caseNumber('CMP', caseId), round, customerId, calledBy: event.actor.id, recordedAt: event.recordedAt };
    if (event.type === 'CallbackAbandoned') {
      return { ...told, outcome: 'unreachable', timeliness: null, attitude: null, competence: null, result: null };
    }
    const { timeliness, attitude, competence, outcome: result } = event.data.ratings;
    return { ...told, outcome: event.data.outcome, timeliness, attitude, competence, result };
  },
});
