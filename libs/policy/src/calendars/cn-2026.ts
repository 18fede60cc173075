import type { WorkingYear } from './calendar.js';

const range = (month: string, from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => `${month}-${String(from + i).padStart(2, '0')}`);

/** State Council notice for 2026: 33 days off, 6 working weekend days. */
export const CN_2026: WorkingYear = {
  year: 2026,
  holidays: new Set([
    ...range('01', 1, 3), ...range('02', 15, 23), ...range('04', 4, 6), ...range('05', 1, 5),
    ...range('06', 19, 21), ...range('09', 25, 27), ...range('10', 1, 7),
  ]),
  makeUpDays: new Set(['01-04', '02-14', '02-28', '05-09', '09-20', '10-10']),
};
