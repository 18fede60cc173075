import type { PolicySet } from 'aftercare/policy';
import { CliFailure, EXIT } from '../../exit-codes.js';

/** UTC instants; cases opened from `from` on and before `before`, followed to `horizon`. */
export interface CaseWindow {
  readonly from: string;
  readonly before: string;
  readonly horizon: string;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Days in the zone of the company, both included. @throws CliFailure */
export function windowOf(from: string, to: string, calendar: PolicySet['calendar'], now: string): CaseWindow {
  const [begin, before] = [startOf('--from', from, calendar), endOf('--to', to, calendar)];
  if (begin >= before) throw new CliFailure(EXIT.usage, `--from ${from} lies after --to ${to}.`);
  return { from: begin, before, horizon: before < now ? before : now };
}

const startOf = (option: string, date: string, calendar: PolicySet['calendar']): string => told(option, date, instantOf(date, '00:00', calendar));
const endOf = (option: string, date: string, calendar: PolicySet['calendar']): string => told(option, date, endOfDay(date, calendar));

function told(option: string, date: string, found: string | null): string {
  if (found === null) throw new CliFailure(EXIT.usage, `${option} ${date} is no date: write for example 2026-03-01.`);
  return found;
}

/** First instant after a day in the zone of the calendar; null where it is no date. */
export const endOfDay = (date: string, calendar: PolicySet['calendar']): string | null => instantOf(date, '24:00', calendar);

function instantOf(date: string, at: string, calendar: PolicySet['calendar']): string | null {
  // Noon of the same day in London is another day at the ends of the earth.
  const inside = ['12', '00', '23'].map((hour) => `${date}T${hour}:00:00.000Z`).find((instant) => isDate(date) && calendar.localDate(instant) === date);
  return inside === undefined ? null : calendar.due({ value: 0, unit: 'day', calendar: 'cut-off', at }, inside).at;
}

function isDate(text: string): boolean {
  const millis = DATE.test(text) ? Date.parse(`${text}T00:00:00.000Z`) : Number.NaN;
  return !Number.isNaN(millis) && new Date(millis).toISOString().startsWith(text);
}

const UUID_V7 = /^([0-9a-f]{8})-([0-9a-f]{4})-7/;

/** Whether the id says when the case was opened (RFC 9562); that of a lot does not. */
export const isDated = (caseId: string): boolean => UUID_V7.test(caseId);

/** Before every id of a case that was opened at the instant or later, and behind every earlier one. */
export function boundOf(instant: string): string {
  const hex = Date.parse(instant).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-`;
}
