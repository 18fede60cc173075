import type { Goods } from 'aftercare/contracts';
import type { ClockKey } from 'aftercare/policy';
import { Driven, onlyClock, shanghai, SUBJECT_ID } from 'aftercare/testing';
import type { InvestigationCommand } from './investigation.js';
import { investigation } from './investigation.decide.js';

const GOODS: Goods = {
  productCode: 'DV-100', productName: 'Infusion pump', model: 'A2', lot: 'L-77', manufacturedOn: null, arrivedOn: null, expiresOn: null, quantity: 2, notKnown: [],
};
const of = { customerId: 'c-1', locality: 'local' as const, goods: GOODS, awareAt: shanghai('2026-03-10 09:00') };
const open: InvestigationCommand = { type: 'OpenInvestigation', round: 1, subject: SUBJECT_ID, description: null, ...of };
const reopen: InvestigationCommand = { type: 'ReopenInvestigation', round: 2, why: null, ...of };
const ask: InvestigationCommand = { type: 'RequestManufacturerSupport', manufacturer: 'Maker', question: 'Known?' };
const add: InvestigationCommand = { type: 'AddEvidence', kind: 'photo', description: '照片' };
const find = (verdict: 'conforming' | 'nonconforming'): InvestigationCommand => ({ type: 'ReachVerdict', verdict, finding: '经检验' });
const notify: InvestigationCommand = { type: 'NotifyQualityHead', head: 'u-h' };
const withdraw: InvestigationCommand = { type: 'WithdrawInvestigation', why: 'unfounded' };

function opened(key: ClockKey, ...then: readonly InvestigationCommand[]) {
  const one = new Driven(investigation, { policy: onlyClock(key) });
  one.send('2026-03-11 09:00', open);
  for (const command of then) one.send('2026-03-11 10:00', command);
  return one;
}
const met = (clock: string) => [{ type: 'DeadlinesMet', data: { clocks: [expect.objectContaining({ clock, late: false })] } }];
const dropped = (clock: string) => [{ type: 'DeadlinesDropped', data: expect.objectContaining({ clocks: [clock] }) }];

describe('asking the manufacturer, where a company gives it a time', () => {
  const [KEY, CLOCK] = ['quality.manufacturer_contact', 'ours/quality.manufacturer_contact'] as const;

  it('P002A-04 counts from the opening, not from awareness, and asking meets it', () => {
    expect(opened(KEY).running()).toEqual({ [CLOCK]: '2026-03-12 09:00' });
    expect(opened(KEY).send('2026-03-11 11:00', ask)).toEqual(met(CLOCK));
  });

  it('P002A-04 a verdict or a withdrawal ends it, and a new round asks anew', () => {
    expect(opened(KEY, add).send('2026-03-11 11:00', find('conforming'))).toEqual(dropped(CLOCK));
    expect(opened(KEY).send('2026-03-11 11:00', withdraw)).toEqual(dropped(CLOCK));
    const again = opened(KEY, ask);
    again.send('2026-03-13 08:00', reopen);
    expect(again.running()).toEqual({ [CLOCK]: '2026-03-14 08:00' });
  });
});

describe('telling the head of quality, where a company gives it a time', () => {
  const [KEY, CLOCK] = ['quality.report_to_quality_head', 'ours/quality.report_to_quality_head'] as const;

  it('P002A-20 counts from the verdict that there is a problem, and telling the head meets it', () => {
    expect(opened(KEY, add).running()).toEqual({});
    const found = opened(KEY, add, find('nonconforming'));
    expect(found.running()).toEqual({ [CLOCK]: '2026-03-12 10:00' });
    expect(found.send('2026-03-11 11:00', notify)).toEqual(met(CLOCK));
  });

  it('P002A-20 a conforming product is no problem to report, and a new round has to find one again', () => {
    expect(opened(KEY, add, find('conforming')).running()).toEqual({});
    expect(opened(KEY, add, find('nonconforming')).send('2026-03-11 11:00', reopen)).toEqual(dropped(CLOCK));
  });

  it('P002A-20 at the example company it is four hours, and the officer is called after two', () => {
    const one = new Driven(investigation);
    one.send('2026-03-11 09:00', open);
    one.send('2026-03-11 10:00', add);
    one.send('2026-03-11 10:00', find('nonconforming'));
    const CALLED = 'example/quality.report_to_quality_head';
    expect(one.until('2026-03-11 14:00').filter((line) => line.includes(CALLED))).toEqual([
      `2026-03-11 12:00 ${CALLED} warn 50`, `2026-03-11 12:00 ${CALLED} escalate quality.officer`, `2026-03-11 13:12 ${CALLED} warn 80`,
      `2026-03-11 14:00 ${CALLED} breach`, `2026-03-11 14:00 ${CALLED} escalate quality.head`,
    ]);
  });
});

describe('the place of an investigation that is corrected', () => {
  const restate = (locality: 'local' | 'non-local'): InvestigationCommand =>
    ({ ...open, locality, goods: { ...GOODS, lot: locality === 'local' ? 'L-77' : 'L-78' }, description: null } as InvestigationCommand);
  const [LOCAL, REMOTE] = ['P002A/quality.site_verification.local', 'P002A/quality.site_verification.remote'] as const;
  const placed = () => {
    const one = new Driven(investigation);
    one.send('2026-03-10 10:00', open);
    return one;
  };

  it('P002A-10 P002A-11 has the limit of the other place, counted from the same awareness', () => {
    const one = placed();
    expect(one.due(LOCAL)).toBe('2026-03-11 09:00');
    expect(one.send('2026-03-10 12:00', restate('non-local'))).toMatchObject([
      { type: 'DeadlinesDropped', data: { clocks: [LOCAL] } }, { type: 'DeadlinesSet', data: { clocks: [{ clock: REMOTE, late: false }] } },
    ]);
    expect([one.due(LOCAL), one.due(REMOTE)]).toEqual([undefined, '2026-03-17 09:00']);
    one.send('2026-03-10 13:00', restate('local'));
    expect([one.due(LOCAL), one.due(REMOTE)]).toEqual(['2026-03-11 09:00', undefined]);
  });

  it('P002A-10 what was missed at the one place stays missed, and the other place has its limit all the same', () => {
    const one = placed();
    const said = one.send('2026-03-11 09:00:01', restate('non-local'));
    expect(said.map(({ type }) => type)).toEqual(['DeadlineBreached', 'DeadlinesDropped', 'DeadlinesSet']);
    expect(one.until('2026-03-17 09:00').filter((line) => line.endsWith(`${REMOTE} breach`))).toEqual([`2026-03-17 09:00 ${REMOTE} breach`]);
  });

  it('P002A-11 an inspector who is on the way has been sent, but has to finish where that is asked', () => {
    const one = placed();
    one.send('2026-03-10 11:00', { type: 'DispatchSiteVerification', inspector: 'u-7' });
    expect(one.send('2026-03-10 12:00', { ...restate('local'), goods: { ...GOODS, lot: 'L-79' } } as InvestigationCommand)).toEqual([]);
    one.send('2026-03-10 13:00', restate('non-local'));
    expect([one.due(LOCAL), one.due(REMOTE)]).toEqual([undefined, '2026-03-17 09:00']);
    one.send('2026-03-10 14:00', { type: 'CompleteSiteVerification', finding: 'f' });
    one.send('2026-03-10 15:00', restate('local'));
    expect([one.due(LOCAL), one.due(REMOTE)]).toEqual([undefined, undefined]);
  });
});
