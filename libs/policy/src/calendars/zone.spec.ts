import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { calendar, plainYear } from './testing/shanghai.js';
import { zoneNamed } from './zone.js';

const ms = (instant: string): number => Date.parse(instant);
const local = (text: string): number => Date.parse(`${text.replace(' ', 'T')}Z`);
const shown = (text: string, zone: string): number => Temporal.PlainDateTime.from(text.replace(' ', 'T')).toZonedDateTime(zone).epochMilliseconds;

describe('the clock of a zone', () => {
  const berlin = zoneNamed('Europe/Berlin');

  it('a time that is skipped in spring is the instant of the change', () => {
    expect(berlin.toInstant(local('2026-03-29 01:59'))).toBe(ms('2026-03-29T00:59:00Z'));
    expect(berlin.toInstant(local('2026-03-29 02:30'))).toBe(ms('2026-03-29T01:00:00Z'));
    expect(berlin.toInstant(local('2026-03-29 03:00'))).toBe(ms('2026-03-29T01:00:00Z'));
    expect(berlin.toInstant(local('2026-03-29 03:30'))).toBe(ms('2026-03-29T01:30:00Z'));
  });
  it('a time that comes twice in autumn is the first of both, and the repeated hour counts as its end', () => {
    expect(berlin.toInstant(local('2026-10-25 02:30'))).toBe(ms('2026-10-25T00:30:00Z'));
    expect(berlin.toLocal(ms('2026-10-25T00:30:00Z'))).toBe(local('2026-10-25 02:30'));
    expect(berlin.toLocal(ms('2026-10-25T01:30:00Z'))).toBe(local('2026-10-25 03:00'));
    expect(berlin.toInstant(local('2026-10-25 03:00'))).toBe(ms('2026-10-25T02:00:00Z'));
  });
  it('a midnight that comes twice ends the day the second time, and the date shown goes back with the clock', () => {
    const saoPaulo = zoneNamed('America/Sao_Paulo');
    expect(saoPaulo.toInstant(local('2018-02-18 00:00'))).toBe(ms('2018-02-18T03:00:00Z'));
    expect(saoPaulo.dayShown(ms('2018-02-18T02:30:00Z'))).toBe(local('2018-02-17 00:00') / 86_400_000);
  });
  it('a day that a country left out has no time in it', () => {
    const apia = zoneNamed('Pacific/Apia');
    expect(apia.toInstant(local('2011-12-30 00:00'))).toBe(apia.toInstant(local('2011-12-31 00:00')));
  });
  it('refuses a zone that does not exist', () => {
    expect(() => zoneNamed('Asia/Chengdu')).toThrow(RangeError);
  });

  it.each(['Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'America/St_Johns'])('%s keeps order, and is what Temporal says outside the hours of a change', (name) => {
    const zone = zoneNamed(name);
    const changes = ['2011-03-01', '2011-09-01', '2026-01-01', '2026-07-01'].map((date) => Temporal.PlainDate.from(date).toZonedDateTime(name).getTimeZoneTransition('next')?.epochMilliseconds ?? ms(date));
    const instant = fc.oneof(fc.integer({ min: ms('2000-01-02T00:00:00Z'), max: ms('2037-12-30T00:00:00Z') }),
      fc.tuple(fc.constantFrom(...changes), fc.integer({ min: -120, max: 120 })).map(([change, minutes]) => change + minutes * 60_000));
    fc.assert(fc.property(instant, fc.integer({ min: 0, max: 7_200_000 }), (at, later) => {
      expect(zone.toLocal(at + later)).toBeGreaterThanOrEqual(zone.toLocal(at));
      expect(zone.toInstant(at + later)).toBeGreaterThanOrEqual(zone.toInstant(at));
      expect(zone.toInstant(zone.toLocal(at))).toBeGreaterThanOrEqual(at);
      const temporal = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(name);
      const clock = temporal.toPlainDateTime().toZonedDateTime('UTC').epochMilliseconds;
      if (temporal.add({ hours: 3 }).offsetNanoseconds === temporal.subtract({ hours: 3 }).offsetNanoseconds) {
        expect(zone.toLocal(at)).toBe(clock);
        expect(zone.toInstant(clock)).toBe(at);
      }
    }), { numRuns: 300 });
  });
});

describe('a company in New York', () => {
  const zone = 'America/New_York';
  const windows = { default: [{ weekdays: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' }], night: [{ weekdays: [7], from: '01:00', to: '04:00' }] };
  const newYork = calendar({ zone, windows, years: [plainYear(2026)] });
  const instant = (text: string): string => new Date(shown(text, zone)).toISOString();

  it('a working day is the same clock time although the day before had 23 hours', () => {
    expect(newYork.due({ value: 1, unit: 'working-day', calendar: 'working-days' }, instant('2026-03-06 15:00')).at).toBe(instant('2026-03-09 15:00'));
    expect(newYork.due({ value: 1, unit: 'month', calendar: 'wall-clock' }, instant('2026-02-15 15:00')).at).toBe(instant('2026-03-15 15:00'));
  });
  it('24 hours of wall-clock time are 24 hours, also across the change', () => {
    expect(newYork.due({ value: 1, unit: 'day', calendar: 'wall-clock' }, instant('2026-03-07 15:00')).at).toBe(instant('2026-03-08 16:00'));
    expect(newYork.due({ value: 24, unit: 'hour', calendar: 'wall-clock' }, instant('2026-10-31 15:00')).at).toBe(instant('2026-11-01 14:00'));
  });
  it('a cut-off in the skipped hour is the instant of the change', () => {
    expect(newYork.due({ value: 1, unit: 'day', calendar: 'cut-off', at: '02:30' }, instant('2026-03-07 15:00')).at).toBe('2026-03-08T07:00:00.000Z');
    expect(newYork.due({ value: 0, unit: 'day', calendar: 'cut-off', at: '24:00' }, instant('2026-03-08 15:00')).at).toBe('2026-03-09T04:00:00.000Z');
  });
  it('a window across the change has one hour less in spring and one more in autumn', () => {
    expect(newYork.counted('working-hours', instant('2026-03-08 00:00'), instant('2026-03-08 12:00'), 'night')).toBe(2 * 3_600_000);
    expect(newYork.counted('working-hours', instant('2026-11-01 00:00'), instant('2026-11-01 12:00'), 'night')).toBe(4 * 3_600_000);
    expect(newYork.counted('working-hours', instant('2026-03-15 00:00'), instant('2026-03-15 12:00'), 'night')).toBe(3 * 3_600_000);
  });
});
