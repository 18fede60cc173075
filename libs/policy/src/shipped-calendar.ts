import type { CompanyPolicy } from './adoption/adoption.schema.js';
import { workCalendar } from './calendars/work-calendar.js';
import { shippedYears } from './shipped.js';
import type { WorkCalendar } from './terms.js';

/**
 * The calendar of a company for one unit: its zone, the published years, and the working windows of the unit, which is a
 * department; those of `default` where the company file names none for it.
 */
export function calendarOf(company: Pick<CompanyPolicy, 'zone' | 'calendar' | 'windows' | 'calendarOwner'>, unit = 'default'): WorkCalendar {
  const { zone, calendar, windows, calendarOwner } = company;
  return workCalendar({
    zone, owner: calendarOwner, years: shippedYears().filter(({ series }) => series === calendar),
    windows: { ...windows, default: windows[unit] ?? windows['default'] ?? [] },
  });
}
