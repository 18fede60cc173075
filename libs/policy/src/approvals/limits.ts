import type { WorkCalendar } from '../terms.js';

/** `YYYY-MM` or `YYYY` in the business zone: what one limit covers. */
export function periodOf(calendar: Pick<WorkCalendar, 'localDate'>, instant: string, period: 'month' | 'year'): string {
  return calendar.localDate(instant).slice(0, period === 'month' ? 7 : 4);
}

/** `YYYY-MM` of a calendar date: the month that a fault of that day counts in. */
export const monthOf = (date: string): string => date.slice(0, 7);

/** `YYYY-MM` of every month of a year, in order. */
export const monthsOf = (year: string): readonly string[] => Array.from({ length: 12 }, (_, month) => `${year}-${String(month + 1).padStart(2, '0')}`);

/** Minor units; `none` where no limit is adopted at all. */
export type SigningLimit = { readonly limit: number } | { readonly limit: null; readonly why: 'none' | 'undetermined' };

/**
 * The limit of a role in a mapping of limits. A role that a company forgot to list is undetermined and not unlimited: who
 * wants no limit switches the whole of it off.
 */
export function limitOf(limits: Readonly<Record<string, number>> | null, role: string): SigningLimit {
  if (limits === null) return { limit: null, why: 'none' };
  const limit = Object.hasOwn(limits, role) ? limits[role] : undefined;
  return limit !== undefined && Number.isSafeInteger(limit) && limit >= 0 ? { limit } : { limit: null, why: 'undetermined' };
}

/** All in minor units. The limit itself may be reached; a sum that is no exact whole number is over it. */
export function isWithinLimit(limit: number, taken: number, amount: number): boolean {
  const sum = taken + amount;
  return amount >= 0 && taken >= 0 && Number.isSafeInteger(sum) && sum <= limit;
}
