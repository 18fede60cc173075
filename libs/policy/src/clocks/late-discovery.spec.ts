import type { DeadlineEvent } from 'aftercare/contracts';
import { calendar, plainYear } from '../calendars/testing/shanghai.js';
import { changed, days, ExampleCase, hours, notified, opened, plain, policyOf, recorded, shanghai, terms, workingDays } from './testing/example-case.js';

const CLOCK = 'P1/case.answer';
const fifteenDays = policyOf([terms({ span: days(15), escalate: [{ percent: 80, to: ['intake.administrator'] }], consequence: { zh: '罚款', en: 'a fine' } })]);

describe('what becomes known late', () => {
  it('entered ten days after awareness, a 15-day clock has five days left, not fifteen', () => {
    const late = new ExampleCase(fifteenDays);
    const events = late.record('2026-03-11 09:00', opened('2026-03-01 09:00'));
    expect(events[0]).toMatchObject({ data: { clocks: [{ from: shanghai('2026-03-01 09:00'), dueAt: shanghai('2026-03-16 09:00'), late: false }] } });
    // Half of the span passed before anybody could be warned: said at once, and said to be late.
    expect(events.slice(1)).toEqual([
      { type: 'DeadlineWarned', data: { clock: CLOCK, percent: 50, dueAt: shanghai('2026-03-16 09:00'), lateByMs: 2.5 * 86_400_000 } },
    ]);
    late.pause('2026-03-11 09:00');
    expect(late.state.clocks[CLOCK]?.paused).toMatchObject({ leftMs: 5 * 86_400_000 });
  });

  it('entered after the due time it is late, and the breach and who was to be called are recorded at once, each once; there is nothing left to warn of', () => {
    const late = new ExampleCase(fifteenDays);
    const events = late.record('2026-03-20 09:00', opened('2026-03-01 09:00'));
    expect(events[0]).toMatchObject({ data: { clocks: [{ late: true }] } });
    expect(recorded(events)).toEqual(['escalate intake.administrator', 'breach']);
    expect(events.at(-1)).toMatchObject({ type: 'DeadlineBreached', data: { lateByMs: 4 * 86_400_000, consequence: { zh: '罚款', en: 'a fine' } } });
    expect(recorded(late.note('2026-03-21 09:00', CLOCK))).toEqual([]);
    expect(late.state.clocks[CLOCK]).toMatchObject({ breached: true, warned: 0, escalatedTo: ['intake.administrator'], steps: [] });
  });

  it('entered just as it is due it is late already', () => {
    const late = new ExampleCase(fifteenDays);
    const events = late.record('2026-03-16 09:00', opened('2026-03-01 09:00'));
    expect(events[0]).toMatchObject({ data: { clocks: [{ late: true }] } });
    expect(recorded(events)).toEqual(['escalate intake.administrator', 'breach']);
  });

  it('answered after its time with nobody looking in between, the breach is recorded before the late answer', () => {
    const late = new ExampleCase(fifteenDays);
    late.record('2026-03-01 09:00', opened('2026-03-01 09:00'));
    const events = late.record('2026-03-16 10:00', plain('Answered'));
    expect(events).toEqual([
      expect.objectContaining({ type: 'DeadlineBreached', data: expect.objectContaining({ lateByMs: 3_600_000 }) }),
      { type: 'DeadlinesMet', data: { clocks: [{ clock: CLOCK, dueAt: shanghai('2026-03-16 09:00'), late: true, doneAt: null }] } },
    ]);
  });

  describe('done in time and entered afterwards', () => {
    const notice = policyOf([terms({ key: 'recall.notice', span: hours(4) })]);
    const told = (): ExampleCase => {
      const one = new ExampleCase(notice);
      one.record('2026-03-02 09:00', opened('2026-03-02 09:00'));
      return one;
    };

    it('is not late, and no breach is recorded for it', () => {
      expect(told().record('2026-03-02 14:00', notified('2026-03-02 13:00'))).toEqual([
        { type: 'DeadlinesMet', data: { clocks: [{ clock: 'P1/recall.notice', dueAt: shanghai('2026-03-02 13:00'), late: false, doneAt: shanghai('2026-03-02 13:00') }] } },
      ]);
    });
    it('leaves a breach that was recorded meanwhile where it is, and says beside it that it was done', () => {
      const one = told();
      expect(recorded(one.note('2026-03-02 13:30', 'P1/recall.notice'))).toContain('breach');
      expect(one.record('2026-03-02 14:00', notified('2026-03-02 12:59'))).toMatchObject([{ type: 'DeadlinesMet', data: { clocks: [{ late: false, doneAt: shanghai('2026-03-02 12:59') }] } }]);
    });
    it('done a minute too late is late by what was done; the breach says how long after its time it was noticed', () => {
      expect(told().record('2026-03-02 14:00', notified('2026-03-02 13:01'))).toMatchObject([
        { type: 'DeadlineBreached', data: { lateByMs: 3_600_000 } }, { type: 'DeadlinesMet', data: { clocks: [{ late: true, doneAt: shanghai('2026-03-02 13:01') }] } },
      ]);
    });
    it('stated to lie ahead, as the clocks of two machines allow, it is done by being recorded', () => {
      expect(told().record('2026-03-02 12:58', notified('2026-03-02 13:02')).at(-1)).toMatchObject({ type: 'DeadlinesMet', data: { clocks: [{ late: false, doneAt: null }] } });
    });
  });

  it('answered in the last millisecond it was met; withdrawn after its time it was missed', () => {
    const met = new ExampleCase(fifteenDays);
    met.record('2026-03-01 09:00', opened('2026-03-01 09:00'));
    expect(met.record('2026-03-16 09:00', plain('Answered'))).toMatchObject([{ type: 'DeadlinesMet', data: { clocks: [{ late: false }] } }]);
    const dropped = new ExampleCase(fifteenDays);
    dropped.record('2026-03-01 09:00', opened('2026-03-01 09:00'));
    expect(dropped.record('2026-03-17 09:00', plain('Withdrawn')).map(({ type }) => type)).toEqual(['DeadlineBreached', 'DeadlinesDropped']);
  });

  it('what was noticed in time is not late, and a look before the time records nothing', () => {
    const one = new ExampleCase(fifteenDays);
    one.record('2026-03-01 09:00', opened('2026-03-01 09:00'));
    expect(recorded(one.note('2026-03-08 20:59', CLOCK))).toEqual([]);
    expect(one.note('2026-03-08 21:00', CLOCK)).toEqual([expect.objectContaining({ data: expect.objectContaining({ percent: 50, lateByMs: 0 }) })]);
    expect(recorded(one.note('2026-03-08 21:00', CLOCK))).toEqual([]);
  });

  it('a sender that saw the instant pass is believed when the time of day was set back in between', () => {
    const one = new ExampleCase(fifteenDays);
    one.record('2026-03-01 09:00', opened('2026-03-01 09:00'));
    const events = one.send('2026-03-01 09:30', { type: 'NoteDueDeadlines', clock: CLOCK, by: shanghai('2026-03-16 09:00') });
    expect(recorded(events as never)).toEqual(['warn 50', 'warn 80', 'escalate intake.administrator', 'breach']);
    expect(recorded(one.note('2026-03-16 09:00', CLOCK))).toEqual([]);
  });

  it('a sender that saw an earlier instant pass has everything recorded that has come since', () => {
    const one = new ExampleCase(fifteenDays);
    one.record('2026-03-01 09:00', opened('2026-03-01 09:00'));
    const events = one.send('2026-03-16 09:00', { type: 'NoteDueDeadlines', clock: CLOCK, by: shanghai('2026-03-08 21:00') });
    expect(recorded(events as never)).toEqual(['warn 50', 'warn 80', 'escalate intake.administrator', 'breach']);
  });
});

describe('a year that nobody published', () => {
  const beyond = policyOf([terms({ span: workingDays(5), escalate: [{ percent: 100, to: ['intake.head'] }] })]);

  it('leaves the clock undetermined, with the year and who has to publish it, and nothing is ever due', () => {
    const one = new ExampleCase(beyond);
    const [set] = one.record('2028-12-28 09:00', opened('2028-12-28 09:00'));
    expect(set).toMatchObject({ data: { clocks: [{ dueAt: null, unpublishedYear: 2029, owner: 'registry.policy', steps: [], late: false }] } });
    expect(recorded(one.note('2030-01-01 09:00', CLOCK))).toEqual([]);
    expect(one.record('2028-12-29 09:00', plain('Answered')).at(-1)).toMatchObject({ type: 'DeadlinesMet', data: { clocks: [{ dueAt: null, late: false }] } });
  });

  it('is reckoned again once it is published, under the terms it was started with, and what is due by then is recorded', () => {
    const longer = terms({ span: workingDays(9) });
    const one = new ExampleCase(beyond);
    one.record('2028-12-28 09:00', opened('2028-12-28 09:00'));
    expect(one.send('2028-12-29 09:00', { type: 'ReckonDeadlines' })).toMatchObject({ refused: 'still-undetermined' });
    const published = calendar({ years: [plainYear(2028), plainYear(2029)] });
    one.under(policyOf([longer], published));
    expect(one.send('2029-01-02 09:00', { type: 'ReckonDeadlines' })).toMatchObject({ refused: 'still-undetermined' });
    one.under(policyOf([longer, terms({ span: workingDays(5) })], published));
    const events = one.send('2029-01-02 09:00', { type: 'ReckonDeadlines' }) as readonly DeadlineEvent[];
    expect(events[0]).toMatchObject({ type: 'DeadlinesRevised', data: { why: 'calendar-published', clocks: [{ wasDueAt: null, dueAt: shanghai('2029-01-04 09:00'), unpublishedYear: null, owner: null }] } });
    expect(recorded(events)).toEqual(['warn 50']);
    expect(recorded(one.note('2029-01-04 09:00', CLOCK))).toEqual(['warn 80', 'breach']);
    expect(one.send('2029-01-04 10:00', { type: 'ReckonDeadlines' })).toMatchObject({ refused: 'still-undetermined' });
  });

  it('leaves a single step without an instant when only that lies beyond it', () => {
    const one = new ExampleCase(policyOf([terms({ span: hours(4), escalate: [{ afterBreach: { value: 5, unit: 'working-day' }, to: ['intake.head'] }] })]));
    one.record('2028-12-29 09:00', opened('2028-12-29 09:00'));
    expect(one.state.clocks[CLOCK]?.steps.at(-1)).toEqual({ step: 'escalate.1', what: 'escalate', at: null, percent: null, after: { value: 5, unit: 'working-day' }, to: ['intake.head'] });
    expect(recorded(one.note('2029-06-01 09:00', CLOCK))).toEqual(['warn 50', 'warn 80', 'breach']);
  });
});

describe('the escalation chain', () => {
  const chain = policyOf([terms({
    span: hours(24), warn: [80, 50, 100],
    escalate: [{ percent: 100, to: ['intake.administrator'] }, { afterBreach: { value: 24, unit: 'hour' }, to: ['intake.head'] }, { afterBreach: { value: 1, unit: 'working-day' }, to: ['quality.head'] }],
  })]);

  it('calls its roles in order, each once, and goes on after the breach', () => {
    const one = new ExampleCase(chain);
    one.record('2026-03-12 09:00', opened('2026-03-12 09:00'));
    expect(recorded(one.note('2026-03-13 09:00', CLOCK))).toEqual(['warn 50', 'warn 80', 'breach', 'escalate intake.administrator']);
    expect(one.state.clocks[CLOCK]?.steps.map(({ step, at }) => [step, at])).toEqual([
      ['escalate.2', shanghai('2026-03-14 09:00')], ['escalate.3', shanghai('2026-03-16 09:00')],
    ]);
    expect(one.note('2026-03-14 09:00', CLOCK)).toEqual([{ type: 'DeadlineEscalated', data: {
      clock: CLOCK, step: 'escalate.2', to: ['intake.head'], dueAt: shanghai('2026-03-13 09:00'), lateByMs: 0, policy: 'P1@1', rule: 'P1-01',
    } }]);
    expect(recorded(one.note('2026-03-16 09:00', CLOCK))).toEqual(['escalate quality.head']);
  });

  it('warns once of a share that is named twice, names a role once that is called twice, and counts hours of work after the breach', () => {
    const one = new ExampleCase(policyOf([terms({
      span: hours(24), warn: [50, 50], escalate: [{ percent: 100, to: ['intake.head'] }, { afterBreach: { value: 2, unit: 'working-hour' }, to: ['intake.head'] }],
    })]));
    one.record('2026-03-12 17:00', opened('2026-03-12 17:00'));
    expect(one.state.clocks[CLOCK]?.steps.at(-1)?.at).toBe(shanghai('2026-03-16 10:00'));
    expect(recorded(one.note('2026-03-16 10:00', CLOCK))).toEqual(['warn 50', 'breach', 'escalate intake.head', 'escalate intake.head']);
    expect(one.state.clocks[CLOCK]?.escalatedTo).toEqual(['intake.head']);
  });

  it('nobody is called for what was done', () => {
    const one = new ExampleCase(chain);
    one.record('2026-03-12 09:00', opened('2026-03-12 09:00'));
    one.note('2026-03-13 09:00', CLOCK);
    one.record('2026-03-13 10:00', plain('Answered'));
    expect(recorded(one.note('2026-03-20 09:00', CLOCK))).toEqual([]);
    expect(one.record('2026-03-20 09:00', changed({}))).toEqual([]);
  });
});

describe('a promise', () => {
  const borrowing = policyOf([terms({ key: 'case.promise', span: hours(1), warn: [50], escalate: [{ percent: 100, to: ['intake.head'] }] })]);
  const promised = (dueAt: string) => ({ type: 'Promised', data: { dueAt: shanghai(dueAt) } }) as const;

  it('is due when it was promised, warns like the clock it borrows from, and cannot be paused', () => {
    const one = new ExampleCase(borrowing);
    one.record('2026-03-11 09:00', promised('2026-03-13 09:00'));
    expect(one.state.clocks['promise/answer']).toMatchObject({ dueAt: shanghai('2026-03-13 09:00'), rule: 'X-1', span: null });
    expect(one.pause('2026-03-11 10:00')).toMatchObject({ refused: 'nothing-to-pause' });
    expect(recorded(one.note('2026-03-12 09:00', 'promise/answer'))).toEqual(['warn 50']);
    expect(recorded(one.note('2026-03-13 09:00', 'promise/answer'))).toEqual(['breach', 'escalate intake.head']);
  });

  it('gives way to a new promise, with warnings of its own', () => {
    const one = new ExampleCase(borrowing);
    one.record('2026-03-11 09:00', promised('2026-03-13 09:00'));
    expect(one.record('2026-03-12 10:00', promised('2026-03-20 10:00')).map(({ type }) => type)).toEqual(['DeadlinesDropped', 'DeadlinesSet']);
    expect(recorded(one.note('2026-03-13 09:00', 'promise/answer'))).toEqual([]);
    expect(recorded(one.note('2026-03-16 10:00', 'promise/answer'))).toEqual(['warn 50']);
  });

  it('without a clock to borrow from it is only due', () => {
    const one = new ExampleCase(policyOf([]));
    one.record('2026-03-11 09:00', promised('2026-03-13 09:00'));
    expect(recorded(one.note('2026-03-14 09:00', 'promise/answer'))).toEqual(['breach']);
    const over = new ExampleCase(policyOf([]));
    const events = over.record('2026-03-14 09:00', promised('2026-03-13 09:00'));
    expect(events).toMatchObject([{ type: 'DeadlinesSet', data: { clocks: [{ late: true }] } }, { type: 'DeadlineBreached', data: { lateByMs: 86_400_000 } }]);
  });
});
