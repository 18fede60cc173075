import { evaluateUnaryExpressionSync } from '@gorules/zen-engine';
import { addWorkingDays, cutOff, localDate, type Calendar } from './calendars/calendar.js';
import { CN_2026 } from './calendars/cn-2026.js';
import type { TableEntry } from './pack/pack.schema.js';
import type { Reckoned, Span, TableInputs, TableOutcome, WorkCalendar } from './terms.js';

/** Stands in until the calendars and tables of this change are merged. */
const HOURS: Readonly<Record<string, number>> = { hour: 1, day: 24, week: 168, minute: 1 / 60, second: 1 / 3600 };

export function interimCalendar(owner: string): WorkCalendar {
  const years: Calendar = new Map([[CN_2026.year, CN_2026]]);
  const reckoned = (at: string | null): Reckoned => at === null ? { at: null, unpublishedYear: 2027, owner } : { at };
  const due = (span: Span, start: string): Reckoned => {
    switch (span.calendar) {
      case 'working-days': return reckoned(addWorkingDays(start, span.value, years));
      case 'cut-off': return reckoned(cutOff(start, span.value, span.at ?? '24:00'));
      default: return reckoned(new Date(Date.parse(start) + span.value * (HOURS[span.unit] ?? 24) * 3_600_000).toISOString());
    }
  };
  return {
    due, localDate, isWorkingDay: () => null, counted: (_by, from, to) => Date.parse(to) - Date.parse(from),
    before: (span, end) => reckoned(new Date(Date.parse(end) - span.value * 86_400_000).toISOString()),
    plus: (_by, from, ms) => reckoned(new Date(Date.parse(from) + ms).toISOString()),
    minus: (_by, to, ms) => reckoned(new Date(Date.parse(to) - ms).toISOString()),
  };
}

const inMinor = (condition: string): string => condition.replace(/(\d+)\.(\d{2})/g, '$1$2');

export function interimDecide(entry: TableEntry, pack: string, version: string, inputs: TableInputs): TableOutcome {
  const asked = Object.fromEntries(Object.keys(entry.inputs).map((name) => [name, inputs[name] ?? null]));
  const trace = (rule: string, outcome: string) => ({ id: pack, version, rule, inputs: asked, outcome });
  const missing = (row: { if: Record<string, string> }) => Object.keys(row.if).some((name) => asked[name] === null);
  if ((entry.value ?? []).some((row) => missing(row) && matches(row.if, asked))) return { determined: false, why: 'missing-input', trace: trace('', 'undetermined') };
  const hits = (entry.value ?? []).filter((row) => !missing(row) && matches(row.if, asked));
  const [hit] = hits;
  if (!hit || hits.length > 1) return { determined: false, why: hit ? 'several-match' : 'no-match', trace: trace('', 'undetermined') };
  if (!hit.then) return { determined: false, why: 'open-point', trace: trace(hit.id, 'undetermined') };
  return { determined: true, then: hit.then, trace: trace(hit.id, Object.values(hit.then).join(', ')) };
}

/** What is not known may match. */
function matches(conditions: Readonly<Record<string, string>>, asked: Readonly<Record<string, string | number | boolean | null>>): boolean {
  return Object.entries(conditions).every(([name, condition]) => asked[name] === null || evaluateUnaryExpressionSync(inMinor(condition), { $: asked[name] }));
}
