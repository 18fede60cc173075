import fc from 'fast-check';
import type { Reckoned, Span } from '../terms.js';
import { COUNTABLE } from './span.js';
import { calendar, plainYear, publishedYears } from './testing/shanghai.js';
import { zoneNamed } from './zone.js';

/** Runs per property; AFTERCARE_CALENDAR_RUNS raises it for a long search. */
const numRuns = Number(process.env['AFTERCARE_CALENDAR_RUNS'] ?? 250);
const MINUTE = 60_000;

/** Published years with make-up days, a leap year behind them, and enough on both sides that nothing below runs out. */
const years = [plainYear(2022), plainYear(2023), ...publishedYears(), ...[2027, 2028, 2029, 2030].map(plainYear)];
/** Make-up days, ends of months, the last day of a published year, and the hours in which clocks change. */
const DAYS = ['2026-01-31', '2026-02-14', '2026-02-28', '2026-03-08', '2026-03-29', '2026-09-20', '2026-09-30', '2026-10-25', '2026-11-01', '2026-12-31', '2028-02-28', '2028-02-29'];
const CLOCK = ['00:00', '01:00', '02:00', '03:00', '08:00', '09:00', '12:00', '13:30', '18:00', '20:00', '23:59'];
const local = (day: string, clock: string): number => Date.parse(`${day}T${clock}:00Z`);
/** Instants of four years by the clock of the zone: anywhere, around an edge, and at the opening or closing of a window. */
const instantIn = (zone: string): fc.Arbitrary<string> => fc.oneof(
  fc.integer({ min: local('2024-06-01', '00:00'), max: local('2028-05-31', '00:00') }),
  fc.tuple(fc.constantFrom(...DAYS), fc.constantFrom(...CLOCK), fc.integer({ min: -120, max: 120 })).map(([day, clock, minutes]) => local(day, clock) + minutes * MINUTE),
  fc.tuple(fc.constantFrom(...DAYS), fc.integer({ min: -3, max: 3 }), fc.constantFrom(...CLOCK)).map(([day, off, clock]) => local(day, clock) + off * 1_440 * MINUTE),
).map((ms) => new Date(zoneNamed(zone).toInstant(ms)).toISOString());
/** Up to three weeks of time that counts, often whole hours so that it ends where a window does. */
const amount = fc.oneof(fc.integer({ min: 0, max: 21 * 1_440 }).map((m) => m * MINUTE), fc.integer({ min: 0, max: 80 }).map((h) => h * 60 * MINUTE), fc.integer({ min: 0, max: 1_000_000_000 }));
const by = fc.constantFrom('wall-clock', 'working-hours', 'working-days', 'cut-off', 'lead-time');
/** Cut-offs and lead times count all time, so that one of them stands for both. */
const countedBy = fc.constantFrom('wall-clock', 'cut-off', 'working-days', 'working-days', 'working-hours', 'working-hours', 'working-hours');
const unit = fc.constantFrom('default', 'hotline', 'warehouse');
const span: fc.Arbitrary<Span> = by.chain((counted) => fc.record({
  value: fc.integer({ min: 0, max: 13 }), calendar: fc.constant(counted), unit: fc.constantFrom(...COUNTABLE[counted]),
  at: fc.constantFrom(undefined, '00:00', '12:00', '24:00'),
})).map((drawn) => {
  if (drawn.calendar === 'cut-off') return { ...drawn, at: drawn.at ?? '17:30' };
  return drawn.calendar === 'lead-time' && COUNTABLE['cut-off'].includes(drawn.unit) ? drawn : { ...drawn, at: undefined };
});
const at = (reckoned: Reckoned): string => {
  if (reckoned.at === null) throw new Error(`Ran out of calendar in ${reckoned.unpublishedYear}`);
  return reckoned.at;
};
const holds = <T extends [unknown, ...unknown[]]>(property: fc.IProperty<T>): void => fc.assert(property, { numRuns });

describe.each(['Asia/Shanghai', 'Europe/Berlin', 'America/New_York'])('any span in %s', (zone) => {
  const ours = calendar({ years, zone });
  const instant = instantIn(zone);

  it('that starts later is not due earlier', () => holds(fc.property(span, unit, instant, instant, (of, whose, one, other) => {
    const [first, second] = [one, other].sort();
    expect(at(ours.due(of, first!, whose)) <= at(ours.due(of, second!, whose))).toBe(true);
  })));
  it('that starts a little later is not due earlier', () => holds(fc.property(span, unit, instant, fc.integer({ min: 0, max: 2_880 }), (of, whose, start, minutes) => {
    const later = new Date(Date.parse(start) + minutes * MINUTE).toISOString();
    expect(at(ours.due(of, start, whose)) <= at(ours.due(of, later, whose))).toBe(true);
  })));
  it('counted backwards keeps order, too', () => holds(fc.property(span, instant, fc.integer({ min: 0, max: 2_880 }), (of, end, minutes) => {
    const later = new Date(Date.parse(end) + minutes * MINUTE).toISOString();
    expect(at(ours.before(of, end)) <= at(ours.before(of, later))).toBe(true);
  })));
  it('that is longer is not due earlier', () => holds(fc.property(span, unit, instant, fc.integer({ min: 0, max: 20 }), (of, whose, start, more) => {
    fc.pre(of.calendar !== 'lead-time');
    expect(at(ours.due(of, start, whose)) <= at(ours.due({ ...of, value: of.value + more }, start, whose))).toBe(true);
  })));
  it('is never over before it began, nor begins after its end, cut-offs of the same day aside', () => holds(fc.property(span, unit, instant, (of, whose, start) => {
    fc.pre(of.at === undefined);
    if (of.calendar !== 'lead-time') expect(at(ours.due(of, start, whose)) >= start).toBe(true);
    expect(at(ours.before(of, start)) <= start).toBe(true);
  })));

  it('counts exactly what was added', () => holds(fc.property(countedBy, unit, instant, amount, (counted, whose, from, ms) => {
    expect(ours.counted(counted, from, at(ours.plus(counted, from, ms, whose)), whose)).toBe(ms);
    expect(ours.counted(counted, at(ours.minus(counted, from, ms, whose)), from, whose)).toBe(ms);
  })));
  it('added and then subtracted returns to an instant that counts', () => holds(fc.property(countedBy, unit, instant, amount, (counted, whose, from, ms) => {
    fc.pre(ours.counted(counted, from, new Date(Date.parse(from) + 1).toISOString(), whose) === 1);
    expect(at(ours.minus(counted, at(ours.plus(counted, from, ms, whose)), ms, whose))).toBe(from);
  })));
  it('subtracted and then added returns to an instant that counts', () => holds(fc.property(countedBy, unit, instant, amount, (counted, whose, to, ms) => {
    fc.pre(ours.counted(counted, new Date(Date.parse(to) - 1).toISOString(), to, whose) === 1);
    expect(at(ours.plus(counted, at(ours.minus(counted, to, ms, whose)), ms, whose))).toBe(to);
  })));
  it('counts in parts what it counts as a whole', () => holds(fc.property(countedBy, unit, instant, instant, instant, (counted, whose, ...instants) => {
    const [a, b, c] = [...instants].sort();
    expect(ours.counted(counted, a!, b!, whose)! + ours.counted(counted, b!, c!, whose)!).toBe(ours.counted(counted, a!, c!, whose));
  })));

  it('that was paused on its way has as much time left as before, and is due no earlier', () => holds(fc.property(span, unit, instant, fc.double({ min: 0, max: 1, noNaN: true }), amount, (of, whose, start, share, pause) => {
    const dueAt = at(ours.due(of, start, whose));
    fc.pre(dueAt > start);
    const pausedAt = new Date(Date.parse(start) + Math.floor((Date.parse(dueAt) - Date.parse(start)) * share)).toISOString();
    const resumedAt = at(ours.plus('wall-clock', pausedAt, pause));
    const left = ours.counted(of.calendar, pausedAt, dueAt, whose)!;
    const newDue = at(ours.plus(of.calendar, resumedAt, left, whose));
    expect(ours.counted(of.calendar, resumedAt, newDue, whose)).toBe(left);
    // Due at midnight after days off and paused on one of them: nothing was left, so that resuming is the end of it.
    expect(newDue >= dueAt || left === 0).toBe(true);
  })));
  it('of counting time that was paused has as much left as before, and is due no earlier', () => holds(fc.property(countedBy, unit, instant, amount, amount, amount, (counted, whose, start, long, passed, pause) => {
    const dueAt = at(ours.plus(counted, start, long, whose));
    const pausedAt = at(ours.plus('wall-clock', start, Math.min(passed, Date.parse(dueAt) - Date.parse(start))));
    const resumedAt = at(ours.plus('wall-clock', pausedAt, pause));
    const left = ours.counted(counted, pausedAt, dueAt, whose)!;
    const newDue = at(ours.plus(counted, resumedAt, left, whose));
    expect(ours.counted(counted, resumedAt, newDue, whose)).toBe(left);
    expect(newDue >= dueAt || left === 0).toBe(true);
  })));
});

describe('slow and simple counting in Shanghai', () => {
  const instant = instantIn('Asia/Shanghai');
  const ours = calendar({ years });
  const openAt = (ms: number): boolean => {
    const local = new Date(ms + 8 * 3_600_000).toISOString();
    const clock = local.slice(11, 16);
    return ours.isWorkingDay(local.slice(0, 10)) === true && ((clock >= '09:00' && clock < '12:00') || (clock >= '13:30' && clock < '18:00'));
  };

  it('minute by minute comes to the same working hours', () => fc.assert(fc.property(instant, fc.integer({ min: 0, max: 14_400 }), (from, minutes) => {
    const start = Math.floor(Date.parse(from) / MINUTE) * MINUTE;
    let open = 0;
    for (let i = 0; i < minutes; i += 1) if (openAt(start + i * MINUTE)) open += MINUTE;
    expect(ours.counted('working-hours', new Date(start).toISOString(), new Date(start + minutes * MINUTE).toISOString())).toBe(open);
  }), { numRuns: Math.min(numRuns, 40) }));
  it('day by day comes to the same working day', () => holds(fc.property(instant, fc.integer({ min: 1, max: 30 }), (start, n) => {
    const day = 86_400_000;
    const startsWorking = ours.isWorkingDay(ours.localDate(start))!;
    let ms = Date.parse(start);
    for (let counted = 0; counted < n;) {
      ms += day;
      if (ours.isWorkingDay(ours.localDate(new Date(ms).toISOString()))) counted += 1;
    }
    const dueAt = at(ours.due({ value: n, unit: 'working-day', calendar: 'working-days' }, start));
    expect(ours.localDate(dueAt)).toBe(ours.localDate(new Date(ms).toISOString()));
    if (startsWorking) expect(dueAt).toBe(new Date(ms).toISOString());
  })));
});
