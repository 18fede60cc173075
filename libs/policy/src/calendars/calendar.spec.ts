import { addWorkingDays, cutOff } from './calendar.js';
import { CN_2026 } from './cn-2026.js';
import { calendar, shanghai } from './testing/shanghai.js';

/** `policySet` still reckons with these two; until it asks a WorkCalendar they have to agree with it. */
describe('the reckoning of the first policy set', () => {
  const ours = calendar();
  const old = new Map([[2026, CN_2026]]);

  it.each(['2026-02-13 17:00', '2026-02-28 09:00', '2026-09-18 17:00', '2026-09-30 23:30'])('agrees on %s', (start) => {
    for (const n of [1, 2, 5, 20]) {
      expect(addWorkingDays(shanghai(start), n, old)).toBe(ours.due({ value: n, unit: 'working-day', calendar: 'working-days' }, shanghai(start)).at);
      expect(cutOff(shanghai(start), n, '12:00')).toBe(ours.due({ value: n, unit: 'day', calendar: 'cut-off', at: '12:00' }, shanghai(start)).at);
    }
  });
  it('says nothing beyond its year', () => {
    expect(addWorkingDays(shanghai('2026-12-31 09:00'), 1, old)).toBeNull();
    expect(addWorkingDays(shanghai('2019-05-01 09:00'), 1, old)).toBeNull();
  });
});
