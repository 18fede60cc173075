import { cadences, type Every } from './periods.js';
import { shanghai } from './testing/shanghai.js';

const china = cadences('Asia/Shanghai');

describe('the period that holds an instant', () => {
  it.each<[Every, string, string, string, string]>([
    ['day', '2026-03-12 23:59', '2026-03-12', '2026-03-12 00:00', '2026-03-13 00:00'],
    ['week', '2026-03-15 23:59', '2026-W11', '2026-03-09 00:00', '2026-03-16 00:00'],
    ['week', '2027-01-03 10:00', '2026-W53', '2026-12-28 00:00', '2027-01-04 00:00'],
    ['week', '2024-12-30 10:00', '2025-W01', '2024-12-30 00:00', '2025-01-06 00:00'],
    ['month', '2026-02-28 23:59', '2026-02', '2026-02-01 00:00', '2026-03-01 00:00'],
    ['month', '2028-02-29 00:00', '2028-02', '2028-02-01 00:00', '2028-03-01 00:00'],
    ['quarter', '2026-03-31 23:59', '2026-Q1', '2026-01-01 00:00', '2026-04-01 00:00'],
    ['quarter', '2026-12-01 00:00', '2026-Q4', '2026-10-01 00:00', '2027-01-01 00:00'],
    ['half-year', '2026-06-30 23:59', '2026-H1', '2026-01-01 00:00', '2026-07-01 00:00'],
    ['half-year', '2026-07-01 00:00', '2026-H2', '2026-07-01 00:00', '2027-01-01 00:00'],
    ['year', '2026-12-31 23:59', '2026', '2026-01-01 00:00', '2027-01-01 00:00'],
    ['year', '2027-01-01 00:00', '2027', '2027-01-01 00:00', '2028-01-01 00:00'],
  ])('%s of %s is %s', (every, instant, label, from, to) => {
    expect(china.periodOf(shanghai(instant), every)).toEqual({ label, from: shanghai(from), to: shanghai(to) });
  });
  it('is that of the business zone: the last evening of the year in UTC is the new year in Shanghai', () => {
    expect(china.periodOf('2026-12-31T16:00:00.000Z', 'year').label).toBe('2027');
    expect(china.periodOf('2026-12-31T15:59:59.999Z', 'month').label).toBe('2026-12');
  });
  it('a day of the change has 23 hours', () => {
    const { from, to } = cadences('Europe/Berlin').periodOf('2026-03-29T12:00:00.000Z', 'day');
    expect(Date.parse(to) - Date.parse(from)).toBe(23 * 3_600_000);
  });
});

describe('the periods that end next', () => {
  it('month ends of a leap year', () => {
    expect(china.nextPeriodEnds('month', shanghai('2027-12-31 12:00'), 3)).toEqual([
      { label: '2027-12', from: shanghai('2027-12-01 00:00'), to: shanghai('2028-01-01 00:00') },
      { label: '2028-01', from: shanghai('2028-01-01 00:00'), to: shanghai('2028-02-01 00:00') },
      { label: '2028-02', from: shanghai('2028-02-01 00:00'), to: shanghai('2028-03-01 00:00') },
    ]);
  });
  it('end after the instant: one that ends just then is over', () => {
    expect(china.nextPeriodEnds('quarter', shanghai('2026-04-01 00:00'), 1).map(({ label }) => label)).toEqual(['2026-Q2']);
    expect(china.nextPeriodEnds('week', shanghai('2026-12-31 00:00'), 2).map(({ label }) => label)).toEqual(['2026-W53', '2027-W01']);
  });
});
