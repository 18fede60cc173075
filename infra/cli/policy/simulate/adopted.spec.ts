import { inForceDuring, shippedDocument, type Noted } from './adopted.js';

const shipped = shippedDocument();
/** From 00:00 of the day in Shanghai. */
const noted = (version: number, from: string, validTo: string | null = null): Noted => ({
  document: { ...shipped, company: { ...shipped.company, version, validFrom: from, validTo } }, effectiveFrom: new Date(Date.parse(`${from}T00:00:00.000+08:00`)).toISOString(),
});
const FIRST = noted(1, '2025-01-01');
const during = (all: readonly Noted[], from: string, until: string): readonly number[] =>
  inForceDuring(all, `${from}T00:00:00.000Z`, `${until}T00:00:00.000Z`).map(({ company: { version } }) => version);

describe('what was in force in a window', () => {
  it('of two that have begun the one that was adopted last, even where it begins earlier', () => {
    const all = [FIRST, noted(2, '2026-03-01'), noted(3, '2026-02-01')];
    expect(during(all, '2026-03-10', '2026-03-20')).toEqual([3]);
    expect(during(all, '2026-01-10', '2026-03-20')).toEqual([1, 3]);
  });

  it('the one before comes back when the last one ends, on the day after its last in the zone of the company', () => {
    const all = [FIRST, noted(2, '2026-02-01'), noted(3, '2026-03-01', '2026-03-31')];
    expect(during(all, '2026-03-10', '2026-03-31')).toEqual([3]);
    expect(during(all, '2026-03-10', '2026-04-02')).toEqual([3, 2]);
  });

  it('the last one stays where all have ended', () => {
    expect(during([FIRST, noted(2, '2026-02-01', '2026-02-28')], '2026-05-01', '2026-06-01')).toEqual([2]);
  });

  it('the first of the book until another one begins; what begins with the end of the window does not count', () => {
    const later: Noted = { ...noted(2, '2026-06-01'), effectiveFrom: '2026-06-01T00:00:00.000Z' };
    expect([during([FIRST, later], '2026-05-01', '2026-06-01'), during([FIRST, later], '2026-05-01', '2026-06-02')]).toEqual([[1], [1, 2]]);
  });

  it('the shipped policy, where a department has noted nothing', () => {
    expect(inForceDuring([], '2026-05-01T00:00:00.000Z', '2026-06-01T00:00:00.000Z')).toEqual([shipped]);
  });
});
