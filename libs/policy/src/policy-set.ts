import { addWorkingDays, cutOff, type Calendar } from './calendars/calendar.js';
import { CN_2026 } from './calendars/cn-2026.js';
import type { PolicyPack, Span } from './pack.js';
import { P000 } from './packs/p000.js';
import { P001C } from './packs/p001c.js';
import { P001E } from './packs/p001e.js';
import { P002A } from './packs/p002a.js';
import { P002B } from './packs/p002b.js';
import { P003 } from './packs/p003.js';

export const PACKS = { P000, P001C, P001E, P002A, P002B, P003 } as const;
type Packs = typeof PACKS;
export type PackId = keyof Packs;
export type ClockKey<P extends PackId> = keyof Packs[P]['clocks'] & string;
export type ValueKey<P extends PackId> = keyof Packs[P]['values'] & string;

export interface DueTime {
  readonly pack: string;
  readonly version: string;
  /** Catalogue id. */
  readonly rule: string;
  /** Null: undetermined, the calendar ends before the due time. */
  readonly dueAt: string | null;
}

/** The policies a case is decided under. Handed to deciders as a value; the same set always gives the same answers. */
export interface PolicySet {
  due<P extends PackId>(pack: P, clock: ClockKey<P>, start: string): DueTime;
  value<P extends PackId, K extends ValueKey<P>>(pack: P, key: K): (Packs[P]['values'][K] & { value: unknown })['value'];
}

function dueAfter(span: Span, start: string, calendar: Calendar): string | null {
  switch (span.calendar) {
    case 'wall-clock': {
      const hoursLong = 'hours' in span ? span.hours : span.days * 24;
      return new Date(Date.parse(start) + hoursLong * 3_600_000).toISOString();
    }
    case 'working-days': return addWorkingDays(start, span.workingDays, calendar);
    case 'cut-off': return cutOff(start, span.days, span.at);
  }
}

export function policySet(packs: Packs = PACKS, calendar: Calendar = new Map([[CN_2026.year, CN_2026]])): PolicySet {
  return {
    due(packId, clock, start) {
      const pack: PolicyPack = packs[packId];
      const entry = pack.clocks[clock];
      if (!entry) throw new Error(`Policy ${packId} has no clock ${clock}`);
      return { pack: pack.id, version: pack.version, rule: entry.rows[0] ?? pack.id, dueAt: dueAfter(entry.span, start, calendar) };
    },
    value(packId, key) {
      const values: Packs[typeof packId]['values'] = packs[packId].values;
      return (values[key] as { value: never }).value;
    },
  };
}
