import type { Span } from '../terms.js';
import { calendar, plainYear, publishedYears, shanghai } from './testing/shanghai.js';

const ours = calendar();
const span = (value: number, unit: Span['unit'], by: Span['calendar'], at?: string): Span => ({ value, unit, calendar: by, at });
const due = (start: string, of: Span, unit?: string, by = ours): string | null => by.due(of, shanghai(start), unit).at;
const before = (end: string, of: Span, by = ours): string | null => by.before(of, shanghai(end)).at;
const OWNER = 'registry.policy';

describe('working days', () => {
  const days = (n: number): Span => span(n, 'working-day', 'working-days');

  it('P003-14 Friday 2026-09-18 17:00 plus one working day is the make-up Sunday 2026-09-20 17:00', () => {
    expect(due('2026-09-18 17:00', days(1))).toBe(shanghai('2026-09-20 17:00'));
  });
  it('P001E-48 five working days leave the week of the National Day alone', () => {
    expect(due('2026-09-28 09:00', days(5))).toBe(shanghai('2026-10-10 09:00'));
  });
  it('what starts on a day off has the whole of the n-th working day', () => {
    expect(due('2026-03-14 15:00', days(1))).toBe(shanghai('2026-03-16 23:59:59.999'));
    expect(due('2026-03-15 10:00', days(1))).toBe(shanghai('2026-03-16 23:59:59.999'));
    expect(due('2026-10-03 10:00', days(2))).toBe(shanghai('2026-10-09 23:59:59.999'));
    expect(due('2026-03-14 15:00', days(0))).toBe(shanghai('2026-03-14 15:00'));
  });
  it('are meant by a day of that calendar as well', () => {
    expect(due('2026-03-14 15:00', span(1, 'day', 'working-days'))).toBe(shanghai('2026-03-16 23:59:59.999'));
  });
  it('counts the hours of working days when the unit is an hour', () => {
    expect(due('2026-03-13 20:00', span(6, 'hour', 'working-days'))).toBe(shanghai('2026-03-16 02:00'));
  });
  it('backwards: the same clock time on the n-th working day before, and the beginning of it for a day off', () => {
    expect(before('2026-09-20 17:00', days(1))).toBe(shanghai('2026-09-18 17:00'));
    expect(before('2026-10-08 09:00', span(3, 'working-day', 'lead-time'))).toBe(shanghai('2026-09-28 09:00'));
    expect(before('2026-10-03 09:00', span(1, 'working-day', 'lead-time'))).toBe(shanghai('2026-09-30 00:00'));
  });
  it('class II device recall: three calendar days and five working days run at once', () => {
    expect(due('2026-09-30 10:00', span(3, 'day', 'wall-clock'))).toBe(shanghai('2026-10-03 10:00'));
    expect(due('2026-09-30 10:00', days(5))).toBe(shanghai('2026-10-13 10:00'));
  });
});

describe('29 February', () => {
  const leap = calendar({ years: [2028, 2029].map(plainYear) });
  const day = (n: number): Span => span(n, 'working-day', 'working-days');

  it('is a day like others: a working day, a calendar day, and the day of a cut-off', () => {
    expect(due('2028-02-28 09:00', day(1), undefined, leap)).toBe(shanghai('2028-02-29 09:00'));
    expect(due('2028-02-28 09:00', day(2), undefined, leap)).toBe(shanghai('2028-03-01 09:00'));
    expect(due('2028-02-28 14:00', span(2, 'day', 'wall-clock'), undefined, leap)).toBe(shanghai('2028-03-01 14:00'));
    expect(due('2028-02-28 14:00', span(1, 'day', 'cut-off', '12:00'), undefined, leap)).toBe(shanghai('2028-02-29 12:00'));
    expect(leap.localDate('2028-02-28T16:00:00.000Z')).toBe('2028-02-29');
  });
  it('is not there in other years', () => {
    expect(due('2029-02-28 09:00', day(1), undefined, leap)).toBe(shanghai('2029-03-01 09:00'));
    expect(due('2029-02-27 14:00', span(2, 'day', 'wall-clock'), undefined, leap)).toBe(shanghai('2029-03-01 14:00'));
    expect(due('2029-02-28 14:00', span(1, 'day', 'cut-off', '12:00'), undefined, leap)).toBe(shanghai('2029-03-01 12:00'));
    expect(() => leap.isWorkingDay('2029-02-29')).toThrow('2029-02-29');
  });
  it('has its anniversary on 28 February', () => {
    expect(due('2028-02-29 10:00', span(1, 'year', 'wall-clock'))).toBe(shanghai('2029-02-28 23:59:59.999'));
    expect(due('2028-02-29 10:00', span(4, 'year', 'wall-clock'))).toBe(shanghai('2032-02-29 10:00'));
  });
});

describe('months', () => {
  const month = (n: number, by: Span['calendar'] = 'wall-clock'): Span => span(n, 'month', by);

  it('end on the corresponding day at the same clock time', () => {
    expect(due('2026-01-15 10:00', month(1))).toBe(shanghai('2026-02-15 10:00'));
    expect(due('2026-11-30 10:00', month(3))).toBe(shanghai('2027-02-28 23:59:59.999'));
    expect(due('2026-12-31 10:00', month(2))).toBe(shanghai('2027-02-28 23:59:59.999'));
  });
  it('without a corresponding day end with the last day of the month: 31 January and one month', () => {
    expect(due('2026-01-31 10:00', month(1))).toBe(shanghai('2026-02-28 23:59:59.999'));
    expect(due('2028-01-31 10:00', month(1))).toBe(shanghai('2028-02-29 23:59:59.999'));
  });
  it('keep order where the month ends: late on 30 January is not due after early on 31 January', () => {
    expect(due('2026-01-30 23:00', month(1))! <= due('2026-01-31 01:00', month(1))!).toBe(true);
  });
  it('are counted in the business zone: 1 February in Shanghai is still January in UTC', () => {
    expect(due('2026-02-01 02:00', month(1))).toBe(shanghai('2026-03-01 02:00'));
  });
  it('one week is seven days', () => {
    expect(due('2026-03-11 10:00', span(1, 'week', 'wall-clock'))).toBe(shanghai('2026-03-18 10:00'));
  });
  it('one month before expiry', () => {
    expect(before('2026-07-15 00:00', month(1, 'lead-time'))).toBe(shanghai('2026-06-15 00:00'));
    expect(before('2026-03-31 00:00', month(1, 'lead-time'))).toBe(shanghai('2026-02-28 23:59:59.999'));
    expect(before('2028-03-31 00:00', month(1, 'lead-time'))).toBe(shanghai('2028-02-29 23:59:59.999'));
    expect(before('2026-03-31 15:00', span(1, 'month', 'lead-time', '09:00'))).toBe(shanghai('2026-02-28 09:00'));
    expect(due('2026-07-15 00:00', month(1, 'lead-time'))).toBe(shanghai('2026-06-15 00:00'));
  });
});

describe('a cut-off', () => {
  const noon = span(1, 'day', 'cut-off', '12:00');

  it('P002B-29 before 12:00 of the next day counts in the business zone: late in the evening in UTC is tomorrow already', () => {
    expect(ours.due(noon, '2026-03-11T06:00:00.000Z').at).toBe('2026-03-12T04:00:00.000Z');
    expect(ours.due(noon, '2026-03-11T16:30:00.000Z').at).toBe('2026-03-13T04:00:00.000Z');
  });
  it('at 24:00 is the end of that day', () => {
    expect(due('2026-03-11 00:00', span(0, 'day', 'cut-off', '24:00'))).toBe(shanghai('2026-03-12 00:00'));
    expect(due('2026-03-11 23:59:59.999', span(0, 'day', 'cut-off', '24:00'))).toBe(shanghai('2026-03-12 00:00'));
  });
  it('of the same day may be over already', () => {
    expect(due('2026-03-11 15:00', span(0, 'day', 'cut-off', '12:00'))).toBe(shanghai('2026-03-11 12:00'));
  });
  it('counts working days, months and weeks when the unit says so', () => {
    expect(due('2026-09-18 17:00', span(1, 'working-day', 'cut-off', '12:00'))).toBe(shanghai('2026-09-20 12:00'));
    expect(due('2026-09-30 17:00', span(1, 'working-day', 'cut-off', '12:00'))).toBe(shanghai('2026-10-08 12:00'));
    expect(due('2026-10-03 17:00', span(0, 'working-day', 'cut-off', '24:00'))).toBe(shanghai('2026-10-09 00:00'));
    expect(due('2026-01-31 17:00', span(1, 'month', 'cut-off', '12:00'))).toBe(shanghai('2026-02-28 12:00'));
    expect(due('2026-01-31 17:00', span(1, 'week', 'cut-off', '12:00'))).toBe(shanghai('2026-02-07 12:00'));
    expect(before('2026-10-03 17:00', span(0, 'working-day', 'cut-off', '12:00'))).toBe(shanghai('2026-09-30 12:00'));
    expect(before('2026-03-11 17:00', span(0, 'working-day', 'cut-off', '12:00'))).toBe(shanghai('2026-03-11 12:00'));
  });
});

describe('working hours', () => {
  const hours = (n: number): Span => span(n, 'working-hour', 'working-hours');

  it('leave the lunch break out', () => {
    expect(due('2026-03-11 11:00', hours(2))).toBe(shanghai('2026-03-11 14:30'));
  });
  it('are over when the window closes, not when the next one opens', () => {
    expect(due('2026-03-11 15:00', hours(3))).toBe(shanghai('2026-03-11 18:00'));
  });
  it.each([['before opening', '2026-03-11 07:00', '2026-03-11 11:00'], ['in the lunch break', '2026-03-11 12:45', '2026-03-11 15:30'],
    ['in the evening', '2026-03-11 18:00', '2026-03-12 11:00'], ['on Saturday', '2026-03-14 10:00', '2026-03-16 11:00'],
    ['on a holiday', '2026-10-01 10:00', '2026-10-08 11:00']])('of a start %s count from the next opening', (_, start, end) => {
    expect(due(start, hours(2))).toBe(shanghai(end));
  });
  it('run on a make-up Sunday, in the windows of the first weekday listed', () => {
    expect(due('2026-09-18 17:00', hours(2))).toBe(shanghai('2026-09-20 10:00'));
    expect(due('2026-09-18 17:00', hours(4), 'warehouse')).toBe(shanghai('2026-09-20 14:00'));
  });
  it('are those of the unit, of every unit that is not named by default, on a Saturday only where it is listed', () => {
    expect(due('2026-03-13 19:00', hours(2), 'hotline')).toBe(shanghai('2026-03-14 09:00'));
    expect(due('2026-10-02 19:00', hours(2), 'hotline')).toBe(shanghai('2026-10-08 10:00'));
    expect(due('2026-03-11 11:00', hours(2), 'constructor')).toBe(shanghai('2026-03-11 14:30'));
  });
  it('backwards end when the window opens', () => {
    expect(before('2026-03-16 09:30', hours(1))).toBe(shanghai('2026-03-13 17:30'));
    expect(before('2026-03-11 14:30', hours(1))).toBe(shanghai('2026-03-11 13:30'));
    expect(before('2026-03-16 10:00', span(2, 'working-hour', 'lead-time'))).toBe(shanghai('2026-03-13 17:00'));
  });
});

describe('pausing', () => {
  it('over the National Day takes nothing away: two hours before are two hours after', () => {
    const left = ours.counted('working-hours', shanghai('2026-09-30 16:00'), shanghai('2026-10-08 10:00'));
    expect(left).toBe(3 * 3_600_000);
    expect(ours.plus('working-hours', shanghai('2026-10-05 12:00'), left!).at).toBe(shanghai('2026-10-08 12:00'));
    expect(ours.counted('working-days', shanghai('2026-09-30 16:00'), shanghai('2026-10-08 10:00'))).toBe(18 * 3_600_000);
    expect(ours.counted('wall-clock', shanghai('2026-09-30 16:00'), shanghai('2026-10-01 10:00'))).toBe(18 * 3_600_000);
  });
});

describe('a year that nobody published', () => {
  const years = [plainYear(2025), plainYear(2027)];
  const gap = calendar({ years });

  it('is refused with the year and its owner, forward and backward', () => {
    expect(due('2026-12-30 09:00', span(1, 'working-day', 'working-days'))).toBe(shanghai('2026-12-31 09:00'));
    expect(ours.due(span(1, 'working-day', 'working-days'), shanghai('2026-12-31 09:00'))).toEqual({ at: null, unpublishedYear: 2027, owner: OWNER });
    expect(ours.due(span(1, 'working-day', 'working-days'), shanghai('2019-05-01 09:00'))).toEqual({ at: null, unpublishedYear: 2019, owner: OWNER });
    expect(ours.due(span(1, 'working-day', 'cut-off', '12:00'), shanghai('2026-12-31 09:00'))).toEqual({ at: null, unpublishedYear: 2027, owner: OWNER });
    expect(ours.due(span(1, 'hour', 'working-hours'), shanghai('2026-12-31 17:30'))).toEqual({ at: null, unpublishedYear: 2027, owner: OWNER });
    expect(ours.before(span(1, 'working-day', 'lead-time'), shanghai('2024-01-02 09:00'))).toEqual({ at: null, unpublishedYear: 2023, owner: OWNER });
    expect(ours.minus('working-hours', shanghai('2024-01-02 10:00'), 2 * 3_600_000)).toEqual({ at: null, unpublishedYear: 2023, owner: OWNER });
    expect(ours.plus('working-days', shanghai('2030-01-02 10:00'), 1)).toEqual({ at: null, unpublishedYear: 2030, owner: OWNER });
  });
  it('takes the last midnight that is known along', () => {
    expect(due('2026-12-31 17:00', span(1, 'hour', 'working-hours'))).toBe(shanghai('2026-12-31 18:00'));
    expect(ours.plus('working-days', shanghai('2026-12-31 00:00'), 86_400_000).at).toBe(shanghai('2027-01-01 00:00'));
    expect(ours.counted('working-days', shanghai('2026-12-31 00:00'), shanghai('2027-01-01 00:00'))).toBe(86_400_000);
    expect(ours.counted('working-days', shanghai('2026-12-31 00:00'), shanghai('2027-01-01 00:00:00.001'))).toBeNull();
  });
  it('begins with its first day: whether that is worked nobody knows', () => {
    expect([ours.isWorkingDay('2026-12-31'), ours.isWorkingDay('2027-01-01')]).toEqual([true, null]);
  });
  it('takes the first instant that counts along', () => {
    expect(ours.minus('working-days', shanghai('2024-01-03 00:00'), 86_400_000).at).toBe(shanghai('2024-01-02 00:00'));
  });
  it('is not jumped over between two published ones', () => {
    expect(gap.due(span(1, 'working-day', 'working-days'), shanghai('2025-12-31 09:00'))).toMatchObject({ at: null, unpublishedYear: 2026 });
    expect(gap.before(span(1, 'working-day', 'working-days'), shanghai('2027-01-01 09:00'))).toMatchObject({ at: null, unpublishedYear: 2026 });
    expect(gap.counted('working-hours', shanghai('2025-12-31 09:00'), shanghai('2027-01-04 09:00'))).toBeNull();
  });
  it('hinders no wall-clock time', () => {
    const none = calendar({ years: [] });
    expect(due('2031-12-31 23:00', span(24, 'hour', 'wall-clock'), undefined, none)).toBe(shanghai('2032-01-01 23:00'));
    expect(due('2031-12-31 23:00', span(1, 'day', 'cut-off', '12:00'), undefined, none)).toBe(shanghai('2032-01-01 12:00'));
    expect(none.due(span(1, 'hour', 'working-hours'), shanghai('2031-12-31 23:00'))).toEqual({ at: null, unpublishedYear: 2031, owner: OWNER });
  });
});

describe('the date of an instant', () => {
  it('is the one on the wall, also in the hour that comes a second time across midnight', () => {
    const brazil = calendar({ zone: 'America/Sao_Paulo', years: [] });
    // On 18 February 2018 at 00:00 the clocks went back to 23:00 of the 17th.
    expect(['2018-02-18T01:30:00.000Z', '2018-02-18T02:30:00.000Z', '2018-02-18T03:00:00.000Z'].map((instant) => brazil.localDate(instant))).toEqual(['2018-02-17', '2018-02-17', '2018-02-18']);
  });
});

describe('two services', () => {
  const noon = span(1, 'day', 'cut-off', '12:00');

  it('give one answer for one instant, whatever order they read their years in', () => {
    const second = calendar({ years: [...publishedYears()].reverse() });
    for (const each of [noon, span(5, 'working-day', 'working-days'), span(20, 'working-hour', 'working-hours')]) {
      expect(due('2025-12-30 23:58', each, undefined, second)).toBe(due('2025-12-30 23:58', each));
    }
  });
  it('that are five minutes apart at midnight differ by the day that the cut-off counts, never by more', () => {
    expect(due('2026-03-11 23:58', noon)).toBe(shanghai('2026-03-12 12:00'));
    expect(due('2026-03-12 00:03', noon)).toBe(shanghai('2026-03-13 12:00'));
  });
  it('cannot mix the years of two series, nor take a year twice', () => {
    expect(() => calendar({ years: [plainYear(2026), { ...plainYear(2027), series: 'DE' }] })).toThrow('series');
    expect(() => calendar({ years: [plainYear(2026), plainYear(2026)] })).toThrow('2026');
  });
});

describe('a span that means nothing', () => {
  it.each<[string, Span]>([
    ['working days of wall-clock time', span(1, 'working-day', 'wall-clock')],
    ['months of working hours', span(1, 'month', 'working-hours')],
    ['a cut-off without clock time', span(1, 'day', 'cut-off')],
    ['a cut-off after hours', span(1, 'hour', 'cut-off', '12:00')],
    ['a lead time in hours at a clock time', span(1, 'hour', 'lead-time', '12:00')],
    ['25 o\'clock', span(1, 'day', 'cut-off', '25:00')],
  ])('is a fault of the pack: %s', (_, of) => {
    expect(() => due('2026-03-11 09:00', of)).toThrow(RangeError);
  });
  it('neither does an instant or an amount that is none', () => {
    expect(() => ours.due(span(1, 'hour', 'wall-clock'), 'tomorrow')).toThrow('tomorrow');
    expect(() => ours.plus('wall-clock', shanghai('2026-03-11 09:00'), -1)).toThrow(RangeError);
  });
});
