import type { TradingAccountEvent } from 'aftercare/contracts';
import type { Recorded } from 'aftercare/kernel';
import { everyPair, given } from 'aftercare/testing';
import { exchangedBeside, lastPurchaseOf, type TradingAccountCommand } from './trading-account.js';
import { tradingAccount } from './trading-account.decide.js';
import { tradingAccountView, type TradingAccountRow } from './trading-account.view.js';

const bought = (quantity: number, soldOn: string, productCode = 'DV-100'): TradingAccountEvent =>
  ({ type: 'PurchaseNoted', data: { customerId: 'c-1', productCode, quantity, soldOn } });
const exchanged = (quantity: number): TradingAccountEvent => ({ type: 'ExchangeNoted', data: { customerId: 'c-1', quantity, returnId: 'r-1' } });
const reserved = (returnId: string, quantity: number): TradingAccountEvent => ({ type: 'ExchangeReserved', data: { customerId: 'c-1', quantity, returnId } });
const released = (returnId: string, quantity: number): TradingAccountEvent => ({ type: 'ExchangeReleased', data: { customerId: 'c-1', quantity, returnId } });
const reserve = (returnId: string, quantity: number): TradingAccountCommand => ({ type: 'ReserveExchange', customerId: 'c-1', quantity, returnId });
const release = (returnId: string): TradingAccountCommand => ({ type: 'ReleaseExchange', customerId: 'c-1', returnId });
const rowOf = (...events: TradingAccountEvent[]): TradingAccountRow | null =>
  events.reduce<TradingAccountRow | null>((row, event) => tradingAccountView.fold(row, event as unknown as Recorded<TradingAccountEvent>), null);

describe('a trading account', () => {
  it('P002B-16 adds up pieces bought and exchanged, and keeps the last purchase of every article', () => {
    const { own } = given(tradingAccount, bought(100, '2026-02-01'), bought(50, '2026-01-01'), bought(7, '2026-03-01', 'DV-200'), exchanged(9)).state;
    expect(own).toMatchObject({ bought: 157, exchanged: 9 });
    expect([lastPurchaseOf('DV-100', own), lastPurchaseOf('DV-200', own)]).toEqual(['2026-02-01', '2026-03-01']);
    expect([lastPurchaseOf('DV-300', own), lastPurchaseOf('constructor', own), lastPurchaseOf(null, own)]).toEqual([null, null, null]);
  });

  it('P002B-16 P002B-17 counts what is stocked in and what is approved for other returns, the own return not', () => {
    const { own } = given(tradingAccount, bought(100, '2026-02-01'), exchanged(3), reserved('r-2', 10), reserved('r-3', 5)).state;
    expect([exchangedBeside('r-2', own), exchangedBeside('r-3', own), exchangedBeside('r-9', own)]).toEqual([8, 13, 18]);
  });

  it('P002B-17 a reservation is made once, corrected by a new approval, and given back once', () => {
    expect(given(tradingAccount).when(reserve('r-2', 10)).types).toEqual(['ExchangeReserved']);
    expect(given(tradingAccount, reserved('r-2', 10)).when(reserve('r-2', 10)).types).toEqual([]);
    const corrected = given(tradingAccount, reserved('r-2', 10)).when(reserve('r-2', 4));
    expect(corrected.types).toEqual(['ExchangeReleased', 'ExchangeReserved']);
    expect(exchangedBeside('r-9', corrected.state.own)).toBe(4);
    expect(given(tradingAccount, reserved('r-2', 10)).when(release('r-2')).events[0]?.data).toEqual({ customerId: 'c-1', quantity: 10, returnId: 'r-2' });
    expect(given(tradingAccount, reserved('r-2', 10), released('r-2', 10)).when(release('r-2')).types).toEqual([]);
    expect(given(tradingAccount, reserved('r-2', 10)).when(release('r-3')).types).toEqual([]);
  });

  it('P002B-16 stock-in turns the reservation into an exchange of what came in, and an approval heard late reserves nothing', () => {
    const then = given(tradingAccount, reserved('r-1', 10)).when({ type: 'NoteExchange', customerId: 'c-1', quantity: 8, returnId: 'r-1' });
    expect(then.types).toEqual(['ExchangeReleased', 'ExchangeNoted']);
    expect(exchangedBeside('r-9', then.state.own)).toBe(8);
    expect(given(tradingAccount, exchanged(8)).when(reserve('r-1', 10)).types).toEqual([]);
  });

  it('answers every stage x command pair', () => {
    const commands: TradingAccountCommand[] = [
      { type: 'NotePurchase', customerId: 'c-1', productCode: 'DV-100', quantity: 1, soldOn: '2026-01-01' },
      { type: 'NoteExchange', customerId: 'c-1', quantity: 1, returnId: 'r-1' },
      reserve('r-2', 1), release('r-2'),
    ];
    const taken = { NotePurchase: 'PurchaseNoted', NoteExchange: 'ExchangeNoted', ReserveExchange: 'ExchangeReserved', ReleaseExchange: 'nothing' };
    expect(everyPair(tradingAccount, { new: [], open: [bought(1, '2026-01-01')] }, commands)).toEqual({ new: taken, open: taken });
  });

  it('P002B-11 P002B-31 the list shows the rate in basis points, never rounded down to the limit', () => {
    expect(rowOf(exchanged(3))).toMatchObject({ bought: 0, exchanged: 3, rateBasisPoints: null, lastBoughtOn: null });
    expect(rowOf(bought(100, '2026-01-01'), reserved('r-2', 10), reserved('r-3', 4), released('r-2', 10))).toMatchObject({ exchanged: 0, reserved: 4, rateBasisPoints: 0 });
    expect(rowOf(bought(1000, '2026-01-01'), exchanged(100))).toMatchObject({ rateBasisPoints: 1000 });
    expect(rowOf(bought(999, '2026-02-01'), bought(0, '2026-01-01'), exchanged(100))).toMatchObject({ rateBasisPoints: 1002, lastBoughtOn: '2026-02-01' });
    expect(rowOf(bought(999_999, '2026-01-01'), exchanged(100_000))).toMatchObject({ rateBasisPoints: 1001 });
  });
});
