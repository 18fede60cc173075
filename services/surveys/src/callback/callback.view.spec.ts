import type { CallbackEvent } from 'aftercare/contracts';
import type { View } from 'aftercare/projections';
import { CASE_ID, NOW, recorded, SUBJECT_ID } from 'aftercare/testing';
import { callbackView } from './callback.view.js';
import { satisfactionView } from './satisfaction.view.js';

const ref = { caseId: CASE_ID, round: 1, customerId: 'k-1' };
const expected: CallbackEvent = {
  type: 'CallbackExpected', data: { ...ref, awareAt: '2026-03-10T01:00:00.000Z', subject: SUBJECT_ID },
  personal: { subject: SUBJECT_ID, fields: { phone: '13800000000' } },
};
const scheduled = (round: number): CallbackEvent => ({ type: 'CallbackScheduled', data: { caseId: CASE_ID, round, communicatedAt: NOW } });
const missed = (attempt: number): CallbackEvent => ({ type: 'CallbackAttempted', data: { attempt }, personal: { subject: SUBJECT_ID, fields: { note: '无人接听' } } });
const completed: CallbackEvent = { type: 'CallbackCompleted', data: { seconds: 60, prolongedByCustomer: false, opened: null, thanked: null } };
const ratings = { timeliness: 'good', attitude: 'excellent', competence: 'fair', outcome: 'poor' } as const;
const satisfaction = (round: number): CallbackEvent => ({ type: 'SatisfactionRecorded', data: { ...ref, round, outcome: 'dissatisfied', ratings } });
const abandoned: CallbackEvent = { type: 'CallbackAbandoned', data: { ...ref, round: 2, attempts: 3 } };

/** Every row of the view after these events of one stream. */
function rowsOf<R extends Record<string, never>>(view: View<never, CallbackEvent>, ...events: readonly CallbackEvent[]): Record<string, R> {
  const rows: Record<string, R> = {};
  for (const event of events.map((each) => recorded(`callback-${CASE_ID}`, each))) {
    const key = view.key(event);
    if (key === null) continue;
    const row = view.fold((rows[key] ?? null) as never, event);
    if (row) rows[key] = row;
  }
  return rows;
}

describe('the callback queue', () => {
  const queue = (...events: readonly CallbackEvent[]) => rowsOf(callbackView as unknown as View<never, CallbackEvent>, expected, ...events)[CASE_ID];

  it('P000-35 shows since when a call is due and whom to call, sealed', () => {
    expect(queue(scheduled(1))).toMatchObject({
      stage: 'scheduled', round: 1, communicatedAt: NOW, attempts: 0, personal: { fields: { phone: { s: SUBJECT_ID, c: '13800000000' } } },
    });
  });

  it('P000-35 keeps the contact whatever is noted later', () => {
    expect(queue(scheduled(1), missed(1), missed(2))).toMatchObject({ attempts: 2, personal: { fields: { phone: {} } } });
  });

  it.each([
    ['completed', completed], ['abandoned', abandoned], ['withdrawn', { type: 'CallbackWithdrawn', data: { why: 'case-closed' } }],
  ] as const)('P000-36 follows the callback to %s and into the next round', (stage, event) => {
    expect(queue(scheduled(1), missed(1), event)).toMatchObject({ stage });
    expect(queue(scheduled(1), missed(1), event, scheduled(2))).toMatchObject({ stage: 'scheduled', round: 2, attempts: 0 });
  });

  it('is not disturbed by streams of others', () => {
    expect(callbackView.key(recorded(`complaint-${CASE_ID}`, scheduled(1)))).toBeNull();
  });
});

it('P001A-39 P000-36 satisfaction has one row per round, and a customer nobody reached counts without ratings', () => {
  const rows = rowsOf(satisfactionView as unknown as View<never, CallbackEvent>, expected, scheduled(1), completed, satisfaction(1), scheduled(2), missed(3), abandoned);
  expect(rows).toMatchObject({
    [`${CASE_ID}.1`]: { round: 1, outcome: 'dissatisfied', timeliness: 'good', attitude: 'excellent', competence: 'fair', result: 'poor', calledBy: 'u-1' },
    [`${CASE_ID}.2`]: { round: 2, outcome: 'unreachable', timeliness: null, result: null },
  });
  expect(Object.keys(rows)).toHaveLength(2);
});
