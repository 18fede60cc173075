import type { Bilingual, RuleTrace } from 'aftercare/kernel';
import type { CountedBy, Unit } from './pack/pack.schema.js';

/** How long, and counted how: 24 hours of wall-clock time, 5 working days, clock time 12:00 of the next day. */
export interface Span {
  readonly value: number;
  readonly unit: Unit;
  readonly calendar: CountedBy;
  /** Clock time `HH:MM` of a cut-off. */
  readonly at?: string;
}

/** An instant, or the year that nobody published and the role that has to. Never a guess (D8). */
export type Reckoned =
  | { readonly at: string }
  | { readonly at: null; readonly unpublishedYear: number; readonly owner: string };

/** Whom a clock calls at which point: at a share of the span, or so long after the breach. */
export interface Escalation {
  readonly percent?: number;
  readonly afterBreach?: { readonly value: number; readonly unit: Unit };
  readonly to: readonly string[];
}

/** One clock as one adopted pack has it. */
export interface ClockTerms {
  readonly pack: string;
  readonly version: string;
  readonly key: string;
  /** Id of the requirement, or pack and clause of a regulation: what events and screens cite. */
  readonly rule: string;
  readonly clause: string;
  readonly span: Span;
  readonly nature: 'service' | 'regulatory';
  /** Facts that must hold, each one of the named values. */
  readonly when: Readonly<Record<string, readonly string[]>>;
  readonly pausable: boolean;
  /** Percent of the span. */
  readonly warn: readonly number[];
  readonly escalate: readonly Escalation[];
  readonly consequence: Bilingual | null;
}

export type TableValue = string | number | boolean | readonly string[];
/** Money in integer minor units (分). Null and absent are the same: not known. */
export type TableInputs = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** What a decision table says. Undetermined is an answer too: a person decides, and it is recorded who. */
export type TableOutcome =
  | { readonly determined: true; readonly then: Readonly<Record<string, TableValue>>; readonly trace: RuleTrace }
  | { readonly determined: false; readonly why: 'no-match' | 'several-match' | 'missing-input' | 'open-point' | 'not-adopted'; readonly trace: RuleTrace };

/** Reckons with the business zone, the published working days and the working windows of a company. */
export interface WorkCalendar {
  /** When a span that starts then is over. `unit` names the working windows; `default` when left out. */
  due(span: Span, start: string, unit?: string): Reckoned;
  /** A lead time, counted backwards from the end: one month before expiry. */
  before(span: Span, end: string): Reckoned;
  /** Milliseconds that count between two instants (`from` <= `to`); null beyond the published years. */
  counted(by: CountedBy, from: string, to: string, unit?: string): number | null;
  /** The instant by which so many counting milliseconds have passed. */
  plus(by: CountedBy, from: string, countedMs: number, unit?: string): Reckoned;
  /** The instant so many counting milliseconds earlier. */
  minus(by: CountedBy, to: string, countedMs: number, unit?: string): Reckoned;
  /** Working day or not; null beyond the published years. `date` is `YYYY-MM-DD` in the business zone. */
  isWorkingDay(date: string): boolean | null;
  /** Local calendar date `YYYY-MM-DD` of an instant. */
  localDate(instant: string): string;
}
