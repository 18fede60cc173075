import { csvCell, groupedYuan } from 'aftercare/kernel';
import { wrap } from 'aftercare/policy';
import type { Amount, Call, Difference, Missed, PenaltyKind, PenaltySums } from 'aftercare/policy';
import { facts, plain } from '../../table.js';
import { elapsed, onBusinessClock } from '../../time.js';
import { fittedTable, screenColumns } from '../fitted-table.js';
import type { Totals } from './totals.js';

export interface DifferenceLine {
  readonly caseId: string;
  readonly department: string;
  readonly what: string;
  readonly about: string;
  readonly before: string;
  readonly after: string;
}

const CALLS = 'other warnings or escalations';
const PENALTIES = { fine: 'fines', points: 'points', bonus: 'bonuses' } as const satisfies Record<PenaltyKind, string>;
const CHANGES = { added: 'breach added', removed: 'breach removed', moved: 'breach moved' } as const;
const CLOCKS = { added: 'clock added', removed: 'clock removed', 'due-moved': 'due time moved' } as const;
const NOTES = { 'other-rule': 'same outcome, other row', 'decided-by-rule': 'decided by rule now', 'not-replayable': 'not replayable' } as const;
const EFFECTS = { route: 'other route', approval: 'other approval', penalty: 'other penalty' } as const;

export function lineOf(difference: Difference): DifferenceLine {
  const { caseId, department } = difference;
  switch (difference.kind) {
    case 'breach': {
      const { change, clock, dueBefore, dueAfter, before, after } = difference;
      return { caseId, department, what: CHANGES[change], about: clock, before: due(dueBefore, before), after: due(dueAfter, after) };
    }
    case 'clock': {
      const { change, clock, dueBefore, dueAfter } = difference;
      const [before, after] = [dueBefore, dueAfter].map((dueAt) => (dueAt === null ? 'no due time' : `due ${onBusinessClock(dueAt)}`)) as [string, string];
      return { caseId, department, what: CLOCKS[change], about: clock, before: change === 'added' ? 'no such clock' : before, after: change === 'removed' ? 'no such clock' : after };
    }
    case 'noted': {
      const { note, about, before, after } = difference;
      return { caseId, department, what: NOTES[note], about, before: before ? decided(before) : 'no trace on record', after: after ? decided(after) : 'cannot be said' };
    }
    case 'undetermined': {
      const { clock, before, unpublishedYear, owner } = difference;
      return { caseId, department, what: 'undetermined', about: clock, before: before ? due(before.dueAt, before) : 'in time', after: `no calendar for ${unpublishedYear ?? '?'}: ${owner ?? '?'} publishes it` };
    }
    case 'calls': {
      const { clock, before, after } = difference;
      return { caseId, department, what: CALLS, about: clock, before: called(before), after: called(after) };
    }
    case 'amount': {
      const { penalty, recorded, draft, withoutAmount, notReplayable } = difference;
      const cannot = notReplayable.number > 0 ? [`${notReplayable.number} not replayable`] : [];
      return {
        caseId, department, what: 'other amount', about: PENALTIES[penalty], before: amounts(penalty, recorded, withoutAmount.recorded), after: [amounts(penalty, draft, withoutAmount.draft), ...cannot].join(', '),
      };
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

function called(calls: readonly Call[]): string {
  const point = ({ percent, after }: Call): string => (after ? `${after.value} ${after.unit} after` : `${percent ?? '?'} %`);
  const at = (call: Call): string => (call.at === null ? 'no calendar' : onBusinessClock(call.at));
  const told = calls.map((call) => `${call.what === 'warn' ? 'warned' : `${call.to.join(' + ')} called`} at ${point(call)}, ${at(call)}`);
  return told.length === 0 ? 'nobody warned or called' : told.join('; ');
}

const money = (minor: number): string => `${groupedYuan(minor)} 元`;

function amounts(kind: PenaltyKind, { number, least, most }: Amount, withoutAmount: number): string {
  const said = (value: number): string => (kind === 'points' ? `${value} points` : money(value));
  const sum = number === 0 && least === 0 && most === 0 ? [] : [`${number} of ${said(least)}${most === least ? '' : ` to ${said(most)}`}`];
  return [...sum, ...(withoutAmount > 0 ? [`${withoutAmount} whose amount a person names`] : [])].join(' and ') || 'none';
}

function sumsLine(kind: PenaltyKind, { recorded, draft, withoutAmount, notReplayable }: PenaltySums): string {
  const apart = notReplayable.number > 0 ? `; not replayable ${amounts(kind, notReplayable, 0)}` : '';
  return `${amounts(kind, recorded, withoutAmount.recorded)} recorded, ${amounts(kind, draft, withoutAmount.draft)} under the draft${apart}`;
}

const decided = ({ rule, outcome }: { readonly rule: string; readonly outcome: string }): string => `${outcome} (${rule})`;

export function differenceTable(lines: readonly DifferenceLine[]): string {
  return fittedTable(['Case', 'Department', 'What', 'Clock or table', 'As recorded', 'Under the draft'],
    lines.map(({ caseId, department, what, about, before, after }) => [caseId, department, what, about, before, after].map(plain)));
}

const n = (count: number): string => count.toLocaleString('en-US');

function changesLine({ added, removed, moved, undetermined }: Totals['calls']['warnings']): string {
  return `${n(added)} added, ${n(removed)} removed, ${n(moved)} moved${undetermined > 0 ? `, ${n(undetermined)} undetermined` : ''}`;
}

export function totalsTable({ cases, affected, onlyNoted, breaches, clocks, calls, penalties, decisions, notAsked, boundInVain, undated, events }: Totals): string {
  const cannot = Object.entries(decisions.notReplayableBy).map(([name, count]) => `${name} ${n(count)}`).join(', ');
  return facts(inWidth([
    ['Cases', `${n(cases)} with ${n(events)} events; ${n(affected)} come out differently${onlyNoted > 0 ? `, ${n(onlyNoted)} others have something noted` : ''}`],
    ['Breaches', `${n(breaches.added)} added, ${n(breaches.removed)} removed, ${n(breaches.kept)} under both, ${n(breaches.moved)} of these by another measure`],
    ['Clocks', `${n(clocks.added)} more, ${n(clocks.removed)} fewer, ${n(clocks.dueMoved)} with another due time`],
    ['Warnings', changesLine(calls.warnings)],
    ['Escalations', `${changesLine(calls.escalations)}, ${n(calls.escalations.otherRoles)} to other roles`],
    ...Object.entries(calls.byClock).map(([key, { warnings, escalations }]): [string, string] => [
      `  ${key}`, `warnings ${changesLine(warnings)}; escalations ${changesLine(escalations)}, ${n(escalations.otherRoles)} to other roles`,
    ]),
    ['Undetermined', `${n(clocks.undetermined)} clocks in a year without calendar, ${n(decisions.undetermined)} decisions left to a person; under both ${n(clocks.undeterminedKept)} clocks, ${n(decisions.undeterminedKept)} decisions`],
    ['Routes', `${n(decisions.routes)} different`],
    ['Approvals', `${n(decisions.approvals)} different: ${n(decisions.extraSigners)} extra signatures, ${n(decisions.sparedSigners)} fewer`],
    ['Penalties and rewards', `${n(decisions.penalties)} different`],
    ...(['fine', 'points', 'bonus'] as const).map((kind): [string, string] => [`  ${PENALTIES[kind]}`, sumsLine(kind, penalties[kind])]),
    ['Decisions', `${n(decisions.replayed)} asked again, ${n(decisions.otherRule)} with the same outcome by another row, ${n(decisions.decidedByRule)} decided by rule now as a person had`],
    ['Not replayable', decisions.notReplayable === 0 ? 'none' : `${n(decisions.notReplayable)}: ${plain(cannot)}`],
    ['Cannot say', notAsked.length === 0 ? null : plain(`not asked on record: ${notAsked.join(', ')}`)],
    ['Stays off', boundInVain.length === 0 ? null : plain(`bound and switched off in one: ${boundInVain.join(', ')}`)],
    ['Without opening date', undated === 0 ? null : `${n(undated)} records such as lots, left out`],
  ]));
}

type Fact = readonly [string, string | null];

function inWidth(pairs: readonly Fact[], columns = screenColumns()): readonly Fact[] {
  const room = columns - Math.max(...pairs.map(([name]) => name.length)) - 2;
  return Number.isFinite(room) ? pairs.map(([name, value]) => [name, value === null ? null : wrap(value, Math.max(20, room)).join('\n')] as const) : pairs;
}

const CSV_HEAD = ['case', 'department', 'stream', 'what', 'clock_or_table', 'due_rule_or_number_before', 'late_by_ms_outcome_or_amount_before', 'due_rule_or_number_after', 'late_by_ms_outcome_or_amount_after'];

/** Minor units or points, `20000..100000` for ranges; with a `+?` for what is not known, which is no zero. */
const minorOf = ({ least, most }: Amount, unknown: number): string => `${least === most ? least : `${least}..${most}`}${unknown > 0 ? `+${unknown}?` : ''}`;

const csvRow = (cells: readonly (string | number | null)[]): string => `${cells.map(csvCell).join(',')}\r\n`;

export const csvHead = (): string => csvRow(CSV_HEAD);

export function csvOf(difference: Difference): string {
  const { caseId, department, stream } = difference;
  const { what, about } = lineOf(difference);
  const place = [caseId, department, stream, what, about];
  switch (difference.kind) {
    case 'breach': return csvRow([...place, difference.before?.dueAt ?? difference.dueBefore, difference.before?.lateByMs ?? null, difference.after?.dueAt ?? difference.dueAfter, difference.after?.lateByMs ?? null]);
    case 'clock': return csvRow([...place, difference.dueBefore, null, difference.dueAfter, null]);
    case 'noted': return csvRow([...place, difference.before?.rule ?? null, difference.before?.outcome ?? null, difference.after?.rule ?? null, difference.after?.outcome ?? null]);
    case 'undetermined': return csvRow([...place, difference.before?.dueAt ?? null, difference.before?.lateByMs ?? null, null, `no calendar for ${difference.unpublishedYear ?? ''}`]);
    case 'calls': return csvRow([...place, difference.before.length, JSON.stringify(difference.before), difference.after.length, JSON.stringify(difference.after)]);
    case 'amount': return csvRow([...place, difference.recorded.number, minorOf(difference.recorded, difference.withoutAmount.recorded), difference.draft.number, minorOf(difference.draft, difference.withoutAmount.draft + difference.notReplayable.number)]);
    case 'decision': return csvRow([...place, difference.before.rule, difference.before.outcome, difference.after.rule, difference.after.outcome]);
  }
}
