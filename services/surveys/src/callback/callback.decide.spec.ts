import type { CallbackEvent, CompleteCallback } from 'aftercare/contracts';
import { CASE_ID, everyPair, given, SUBJECT_ID } from 'aftercare/testing';
import type { CallbackCommand } from './callback.js';
import { callback } from './callback.decide.js';

const expectIt: CallbackCommand = {
  type: 'ExpectCallback', customerId: 'k-1', awareAt: '2026-03-10T01:00:00.000Z', subject: SUBJECT_ID, complainant: '王女士', phone: '13800000000',
};
const schedule = (round: number): CallbackCommand => ({ type: 'ScheduleCallback', round, communicatedAt: '2026-03-11T02:00:00.000Z' });
const call: CompleteCallback = {
  ratings: { timeliness: 'good', attitude: 'excellent', competence: 'fair', outcome: 'poor' }, outcome: 'dissatisfied', seconds: 180,
  prolongedByCustomer: false, remark: '还是坏的',
};
const complete = (more: Partial<CompleteCallback> = {}): CallbackCommand => ({ type: 'CompleteCallback', ...call, ...more });
const miss: CallbackCommand = { type: 'RecordAttempt', note: '无人接听' };
const withdraw: CallbackCommand = { type: 'WithdrawCallback' };

function after(...commands: readonly CallbackCommand[]): CallbackEvent[] {
  const history: CallbackEvent[] = [];
  for (const command of commands) {
    const then = given(callback, ...history).when(command);
    if (then.refused) throw new Error(`${command.type}: ${then.refused}`);
    history.push(...then.events as CallbackEvent[]);
  }
  return history;
}

describe('a callback', () => {
  it('P000-35 keeps whom to call from the registration on, sealed under the customer', () => {
    expect(given(callback).when(expectIt).events).toEqual([{
      type: 'CallbackExpected', data: { caseId: CASE_ID, round: 1, customerId: 'k-1', awareAt: '2026-03-10T01:00:00.000Z', subject: SUBJECT_ID },
      personal: { subject: SUBJECT_ID, fields: { complainant: '王女士', phone: '13800000000' } },
    }]);
  });

  it('P000-35 P000-36 is due once in every round; a round that had its turn changes nothing', () => {
    const second = after(expectIt, schedule(1), complete(), schedule(2));
    expect(given(callback, ...second).state.own).toMatchObject({ stage: 'scheduled', round: 2, attempts: 0 });
    expect(given(callback, ...second).when(schedule(2)).types).toEqual([]);
    expect(given(callback, ...second).when(schedule(1)).types).toEqual([]);
    expect(given(callback, ...after(expectIt, schedule(1), complete())).when(schedule(1)).types).toEqual([]);
  });

  it('P001A-39 P000-35 records four ratings and the answer of this round, and the words apart from them', () => {
    expect(given(callback, ...after(expectIt, schedule(1))).when(complete({ opened: true }))).toMatchObject({
      stage: 'completed',
      events: [
        { type: 'CallbackCompleted', data: { seconds: 180, prolongedByCustomer: false, opened: true, thanked: null } },
        {
          type: 'SatisfactionRecorded', data: { caseId: CASE_ID, round: 1, customerId: 'k-1', outcome: 'dissatisfied', ratings: call.ratings },
          personal: { subject: SUBJECT_ID, fields: { remark: '还是坏的' } },
        },
      ],
    });
  });

  it.each([
    [0, false, null], [180, false, null], [181, false, 'call-too-long'], [181, true, null], [3_600, true, null],
  ])('P001E-54 a call of %i seconds, prolonged by the customer: %s', (seconds, prolongedByCustomer, refused) => {
    const then = given(callback, ...after(expectIt, schedule(1))).when(complete({ seconds, prolongedByCustomer }));
    expect(then).toMatchObject({ refused, rule: refused && 'P001E-54', field: refused && 'seconds' });
  });

  it('P000-35 our reading: an unreachable customer is called three times, then the callback is abandoned', () => {
    const twice = after(expectIt, schedule(1), miss, miss);
    expect(given(callback, ...twice).state.own).toMatchObject({ stage: 'scheduled', attempts: 2 });
    const third = given(callback, ...twice).when(miss);
    expect(third).toMatchObject({ types: ['CallbackAttempted', 'CallbackAbandoned'], stage: 'abandoned' });
    expect(third.events[1]).toMatchObject({
      data: { caseId: CASE_ID, round: 1, customerId: 'k-1', attempts: 3 },
      policy: { id: 'example', rule: 'P000-35', inputs: { attempts: 3, maxAttempts: 3 }, outcome: 'abandoned' },
    });
  });

  it('P000-36 attempts are counted anew in the next round', () => {
    for (const second of [after(expectIt, schedule(1), miss, miss, complete(), schedule(2)), after(expectIt, schedule(1), miss, miss, schedule(2))]) {
      expect(given(callback, ...second).when(miss)).toMatchObject({ types: ['CallbackAttempted'], events: [{ data: { attempt: 1 } }] });
    }
  });
});

it('every stage and command: what is recorded, passed over or refused', () => {
  const stages = {
    none: [], expected: after(expectIt), scheduled: after(expectIt, schedule(1)), completed: after(expectIt, schedule(1), complete()),
    abandoned: after(expectIt, schedule(1), miss, miss, miss), withdrawn: after(expectIt, withdraw),
  };
  const refused = 'wrong-stage';
  const again = { ExpectCallback: 'nothing', ScheduleCallback: 'CallbackScheduled', RecordAttempt: refused, CompleteCallback: refused, WithdrawCallback: 'nothing' };
  expect(everyPair(callback, stages, [expectIt, schedule(2), miss, complete(), withdraw])).toEqual({
    none: { ...again, ExpectCallback: 'CallbackExpected', ScheduleCallback: refused },
    expected: { ...again, WithdrawCallback: 'CallbackWithdrawn' },
    scheduled: {
      ExpectCallback: 'nothing', ScheduleCallback: 'CallbackScheduled', RecordAttempt: 'CallbackAttempted',
      CompleteCallback: 'CallbackCompleted SatisfactionRecorded', WithdrawCallback: 'CallbackWithdrawn',
    },
    completed: again,
    abandoned: again,
    withdrawn: { ...again, ScheduleCallback: 'nothing' },
  });
});
