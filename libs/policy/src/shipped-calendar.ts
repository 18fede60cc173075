import type { CompanyPolicy } from './adoption/adoption.schema.js';
import { workCalendar } from './calendars/work-calendar.js';
import { shippedYears } from './shipped.js';
import type { WorkCalendar } from './terms.js';

/** The calendar of a company: its zone, its windows, the published years. */
export function calendarOf({ zone, calendar, windows, calendarOwner }: Pick<CompanyPolicy, 'zone' | 'calendar' | 'windows' | 'calendarOwner'>): WorkCalendar {
  return workCalendar({ zone, windows, owner: calendarOwner, years: shippedYears().filter(({ series }) => series === calendar) });
}
