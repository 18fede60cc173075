/**
 * A company policy as data: every value carries its clause and its rows in docs/domain/requirements.yaml. Rules ask
 * for a value by key; none of these numbers may appear in a service.
 */

/** How long, and counted how. `days` and `hours` are integers. */
export type Span =
  | { readonly hours: number; readonly calendar: 'wall-clock' }
  | { readonly days: number; readonly calendar: 'wall-clock' }
  | { readonly workingDays: number; readonly calendar: 'working-days' }
  /** Clock time `HH:MM` in the business zone, so many calendar days after the start. */
  | { readonly days: number; readonly at: string; readonly calendar: 'cut-off' };

interface Sourced {
  readonly clause: string;
  /** Catalogue ids. */
  readonly rows: readonly string[];
}

/** A deadline. `calendarStated: false` marks our reading where the source is silent. */
export interface ClockEntry extends Sourced {
  readonly span: Span;
  readonly calendarStated: boolean;
}

export interface ValueEntry<T = unknown> extends Sourced {
  readonly value: T;
  readonly stated: boolean;
}

export interface PolicyPack {
  readonly id: string;
  readonly version: string;
  readonly title: { readonly zh: string; readonly en: string };
  readonly clocks: Readonly<Record<string, ClockEntry>>;
  readonly values: Readonly<Record<string, ValueEntry>>;
}

export const hours = (n: number): Span => ({ hours: n, calendar: 'wall-clock' });
export const days = (n: number): Span => ({ days: n, calendar: 'wall-clock' });
export const workingDays = (n: number): Span => ({ workingDays: n, calendar: 'working-days' });
export const beforeNextDay = (at: string): Span => ({ days: 1, at, calendar: 'cut-off' });
