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
