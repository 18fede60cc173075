import { changed, days, ExampleCase, hours, opened, plain, policyOf, recorded, shanghai, terms, workingDays } from './testing/example-case.js';

const NOTICE = { key: 'recall.notice', nature: 'regulatory', pausable: false } as const;
const recall = policyOf([
  terms({ ...NOTICE, pack: 'CN-DEVICE-RECALL-2017', span: days(3), when: { recallClass: ['2'] }, rule: 'CN-DEVICE-RECALL-2017 第十八条' }),
  terms({ ...NOTICE, pack: 'CN-DEVICE-RECALL-2017', span: days(1), when: { recallClass: ['1'] } }),
  terms({ pack: 'CN-DEVICE-RECALL-2017', key: 'recall.evaluation', span: workingDays(5), nature: 'regulatory', pausable: false }),
  terms({ ...NOTICE, pack: 'P002C', nature: 'service', pausable: true, span: hours(24) }),
]);

describe('clocks of several packs on one case', () => {
  it('a device recall of class II has 3 calendar days and 5 working days at once, each counted by its own calendar', () => {
    const recalled = new ExampleCase(recall);
    const [set] = recalled.record('2026-09-18 17:00', opened('2026-09-18 17:00', { recallClass: '2' }));
    expect(recalled.due('CN-DEVICE-RECALL-2017/recall.notice')).toBe(shanghai('2026-09-21 17:00'));
    // Friday 18; Sunday 20 is worked, Friday 25 is the Mid-Autumn holiday.
    expect(recalled.due('CN-DEVICE-RECALL-2017/recall.evaluation')).toBe(shanghai('2026-09-24 17:00'));
    expect(recalled.due('P002C/recall.notice')).toBe(shanghai('2026-09-19 17:00'));
    expect(set).toMatchObject({ type: 'DeadlinesSet', data: { clocks: [
      { clock: 'CN-DEVICE-RECALL-2017/recall.notice', nature: 'regulatory', pausable: false, from: shanghai('2026-09-18 17:00'), rule: 'CN-DEVICE-RECALL-2017 第十八条' },
      { clock: 'P002C/recall.notice', nature: 'service' }, { clock: 'CN-DEVICE-RECALL-2017/recall.evaluation', span: { value: 5, calendar: 'working-days' } },
    ] } });
  });

  it('what is not known starts nothing, and what is known later starts it then, counted from awareness', () => {
    const recalled = new ExampleCase(recall);
    recalled.record('2026-09-18 17:00', opened('2026-09-18 17:00'));
    expect(Object.keys(recalled.state.clocks)).toEqual(['P002C/recall.notice', 'CN-DEVICE-RECALL-2017/recall.evaluation']);
    recalled.record('2026-09-19 09:00', changed({ recallClass: '2' }));
    expect(recalled.due('CN-DEVICE-RECALL-2017/recall.notice')).toBe(shanghai('2026-09-21 17:00'));
  });

  it('what is said again starts nothing again', () => {
    const recalled = new ExampleCase(recall);
    recalled.record('2026-09-18 17:00', opened('2026-09-18 17:00', { recallClass: '2' }));
    expect(recalled.record('2026-09-19 09:00', changed({ recallClass: '2' }))).toEqual([]);
  });

  it('a lead time ends before the instant it refers to, and warns on the way there', () => {
    const renewal = new ExampleCase(policyOf([terms({ span: { value: 1, unit: 'month', calendar: 'lead-time' }, warn: [50] })]));
    renewal.record('2026-03-11 09:00', opened('2026-05-31 09:00'));
    // May has no counterpart of the 31st in April: the last moment of the 30th.
    expect(renewal.due('P1/case.answer')).toBe('2026-04-30T15:59:59.999Z');
    expect(recorded(renewal.note('2026-04-05 16:29', 'P1/case.answer'))).toEqual([]);
    expect(recorded(renewal.note('2026-04-05 16:30', 'P1/case.answer'))).toEqual(['warn 50']);
  });

  it('one event meets the clocks of all packs under its key, and no other', () => {
    const recalled = new ExampleCase(recall);
    recalled.record('2026-09-18 17:00', opened('2026-09-18 17:00', { recallClass: '2' }));
    expect(recalled.record('2026-09-19 18:00', plain('Notified')).at(-1)).toEqual({ type: 'DeadlinesMet', data: { clocks: [
      { clock: 'CN-DEVICE-RECALL-2017/recall.notice', dueAt: shanghai('2026-09-21 17:00'), late: false, doneAt: null },
      { clock: 'P002C/recall.notice', dueAt: shanghai('2026-09-19 17:00'), late: true, doneAt: null },
    ] } });
    expect(Object.keys(recalled.state.clocks)).toEqual(['CN-DEVICE-RECALL-2017/recall.evaluation']);
  });

  it('a pause stops the service clock and never a regulatory one', () => {
    const recalled = new ExampleCase(recall);
    recalled.record('2026-09-18 17:00', opened('2026-09-18 17:00', { recallClass: '2' }));
    expect(recalled.pause('2026-09-18 18:00')).toEqual([{ type: 'DeadlinesPaused', data: {
      at: shanghai('2026-09-18 18:00'), why: 'waiting-for-customer', clocks: [{ clock: 'P002C/recall.notice', leftMs: 23 * 3_600_000, by: 'wall-clock' }],
    } }]);
    expect(recorded(recalled.note('2026-09-22 00:00', 'P002C/recall.notice'))).toEqual([]);
    expect(recorded(recalled.note('2026-09-22 00:00', 'CN-DEVICE-RECALL-2017/recall.notice'))).toEqual(['warn 50', 'warn 80', 'breach']);
  });

  it('a regulatory clock does not pause even where its pack says it may', () => {
    const wrong = new ExampleCase(policyOf([terms({ span: days(15), nature: 'regulatory', pausable: true })]));
    wrong.record('2026-03-11 09:00', opened('2026-03-11 09:00'));
    expect(wrong.pause('2026-03-11 10:00')).toMatchObject({ refused: 'nothing-to-pause' });
  });

  it('the first decision keeps the policy it was taken under, later ones do not name it again', () => {
    const one = new ExampleCase(recall);
    one.record('2026-09-18 17:00', opened('2026-09-18 17:00'));
    one.under({ ...recall, adoption: { id: 'example', version: 4, digest: 'cd' } }).record('2026-09-18 18:00', plain('Withdrawn'));
    expect(one.log.filter(({ type }) => type === 'PolicyVersionKept')).toEqual([{ type: 'PolicyVersionKept', data: { adoption: 'example@3', digest: 'ab' } }]);
    expect(one.state.policy).toEqual({ adoption: 'example@3', digest: 'ab' });
  });
});
