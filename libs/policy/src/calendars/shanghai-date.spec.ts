import { localDate } from './shanghai-date.js';

describe('the date in Shanghai', () => {
  it('is eight hours ahead of UTC, on the last day of the year and on 29 February', () => {
    expect(localDate('2026-12-31T15:59:59.999Z')).toBe('2026-12-31');
    expect(localDate('2026-12-31T16:00:00.000Z')).toBe('2027-01-01');
    expect(localDate('2028-02-28T16:00:00.000Z')).toBe('2028-02-29');
  });
  it('had summer time in 1990', () => {
    expect(localDate('1990-07-01T15:30:00.000Z')).toBe('1990-07-02');
  });
});
