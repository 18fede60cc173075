import { elapsed, onBusinessClock, parseDuration, parseInstant } from './time.js';

describe('durations and times as people type them', () => {
  it.each([['90s', 90], ['15m', 900], ['8h', 28_800], ['1h30m', 5_400], ['1d', 86_400]])('%s is %d seconds', (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds);
  });
  it.each(['', '8', 'h', '8 h', '-1h', '1.5h', '0s', '8hours', 'x8h'])('"%s" is refused', (text) => {
    expect(() => parseDuration(text)).toThrow(/not a duration/);
  });
  it.each([
    ['2026-03-01', '2026-03-01T15:59:59.999Z'],
    ['2026-03-01 17:30', '2026-03-01T09:30:00.000Z'],
    ['2026-03-01T17:30:15', '2026-03-01T09:30:15.000Z'],
    ['2026-03-01T17:30:00Z', '2026-03-01T17:30:00.000Z'],
    ['2026-03-01T17:30:00+09:00', '2026-03-01T08:30:00.000Z'],
  ])('%s is %s', (text, instant) => expect(parseInstant(text)).toBe(instant));
  it.each(['yesterday', '2026-13-01', '2026-3-1', '1'])('"%s" is refused', (text) => {
    expect(() => parseInstant(text)).toThrow(/not a time/);
  });
  it('shows the business clock over a year end', () => {
    expect(onBusinessClock('2025-12-31T16:00:00.000Z')).toBe('2026-01-01 00:00:00');
  });
  it.each([[850, '850 ms'], [12_340, '12.3 s'], [245_000, '4 min 5 s'], [12_000_000, '3 h 20 min']])('%d ms reads %s', (millis, text) => {
    expect(elapsed(millis)).toBe(text);
  });
});
