import { Driven, onlyClock, shanghai, SUBJECT_ID } from 'aftercare/testing';
import type { CallbackCommand } from './callback.js';
import { callback } from './callback.decide.js';

const CLOCK = 'ours/callback.after_resolution';
const expectIt: CallbackCommand = {
  type: 'ExpectCallback', customerId: 'k-1', awareAt: shanghai('2026-03-10 09:00'), subject: SUBJECT_ID, complainant: '王女士', phone: '13800000000',
};
const schedule = (round: number, told: string): CallbackCommand => ({ type: 'ScheduleCallback', round, communicatedAt: shanghai(told) });
const complete: CallbackCommand = {
  type: 'CompleteCallback', ratings: { timeliness: 'good', attitude: 'good', competence: 'good', outcome: 'poor' }, outcome: 'dissatisfied', seconds: 60,
  prolongedByCustomer: false, remark: '还是坏的',
};
const missed: CallbackCommand = { type: 'RecordAttempt', note: '无人接听' };

/** Told on the 11th at ten; the department hears of it an hour later. */
const scheduled = (policy = onlyClock('callback.after_resolution')) => {
  const one = new Driven(callback, { policy });
  one.send('2026-03-10 09:00', expectIt);
  one.send('2026-03-11 11:00', schedule(1, '2026-03-11 10:00'));
  return one;
};

describe('the clock of a callback, where a company fills it', () => {
  it('P000-35 counts from the moment the customer was told, and the call meets it', () => {
    const one = scheduled();
    expect(one.due(CLOCK)).toBe('2026-03-12 10:00');
    expect(one.send('2026-03-12 09:00', complete)).toMatchObject([{ type: 'DeadlinesMet', data: { clocks: [{ clock: CLOCK, late: false }] } }]);
  });

  it('P000-36 counts anew in the next round', () => {
    const one = scheduled();
    one.send('2026-03-12 09:00', complete);
    one.send('2026-03-16 09:00', schedule(2, '2026-03-16 08:00'));
    expect(one.due(CLOCK)).toBe('2026-03-17 08:00');
    // Told of a third round before the second was called: the call that is due is the one for the last outcome.
    expect(one.send('2026-03-16 12:00', schedule(3, '2026-03-16 12:00'))).toMatchObject([
      { type: 'DeadlinesDropped', data: { clocks: [CLOCK] } }, { type: 'DeadlinesSet', data: { clocks: [{ clock: CLOCK, dueAt: shanghai('2026-03-17 12:00') }] } },
    ]);
  });

  it.each<[string, readonly CallbackCommand[]]>([['is withdrawn', [{ type: 'WithdrawCallback' }]], ['reached nobody so often as the policy wants', [missed, missed, missed]]])(
    'P000-35 ends without a breach where the callback %s', (_, commands) => {
      const one = scheduled();
      for (const command of commands) one.send('2026-03-11 12:00', command);
      expect(one.running()).toEqual({});
      expect(one.log.map(({ type }) => type)).toContain('DeadlinesDropped');
    });

  it('the example company calls within three working days, whatever lies between', () => {
    const one = new Driven(callback);
    one.send('2026-03-10 09:00', expectIt);
    one.send('2026-03-13 11:00', schedule(1, '2026-03-13 10:00'));
    expect(one.running()).toEqual({ 'example/callback.after_resolution': '2026-03-18 10:00' });
  });
});
