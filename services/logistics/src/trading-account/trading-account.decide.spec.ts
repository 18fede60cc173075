import type { TradingAccountEvent } from 'aftercare/contracts';
import type { Recorded } from 'aftercare/kernel';
import { everyPair, given } from 'aftercare/testing';
import { lastPurchaseOf, type TradingAccountCommand } from './trading-account.js';
import { tradingAccount } from './trading-account.decide.js';
import { tradingAccountView, type TradingAccountRow } from './trading-account.view.js';

const bought = (quantity: number, soldOn: string, productCode = 'DV-100'): TradingAccountEvent =>
  ({ type: 'PurchaseNoted', data: { customerId: 'c-1', productCode, quantity, soldOn } });
const exchanged = (quantity: number): TradingAccountEvent => ({ type: 'ExchangeNoted', data: { customerId: 'c-1', quantity, returnId: 'r-1' } });
const rowOf = (...events: TradingAccountEvent[]): TradingAccountRow | null =>
  events.reduce<TradingAccountRow | null>((row, event) => tradingAccountView.fold(row, event as unknown as Recorded<TradingAccountEvent>), null);

describe('a trading account', () => {
  it('P002B-16 adds up pieces bought and exchanged, and keeps the last purchase of every article', () => {
    const { own } = given(tradingAccount, bought(100, '2026-02-01'), bought(50, '2026-01-01'), bought(7, '2026-03-01', 'DV-200'), exchanged(9)).state;
    expect(own).toMatchObject({ bought: 157, exchanged: 9 });
    expect([lastPurchaseOf('DV-100', own), lastPurchaseOf('DV-200', own)]).toEqual(['2026-02-01', '2026-03-01']);
    expect([lastPurchaseOf('DV-300', own), lastPurchaseOf('constructor', own), lastPurchaseOf(null, own)]).toEqual([null, null, null]);
  });

  it('answers every stage x command pair', () => {
    const commands: TradingAccountCommand[] = [
      { type: 'NotePurchase', customerId: 'c-1', productCode: 'DV-100', quantity: 1, soldOn: '2026-01-01' },
      { type: 'NoteExchange', customerId: 'c-1', quantity: 1, returnId: 'r-1' },
    ];
    const taken = { NotePurchase: 'PurchaseNoted', NoteExchange: 'ExchangeNoted' };
    expect(everyPair(tradingAccount, { new: [], open: [bought(1, '2026-01-01')] }, commands)).toEqual({ new: taken, open: taken });
  });

  it('P002B-11 P002B-31 the list shows the rate in basis points, never rounded down to the limit', () => {
    expect(rowOf(exchanged(3))).toMatchObject({ bought: 0, exchanged: 3, rateBasisPoints: null, lastBoughtOn: null });
    expect(rowOf(bought(1000, '2026-01-01'), exchanged(100))).toMatchObject({ rateBasisPoints: 1000 });
    expect(rowOf(bought(999, '2026-02-01'), bought(0, '2026-01-01'), exchanged(100))).toMatchObject({ rateBasisPoints: 1002, lastBoughtOn: '2026-02-01' });
    expect(rowOf(bought(999_999, '2026-01-01'), exchanged(100_000))).toMatchObject({ rateBasisPoints: 1001 });
  });
});
