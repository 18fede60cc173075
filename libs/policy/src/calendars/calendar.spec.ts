import { addWorkingDays, cutOff, localDate, type WorkingYear } from './calendar.js';
import { CN_2026 } from './cn-2026.js';

const calendar = new Map([[2026, CN_2026]]);
const DAY_MS = 86_400_000;

describe('the working calendar of 2026', () => {
  it('has 248 working days, 33 days off and 6 weekend days worked', () => {
    let working = 0;
    for (let day = Date.parse('2025-12-31T04:00:00Z'); localDate(new Date(day).toISOString()) < '2026-12-31'; day += DAY_MS) {
      const next = new Date(day + DAY_MS).toISOString();
      if (localDate(addWorkingDays(new Date(day).toISOString(), 1, calendar) ?? '') === localDate(next)) working += 1;
    }
    expect([working, CN_2026.holidays.size, CN_2026.makeUpDays.size]).toEqual([248, 33, 6]);
  });
  it('P003-14 Friday 2026-09-18 17:00 plus one working day is the make-up Sunday 2026-09-20 17:00', () => {
    expect(addWorkingDays('2026-09-18T09:00:00.000Z', 1, calendar)).toBe('2026-09-20T09:00:00.000Z');
  });
  it('P001E-48 five working days leave the week of the National Day alone', () => {
    expect(addWorkingDays('2026-09-28T01:00:00.000Z', 5, calendar)).toBe('2026-10-10T01:00:00.000Z');
  });
  it('says nothing about a year that was not published, neither forward nor from an old date', () => {
    expect(addWorkingDays('2026-12-30T01:00:00.000Z', 1, calendar)).toBe('2026-12-31T01:00:00.000Z');
    expect(addWorkingDays('2026-12-31T01:00:00.000Z', 1, calendar)).toBeNull();
    expect(addWorkingDays('2019-05-01T01:00:00.000Z', 1, calendar)).toBeNull();
  });
  it('P002B-29 before 12:00 of the next day counts in the business zone: late in the evening in UTC is tomorrow already', () => {
    expect(cutOff('2026-03-11T06:00:00.000Z', 1, '12:00')).toBe('2026-03-12T04:00:00.000Z');
    expect(cutOff('2026-03-11T16:30:00.000Z', 1, '12:00')).toBe('2026-03-13T04:00:00.000Z');
  });
});

describe('29 February', () => {
  const noHolidays = (year: number): [number, WorkingYear] => [year, { year, holidays: new Set(), makeUpDays: new Set() }];
  const years = new Map([2028, 2029].map(noHolidays));

  it('is a day like others: a working day, a calendar day, and the day of a cut-off', () => {
    expect(addWorkingDays('2028-02-28T01:00:00.000Z', 1, years)).toBe('2028-02-29T01:00:00.000Z');
    expect(addWorkingDays('2028-02-28T01:00:00.000Z', 2, years)).toBe('2028-03-01T01:00:00.000Z');
    expect(cutOff('2028-02-28T06:00:00.000Z', 1, '12:00')).toBe('2028-02-29T04:00:00.000Z');
    expect(localDate('2028-02-28T16:00:00.000Z')).toBe('2028-02-29');
  });
  it('is not there in other years', () => {
    expect(addWorkingDays('2029-02-28T01:00:00.000Z', 1, years)).toBe('2029-03-01T01:00:00.000Z');
    expect(cutOff('2029-02-28T06:00:00.000Z', 1, '12:00')).toBe('2029-03-01T04:00:00.000Z');
  });
});
