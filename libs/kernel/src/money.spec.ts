import fc from 'fast-check';
import { cny, decimalYuan, formatYuan, groupedYuan, parseYuan, sameOrMore } from './money.js';

describe('money', () => {
  it('is read exactly, to the fen', () => {
    expect(['0', '12', '12.3', '12.30', '999.99', '1000.00', '0.07'].map((text) => parseYuan(text)))
      .toEqual([0, 1_200, 1_230, 1_230, 99_999, 100_000, 7].map((minor) => ({ minor, currency: 'CNY' })));
  });
  it('refuses what is not an amount instead of guessing', () => {
    for (const text of ['', '-1', '+1', '1e3', '1,000', '1.234', '.5', '5.', ' 5', '五', '0x10', '99999999999999']) {
      expect([text, parseYuan(text)]).toEqual([text, expect.objectContaining({ refused: 'not-an-amount' })]);
    }
  });
  it('comes back from its written form', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 100_000_000_000_000 }), (minor) => {
      expect(parseYuan(formatYuan(cny(minor)).replaceAll(/[¥,]/g, ''))).toEqual(cny(minor));
    }));
    expect([formatYuan(cny(100_000)), formatYuan(cny(7)), formatYuan(cny(-123_456))]).toEqual(['¥1,000.00', '¥0.07', '-¥1,234.56']);
  });
  it('is written with two decimals, also below one yuan and below nothing', () => {
    expect([0, 7, 199_999, -5, -123_456_789].map(decimalYuan)).toEqual(['0.00', '0.07', '1999.99', '-0.05', '-1234567.89']);
    expect([7, 99_999, 100_000, -123_456_789].map(groupedYuan)).toEqual(['0.07', '999.99', '1,000.00', '-1,234,567.89']);
  });
  it('is never a fraction or beyond what a number holds exactly', () => {
    for (const minor of [0.5, Number.NaN, Infinity, 2 ** 53]) expect(() => cny(minor)).toThrow('safe integer');
  });
  it('the same amount is as much', () => {
    expect([sameOrMore(cny(100), cny(100)), sameOrMore(cny(99), cny(100))]).toEqual([true, false]);
  });
});
