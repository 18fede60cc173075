import { join } from 'node:path';
import type { WorkCalendar } from '../../terms.js';
import type { CalendarYear } from '../calendar-year.schema.js';
import { readCalendars } from '../read-calendars.js';
import type { Windows } from '../windows.js';
import { workCalendar, type WorkCalendarParts } from '../work-calendar.js';

export const CALENDARS = join(import.meta.dirname, '../../../calendars');

const published = (await readCalendars(CALENDARS)).years;
export const publishedYears = (): readonly CalendarYear[] => published;

/** A year of weekdays and weekends only, as if a notice had named no day. */
export const plainYear = (year: number): CalendarYear =>
  ({ series: 'CN', year, publishedBy: { zh: '测试', en: 'test' }, holidays: [], makeUpDays: [] });

const FIVE_DAYS = [1, 2, 3, 4, 5];
export const WINDOWS: Windows = {
  default: [{ weekdays: FIVE_DAYS, from: '09:00', to: '12:00' }, { weekdays: FIVE_DAYS, from: '13:30', to: '18:00' }],
  hotline: [{ weekdays: [...FIVE_DAYS, 6], from: '08:00', to: '20:00' }],
  warehouse: [{ weekdays: [2, 4], from: '10:00', to: '16:00' }, { weekdays: [3], from: '08:00', to: '12:00' }],
};

/** The published years of China in Shanghai, lunch from 12:00 to 13:30, unless the test says otherwise. */
export const calendar = (parts: Partial<WorkCalendarParts> = {}): WorkCalendar =>
  workCalendar({ zone: 'Asia/Shanghai', years: publishedYears(), windows: WINDOWS, owner: 'registry.policy', ...parts });

/** An instant from a clock in Shanghai: `2026-09-18 17:00`. */
export const shanghai = (local: string): string => new Date(`${local.replace(' ', 'T')}+08:00`).toISOString();
