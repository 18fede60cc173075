import type { Difference, Missed } from 'aftercare/policy';
import { csvCell } from '../../csv.js';
import { facts, plain, table } from '../../table.js';
import { elapsed, onBusinessClock } from '../../time.js';
import type { Totals } from './totals.js';

export interface DifferenceLine {
  readonly caseId: string;
  readonly department: string;
  readonly what: string;
  readonly about: string;
  readonly before: string;
  readonly after: string;
}

const CHANGES = { added: 'breach added', removed: 'breach removed', moved: 'breach moved' } as const;
const EFFECTS = { route: 'other route', approval: 'other approval', penalty: 'other penalty' } as const;

export function lineOf(difference: Difference): DifferenceLine {
  const { caseId, department } = difference;
  switch (difference.kind) {
    case 'breach': {
      const { change, clock, dueBefore, dueAfter, before, after } = difference;
      return { caseId, department, what: CHANGES[change], about: clock, before: due(dueBefore, before), after: due(dueAfter, after) };
    }
    case 'undetermined': {
      const { clock, before, unpublishedYear, owner } = difference;
      return { caseId, department, what: 'undetermined', about: clock, before: before ? due(before.dueAt, before) : 'in time', after: `no calendar for ${unpublishedYear ?? '?'}: ${owner ?? '?'} publishes it` };
    }
    case 'decision': {
      const { effect, table: key, before, after } = difference;
      return { caseId, department, what: EFFECTS[effect], about: key, before: decided(before), after: decided(after) };
    }
  }
}

function due(dueAt: string | null, missed: Missed | null): string {
  if (missed) return `due ${onBusinessClock(missed.dueAt)}, late by ${elapsed(missed.lateByMs)}`;
  return dueAt === null ? 'no such clock, or no due time' : `due ${onBusinessClock(dueAt)}, in time`;
}

const decided = ({ rule, outcome }: { readonly rule: string; readonly outcome: string }): string => `${outcome} (${rule})`;

export function differenceTable(lines: readonly DifferenceLine[]): string {
  return table(['Case', 'Department', 'What', 'Clock or table', 'As recorded', 'Under the draft'],
    lines.map(({ caseId, department, what, about, before, after }) => [caseId, department, what, about, before, after].map(plain)));
}

export function totalsTable({ cases, affected, breaches, clocks, decisions, notAsked, boundInVain, undated, events }: Totals): string {
  const n = (count: number): string => count.toLocaleString('en-US');
  const cannot = Object.entries(decisions.notReplayableBy).map(([name, count]) => `${name} ${n(count)}`).join(', ');
  return facts([
    ['Cases', `${n(cases)} with ${n(events)} events; ${n(affected)} come out differently`],
    ['Breaches', `${n(breaches.added)} added, ${n(breaches.removed)} removed, ${n(breaches.kept)} under both, ${n(breaches.moved)} of these by another measure`],
    ['Clocks', `${n(clocks.added)} more, ${n(clocks.removed)} fewer, ${n(clocks.dueMoved)} with another due time`],
    ['Undetermined', `${n(clocks.undetermined)} clocks in a year without calendar, ${n(decisions.undetermined)} decisions left to a person`],
    ['Routes', `${n(decisions.routes)} different`],
    ['Approvals', `${n(decisions.approvals)} different: ${n(decisions.extraSigners)} extra signatures, ${n(decisions.sparedSigners)} fewer`],
    ['Penalties and rewards', `${n(decisions.penalties)} different`],
    ['Decisions', `${n(decisions.replayed)} asked again, ${n(decisions.otherRule)} with the same outcome by another row`],
    ['Not replayable', decisions.notReplayable === 0 ? 'none' : `${n(decisions.notReplayable)}: ${plain(cannot)}`],
    ['Cannot say', notAsked.length === 0 ? null : plain(`not asked on record: ${notAsked.join(', ')}`)],
    ['Stays off', boundInVain.length === 0 ? null : plain(`bound and switched off in one: ${boundInVain.join(', ')}`)],
    ['Without opening date', undated === 0 ? null : `${n(undated)} records such as lots, left out`],
  ]);
}

const CSV_HEAD = ['case', 'department', 'stream', 'what', 'clock_or_table', 'due_or_rule_before', 'late_by_ms_or_outcome_before', 'due_or_rule_after', 'late_by_ms_or_outcome_after'];

const csvRow = (cells: readonly (string | number | null)[]): string => `${cells.map(csvCell).join(',')}\r\n`;

export const csvHead = (): string => csvRow(CSV_HEAD);

export function csvOf(difference: Difference): string {
  const { caseId, department, stream } = difference;
  const { what, about } = lineOf(difference);
  const place = [caseId, department, stream, what, about];
  switch (difference.kind) {
    case 'breach': return csvRow([...place, difference.before?.dueAt ?? difference.dueBefore, difference.before?.lateByMs ?? null, difference.after?.dueAt ?? difference.dueAfter, difference.after?.lateByMs ?? null]);
    case 'undetermined': return csvRow([...place, difference.before?.dueAt ?? null, difference.before?.lateByMs ?? null, null, `no calendar for ${difference.unpublishedYear ?? ''}`]);
    case 'decision': return csvRow([...place, difference.before.rule, difference.before.outcome, difference.after.rule, difference.after.outcome]);
  }
}
