import type { DeadlineEvent } from 'aftercare/contracts';
import { calendar, plainYear, publishedYears } from '../calendars/testing/shanghai.js';
import { changed, ExampleCase, opened, policyOf, recorded, shanghai, terms, workingDays } from './testing/example-case.js';

const CLOCK = 'P1/case.answer';
const five = [terms({ span: workingDays(5), escalate: [{ percent: 100, to: ['intake.head'] }] })];
const unpublished = policyOf(five, calendar({ years: publishedYears() }));
const published = policyOf(five, calendar({ years: [...publishedYears(), plainYear(2027)] }));
const reckon = (one: ExampleCase, at: string): readonly DeadlineEvent[] => one.send(at, { type: 'ReckonDeadlines' }) as readonly DeadlineEvent[];

/** Five working days from 30 December on, in a year whose successor nobody has published. */
function started(under = unpublished): ExampleCase {
  const one = new ExampleCase(under);
  one.record('2026-12-30 09:00', opened('2026-12-30 09:00'));
  return one;
}

describe('a pause while nobody can reckon the due time', () => {
  it.each(['2026-12-30 09:00', '2026-12-30 15:00', '2026-12-31 10:00'])('from %s to 20 January is not counted: due as if the year had been known', (from) => {
    const known = started(published);
    known.pause(from);
    known.resume('2027-01-20 09:00');
    const one = started();
    expect(one.pause(from)).toEqual([{ type: 'DeadlinesPaused', data: { at: shanghai(from), clocks: [{ clock: CLOCK, leftMs: null, by: 'working-days' }], why: 'waiting-for-customer' } }]);
    one.resume('2027-01-20 09:00');
    expect(one.state.clocks[CLOCK]).toMatchObject({ dueAt: null, unpublishedYear: 2027, paused: null });
    one.under(published);
    expect(recorded(reckon(one, '2027-01-20 10:00'))).toEqual(recorded(known.note('2027-01-20 10:00', CLOCK)));
    expect(one.due(CLOCK)).toBe(known.due(CLOCK));
    if (from === '2026-12-30 09:00') expect(one.due(CLOCK)).toBe(shanghai('2027-01-27 09:00'));
    expect(recorded(one.note('2027-01-28 09:00', CLOCK))).toEqual(recorded(known.note('2027-01-28 09:00', CLOCK)));
    expect(recorded(one.log)).toEqual(['warn 50', 'warn 80', 'breach', 'escalate intake.head']);
  });

  it('knows what is left once the year is published, goes on waiting, and has the rest of its time afterwards', () => {
    const one = started();
    one.pause('2026-12-31 09:00');
    one.under(published);
    expect(reckon(one, '2027-01-15 09:00')).toMatchObject([{ type: 'DeadlinesRevised', data: { clocks: [{ leftMs: 4 * 86_400_000, dueAt: shanghai('2027-01-21 09:00'), late: false }] } }]);
    expect(recorded(one.note('2027-01-19 09:00', CLOCK))).toEqual([]);
    expect(one.state.clocks[CLOCK]?.paused).toMatchObject({ at: shanghai('2026-12-31 09:00') });
    one.resume('2027-01-20 09:00');
    expect(one.due(CLOCK)).toBe(shanghai('2027-01-26 09:00'));
    expect(recorded(one.note('2027-01-26 09:00', CLOCK))).toEqual(['warn 50', 'warn 80', 'breach', 'escalate intake.head']);
  });

  it('that began after what nobody knew to be the due time leaves nothing, and is late for nothing while it lasts', () => {
    const one = started();
    one.pause('2027-02-01 09:00');
    one.under(published);
    const events = reckon(one, '2027-02-03 09:00');
    expect(events).toMatchObject([{ type: 'DeadlinesRevised', data: { clocks: [{ leftMs: 0, late: false }] } }]);
    one.resume('2027-02-04 09:00');
    expect(recorded(one.note('2027-02-04 09:00', CLOCK))).toEqual(['warn 50', 'warn 80', 'breach', 'escalate intake.head']);
  });

  it('ended after the year was published, has its steps again without anybody reckoning', () => {
    const one = started();
    one.pause('2026-12-30 09:00');
    one.under(published).resume('2027-01-20 09:00');
    expect(one.due(CLOCK)).toBe(shanghai('2027-01-27 09:00'));
    expect(recorded(one.note('2027-01-27 09:00', CLOCK))).toEqual(['warn 50', 'warn 80', 'breach', 'escalate intake.head']);
  });

  it('is one: a second is refused, and a regulatory clock has none', () => {
    const one = started();
    one.pause('2026-12-30 09:00');
    expect(one.pause('2026-12-30 10:00')).toMatchObject({ refused: 'nothing-to-pause' });
    const law = new ExampleCase(policyOf([terms({ span: workingDays(5), nature: 'regulatory' })], calendar({ years: publishedYears() })));
    law.record('2026-12-30 09:00', opened('2026-12-30 09:00'));
    expect(law.pause('2026-12-30 10:00')).toMatchObject({ refused: 'nothing-to-pause' });
  });
});

describe('the due time that is reckoned once its year is published', () => {
  const DUE = '2027-01-06 09:00';

  it.each<[string, boolean, readonly string[]]>([['2027-01-06 08:59', false, ['warn 50', 'warn 80']], [DUE, true, ['warn 50', 'warn 80', 'breach', 'escalate intake.head']]])('at %s is late: %j', (at, late, steps) => {
    const one = started().under(published);
    const events = reckon(one, at);
    expect(events[0]).toMatchObject({ data: { clocks: [{ dueAt: shanghai(DUE), late }] } });
    expect(recorded(events)).toEqual(steps);
  });

  it('is that of the terms that the clock was started under: not of another version, rule, span or pack', () => {
    const one = started();
    const [own] = five;
    if (!own) throw new Error('no terms');
    for (const other of [{ version: '2' }, { rule: 'P1-02' }, { span: workingDays(6) }, { pack: 'P2' }]) {
      one.under(policyOf([{ ...own, ...other }], calendar({ years: [...publishedYears(), plainYear(2027)] })));
      expect(reckon(one, '2027-01-04 09:00')).toMatchObject({ refused: 'still-undetermined' });
    }
    one.under(published);
    expect(reckon(one, '2027-01-04 09:00')).toMatchObject([{ type: 'DeadlinesRevised' }, { type: 'DeadlineWarned' }]);
  });

  it('does not repeat a step that was taken before a change of facts led beyond the published years', () => {
    const longer = terms({ span: workingDays(200), when: { priority: ['long'] } });
    const short = terms({ span: workingDays(2), when: { priority: ['short'] } });
    const one = new ExampleCase(policyOf([short, longer], calendar({ years: publishedYears() })));
    one.record('2026-12-28 09:00', opened('2026-12-28 09:00', { priority: 'short' }));
    expect(recorded(one.note('2026-12-29 09:00', CLOCK))).toEqual(['warn 50']);
    one.record('2026-12-29 10:00', changed({ priority: 'long' }));
    expect(one.due(CLOCK)).toBeNull();
    one.under(policyOf([short, longer], calendar({ years: [...publishedYears(), plainYear(2027)] })));
    expect(recorded(reckon(one, '2027-12-01 09:00'))).toEqual(['warn 80', 'breach']);
  });
});
