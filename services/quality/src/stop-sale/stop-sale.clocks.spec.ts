import type { ClockKey } from 'aftercare/policy';
import { Driven, onlyClock, shanghai } from 'aftercare/testing';
import type { StopSaleCommand } from './stop-sale.js';
import { stopSale } from './stop-sale.decide.js';

const LOT = { productCode: 'DV-100', lot: 'L-77' };
const hold: StopSaleCommand = { type: 'HoldLot', ...LOT, caseId: 'A', customerId: 'c-1' };
const confirm: StopSaleCommand = { type: 'ConfirmStopSale', ...LOT, caseId: 'A', customerId: 'c-1' };
const letGo: StopSaleCommand = { type: 'RemoveHoldGround', caseId: 'A', foundAt: shanghai('2026-03-11 12:00'), why: 'found-conforming' };
const named = (...buyers: string[]): StopSaleCommand => ({ type: 'SendStopSaleNotices', buyers });
const inWarehouse = (held: boolean): StopSaleCommand => ({ type: 'NoteWarehouseHold', held });

const held = (key: ClockKey, first: StopSaleCommand = hold) => {
  const one = new Driven(stopSale, { policy: onlyClock(key) });
  one.send('2026-03-11 09:00', first);
  return one;
};
const types = (events: readonly { readonly type: string }[]): string[] => events.map(({ type }) => type);

describe.each<[ClockKey, string, StopSaleCommand]>([
  ['quality.hold_placement', 'P002A-21 the warehouse suspends outbound movement', inWarehouse(true)],
  ['quality.sales_block', 'P002A-22 the sale is blocked', named('c-1', 'c-2')],
  ['quality.stop_sale_notice', 'P002A-23 every other buyer is told', named('c-1', 'c-2')],
])('%s, where a company fills it', (key, what, answer) => {
  const clock = `ours/${key}`;

  it(`${what} within its time, counted from the order`, () => {
    expect(held(key).running()).toEqual({ [clock]: '2026-03-12 09:00' });
    expect(held(key, confirm).running()).toEqual({ [clock]: '2026-03-12 09:00' });
    expect(held(key).send('2026-03-11 10:00', answer)).toEqual([{ type: 'DeadlinesMet', data: { clocks: [{ clock, dueAt: shanghai('2026-03-12 09:00'), late: false, doneAt: null }] } }]);
  });

  it('a verdict on a lot that is held does not count anew', () => {
    const one = held(key);
    one.send('2026-03-11 10:00', confirm);
    expect(one.running()).toEqual({ [clock]: '2026-03-12 09:00' });
  });

  it('a lot let go before the answer ends it, and the next order counts anew', () => {
    const one = held(key);
    expect(types(one.send('2026-03-11 12:00', letGo))).toEqual(['DeadlinesDropped']);
    one.send('2026-03-16 09:00', hold);
    expect(one.running()).toEqual({ [clock]: '2026-03-17 09:00' });
  });

  it('an answer that stays out is a breach', () => {
    expect(held(key).until('2026-03-12 09:00')).toEqual([`2026-03-12 09:00 ${clock} breach`]);
  });
});

describe('a lot that only the complaining customer bought', () => {
  it('P002A-23 owes no notice to anybody, so none is missed', () => {
    const one = held('quality.stop_sale_notice');
    expect(types(one.send('2026-03-11 10:00', named('c-1')))).toEqual(['DeadlinesMet']);
  });
});

describe('the hold of the example company', () => {
  it('P002A-21 calls the warehouse after half an hour without an answer and the head of quality after one', () => {
    const one = new Driven(stopSale);
    one.send('2026-03-11 09:00', hold);
    expect(one.until('2026-03-11 10:00')).toEqual([
      '2026-03-11 09:30 example/quality.hold_placement warn 50', '2026-03-11 09:30 example/quality.hold_placement escalate logistics.warehouse',
      '2026-03-11 09:48 example/quality.hold_placement warn 80', '2026-03-11 10:00 example/quality.hold_placement breach',
      '2026-03-11 10:00 example/quality.hold_placement escalate quality.head',
    ]);
  });
});
