import { changed, days, ExampleCase, hours, opened, plain, policyOf, recorded, shanghai, terms, workingDays, workingHours } from './testing/example-case.js';

const CLOCK = 'P1/case.answer';
const tenHours = policyOf([terms({ span: hours(10), escalate: [{ percent: 100, to: ['intake.head'] }] })]);

describe('a pause', () => {
  it('moves the due time and what comes before it by as long as it lasted', () => {
    const one = new ExampleCase(tenHours);
    one.record('2026-03-11 08:00', opened('2026-03-11 08:00'));
    one.note('2026-03-11 13:00', CLOCK);
    expect(one.pause('2026-03-11 14:00')).toMatchObject([{ data: { clocks: [{ leftMs: 4 * 3_600_000, by: 'wall-clock' }] } }]);
    expect(one.resume('2026-03-12 14:00')).toEqual([{ type: 'DeadlinesResumed', data: { at: shanghai('2026-03-12 14:00'), clocks: [expect.objectContaining({ clock: CLOCK, dueAt: shanghai('2026-03-12 18:00') })] } }]);
    expect(one.state.clocks[CLOCK]?.steps.map(({ step, at }) => [step, at])).toEqual([
      ['warn.80', shanghai('2026-03-12 16:00')], ['breach', shanghai('2026-03-12 18:00')], ['escalate.1', shanghai('2026-03-12 18:00')],
    ]);
    expect(recorded(one.note('2026-03-12 18:00', CLOCK))).toEqual(['warn 80', 'breach', 'escalate intake.head']);
    expect(recorded(one.log)).toEqual(['warn 50', 'warn 80', 'breach', 'escalate intake.head']);
  });

  it('at the very start takes nothing, nor does a second one', () => {
    const one = new ExampleCase(tenHours);
    one.record('2026-03-11 08:00', opened('2026-03-11 08:00'));
    one.pause('2026-03-11 08:00');
    one.resume('2026-03-11 20:00');
    expect(one.due(CLOCK)).toBe(shanghai('2026-03-12 06:00'));
    one.pause('2026-03-11 21:00');
    one.resume('2026-03-11 23:00');
    expect(one.due(CLOCK)).toBe(shanghai('2026-03-12 08:00'));
  });

  it('counts by the calendar of the clock: a pause over the weekend is none for working hours', () => {
    const one = new ExampleCase(policyOf([terms({ span: workingHours(8) })]));
    one.record('2026-03-13 15:00', opened('2026-03-13 15:00'));
    const due = one.due(CLOCK);
    one.pause('2026-03-13 18:00');
    one.resume('2026-03-16 09:00');
    expect(one.due(CLOCK)).toBe(due);
    one.pause('2026-03-16 09:00');
    one.resume('2026-03-16 15:00');
    // Five hours are left: three until the evening, two of the next day.
    expect([due, one.due(CLOCK)]).toEqual([shanghai('2026-03-16 15:30'), shanghai('2026-03-17 11:00')]);
  });

  it('does not hide what was due before it, and what is missed is not paused', () => {
    const one = new ExampleCase(tenHours);
    one.record('2026-03-11 08:00', opened('2026-03-11 08:00'));
    expect(recorded(one.pause('2026-03-11 18:00') as never)).toEqual(['warn 50', 'warn 80', 'breach', 'escalate intake.head']);
    expect(one.state.clocks[CLOCK]?.paused).toBeNull();
    expect(one.pause('2026-03-11 19:00')).toMatchObject({ refused: 'nothing-to-pause' });
  });

  it('ends where it began when the time of day was set back meanwhile', () => {
    const one = new ExampleCase(tenHours);
    one.record('2026-03-11 08:00', opened('2026-03-11 08:00'));
    one.pause('2026-03-11 12:00');
    one.resume('2026-03-11 09:00');
    expect(one.due(CLOCK)).toBe(shanghai('2026-03-11 18:00'));
    one.pause('2026-03-11 12:00');
    expect(one.state.clocks[CLOCK]?.paused?.leftMs).toBe(6 * 3_600_000);
  });

  it('before the start, which a stated time a little ahead allows, takes nothing and counts nothing', () => {
    const one = new ExampleCase(tenHours);
    one.record('2026-03-11 09:00', opened('2026-03-11 10:00'));
    expect(one.pause('2026-03-11 09:10')).toMatchObject([{ data: { clocks: [{ leftMs: 10 * 3_600_000 }] } }]);
    one.resume('2026-03-11 09:20');
    one.pause('2026-03-11 12:00');
    one.resume('2026-03-11 13:00');
    // Two of ten hours had run when the second pause began.
    expect(one.due(CLOCK)).toBe(shanghai('2026-03-11 21:00'));
  });

  it('goes on while the case is answered: what waits is not late', () => {
    const one = new ExampleCase(tenHours);
    one.record('2026-03-11 08:00', opened('2026-03-11 08:00'));
    one.pause('2026-03-11 14:00');
    expect(one.record('2026-03-13 09:00', plain('Answered'))).toMatchObject([{ type: 'DeadlinesMet', data: { clocks: [{ clock: CLOCK, late: false }] } }]);
  });

  it('does not stop a lead time: the instant it refers to does not wait', () => {
    const renewal = new ExampleCase(policyOf([terms({ span: { value: 1, unit: 'month', calendar: 'lead-time' } })]));
    renewal.record('2026-03-11 09:00', opened('2026-05-20 09:00'));
    expect(renewal.pause('2026-03-12 09:00')).toMatchObject({ refused: 'nothing-to-pause' });
  });

  it('is refused where nothing runs, and so is going on where nothing is paused', () => {
    const one = new ExampleCase(tenHours);
    expect(one.pause('2026-03-11 08:00')).toMatchObject({ refused: 'nothing-to-pause' });
    one.record('2026-03-11 08:00', opened('2026-03-11 08:00'));
    expect(one.resume('2026-03-11 08:00')).toMatchObject({ refused: 'nothing-to-resume' });
    one.pause('2026-03-11 08:00');
    expect(one.pause('2026-03-11 09:00')).toMatchObject({ refused: 'nothing-to-pause' });
  });
});

describe('a change of facts', () => {
  const byPriority = policyOf([
    terms({ span: hours(24), when: { priority: ['usual'] }, escalate: [{ percent: 100, to: ['intake.administrator'] }] }),
    terms({ span: hours(10), when: { priority: ['urgent'] }, rule: 'P1-02', escalate: [{ percent: 100, to: ['intake.head'] }] }),
  ]);
  const started = () => {
    const one = new ExampleCase(byPriority);
    one.record('2026-03-11 08:00', opened('2026-03-11 08:00', { priority: 'usual' }));
    return one;
  };

  it('asks the terms again: the new span counts from the old start, and the old due time stays on record', () => {
    const one = started();
    expect(one.record('2026-03-11 12:00', changed({ priority: 'urgent' }))).toMatchObject([{
      type: 'DeadlinesRevised', data: { why: 'FactsChanged', clocks: [{ was: CLOCK, clock: CLOCK, wasDueAt: shanghai('2026-03-12 08:00'), dueAt: shanghai('2026-03-11 18:00'), rule: 'P1-02', leftMs: null, late: false }] },
    }]);
    expect(recorded(one.note('2026-03-11 18:00', CLOCK))).toEqual(['warn 50', 'warn 80', 'breach', 'escalate intake.head']);
  });

  it('while the clock is paused keeps what it has counted: six of ten hours are left, not ten and not none', () => {
    const one = started();
    one.pause('2026-03-11 12:00');
    expect(one.record('2026-03-13 09:00', changed({ priority: 'urgent' }))).toMatchObject([{ type: 'DeadlinesRevised', data: { clocks: [{ leftMs: 6 * 3_600_000, late: false }] } }]);
    expect(recorded(one.note('2026-03-20 09:00', CLOCK))).toEqual([]);
    one.resume('2026-03-13 20:00');
    expect(one.due(CLOCK)).toBe(shanghai('2026-03-14 02:00'));
    one.record('2026-03-13 21:00', changed({ priority: 'usual' }));
    // Five hours were counted in all; nineteen of twenty-four are left.
    expect(one.due(CLOCK)).toBe(shanghai('2026-03-14 16:00'));
  });

  it('records a breach under the old terms before longer ones hide it, and a breach under the new ones at once', () => {
    const eased = new ExampleCase(byPriority);
    eased.record('2026-03-11 08:00', opened('2026-03-11 08:00', { priority: 'urgent' }));
    const events = eased.record('2026-03-11 20:00', changed({ priority: 'usual' }));
    expect(recorded(events)).toEqual(['warn 50', 'warn 80', 'breach', 'escalate intake.head']);
    expect(events.at(-1)?.type).toBe('DeadlinesRevised');
    const hurried = started();
    const after = hurried.record('2026-03-11 19:00', changed({ priority: 'urgent' }));
    expect(after[0]).toMatchObject({ type: 'DeadlinesRevised', data: { clocks: [{ late: true }] } });
    expect(recorded(after)).toEqual(['warn 50', 'warn 80', 'breach', 'escalate intake.head']);
  });

  it('does not repeat a step that was taken', () => {
    const one = started();
    one.note('2026-03-11 20:00', CLOCK);
    one.record('2026-03-11 20:00', changed({ priority: 'urgent' }));
    expect(recorded(one.log)).toEqual(['warn 50', 'warn 80', 'breach', 'escalate intake.head']);
  });

  it('that makes a fact unknown ends nothing; one that rules the clause out drops it', () => {
    const one = started();
    expect(one.record('2026-03-11 12:00', changed({ priority: null }))).toEqual([]);
    expect(one.due(CLOCK)).toBe(shanghai('2026-03-12 08:00'));
    expect(one.record('2026-03-11 12:00', changed({ priority: 'none' }))).toEqual([{ type: 'DeadlinesDropped', data: { clocks: [CLOCK], why: 'FactsChanged' } }]);
  });

  it('that changes nothing records nothing', () => {
    expect(started().record('2026-03-11 12:00', changed({ priority: 'usual' }))).toEqual([]);
  });

  it('corrects the start: what was known earlier is due earlier', () => {
    const one = started();
    one.record('2026-03-11 12:00', changed({ priority: 'usual', awareAt: shanghai('2026-03-10 20:00') }));
    expect(one.due(CLOCK)).toBe(shanghai('2026-03-11 20:00'));
    one.pause('2026-03-11 12:00');
    one.record('2026-03-11 13:00', changed({ priority: 'usual', awareAt: shanghai('2026-03-10 22:00') }));
    expect(one.state.clocks[CLOCK]?.paused?.leftMs).toBe(10 * 3_600_000);
    one.resume('2026-03-11 14:00');
    expect(one.due(CLOCK)).toBe(shanghai('2026-03-12 00:00'));
  });

  it('to a span shorter than what was counted leaves nothing of a clock that waits, which is not late while it does', () => {
    const one = started();
    one.pause('2026-03-11 20:00');
    expect(one.record('2026-03-11 21:00', changed({ priority: 'urgent' }))).toMatchObject([{ data: { clocks: [{ leftMs: 0, late: false }] } }]);
  });

  it('to a span that was used up just as a pause began is due when it began', () => {
    const one = started();
    one.pause('2026-03-11 18:00');
    one.resume('2026-03-11 20:00');
    one.record('2026-03-11 21:00', changed({ priority: 'urgent' }));
    expect(one.due(CLOCK)).toBe(shanghai('2026-03-11 18:00'));
  });

  it('and back again in one decision leaves the terms as they were', () => {
    const one = started();
    one.record('2026-03-11 12:00', changed({ priority: 'urgent' }), changed({ priority: 'usual' }));
    expect([one.due(CLOCK), one.state.clocks[CLOCK]?.rule]).toEqual([shanghai('2026-03-12 08:00'), 'P1-01']);
  });

  it('or the end of a case in the decision that opens it leaves no clock behind, and none that was dropped', () => {
    const ruledOut = new ExampleCase(byPriority);
    expect(ruledOut.record('2026-03-11 08:00', opened('2026-03-11 08:00', { priority: 'usual' }), changed({ priority: 'none' }))).toEqual([]);
    const withdrawn = new ExampleCase(byPriority);
    expect(withdrawn.record('2026-03-11 08:00', opened('2026-03-11 08:00', { priority: 'usual' }), plain('Withdrawn'))).toEqual([]);
  });

  it('ends no clock of a pack that is adopted no more', () => {
    const one = started().under(policyOf([]));
    expect(one.record('2026-03-11 12:00', changed({ priority: 'none' }))).toEqual([]);
    expect(one.due(CLOCK)).toBe(shanghai('2026-03-12 08:00'));
  });

  it('drops a clock as soon as one fact rules it out, whatever else is unknown', () => {
    const one = new ExampleCase(policyOf([terms({ span: hours(24), when: { recallClass: ['1'], priority: ['usual'] } })]));
    one.record('2026-03-11 08:00', opened('2026-03-11 08:00', { priority: 'usual', recallClass: '1' }));
    expect(one.record('2026-03-11 09:00', changed({ priority: 'none' }))).toMatchObject([{ type: 'DeadlinesDropped' }]);
  });

  it('measures what was counted by the calendar of the new terms', () => {
    const one = new ExampleCase(policyOf([terms({ span: days(10), when: { priority: ['usual'] } }), terms({ span: workingDays(3), when: { priority: ['urgent'] } })]));
    one.record('2026-03-13 12:00', opened('2026-03-13 12:00', { priority: 'usual' }));
    one.pause('2026-03-16 12:00');
    one.record('2026-03-16 12:00', changed({ priority: 'urgent' }));
    // Friday noon to Monday noon: three days on the wall, one working day.
    expect(one.state.clocks[CLOCK]?.paused).toMatchObject({ leftMs: 2 * 86_400_000, by: 'working-days' });
    one.resume('2026-03-16 12:00');
    expect(one.due(CLOCK)).toBe(shanghai('2026-03-18 12:00'));
  });

  it('lets the urgent span of the same pack take over the usual one with what it has counted', () => {
    const one = new ExampleCase(policyOf([
      terms({ key: 'case.usual', span: hours(24), when: { priority: ['usual'] } }), terms({ key: 'case.urgent', span: hours(10), when: { priority: ['urgent'] } }),
    ]));
    one.record('2026-03-11 08:00', opened('2026-03-11 08:00', { priority: 'usual' }));
    one.pause('2026-03-11 12:00');
    one.record('2026-03-11 18:00', changed({ priority: 'urgent' }));
    expect(Object.keys(one.state.clocks)).toEqual(['P1/case.urgent']);
    one.resume('2026-03-11 20:00');
    expect(one.due('P1/case.urgent')).toBe(shanghai('2026-03-12 02:00'));
  });
});
