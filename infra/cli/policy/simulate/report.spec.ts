import { parse } from 'csv-parse/sync';
import type { Difference } from 'aftercare/policy';
import { csvHead, csvOf } from './report.js';

const place = { caseId: 'c-1', department: 'billing', stream: 'approval-c-1' };
const missed = (dueAt: string, lateByMs: number) => ({ dueAt, lateByMs });
const amount = (number: number, least: number, most = least) => ({ number, least, most });
const rowOf = (difference: Difference): Record<string, string> => (parse(csvHead() + csvOf(difference), { columns: true }) as Record<string, string>[])[0] ?? {};
const cells = (what: string, about: string, ...[before, saidBefore, after, saidAfter]: readonly string[]) => ({
  case: 'c-1', department: 'billing', stream: 'approval-c-1', what, clock_or_table: about,
  due_rule_or_number_before: before, late_by_ms_outcome_or_amount_before: saidBefore, due_rule_or_number_after: after, late_by_ms_outcome_or_amount_after: saidAfter,
});
const nobody = { added: 0, removed: 0, moved: 0, undetermined: 0 };

describe('a difference as a row of a CSV file', () => {
  it.each<[string, Difference, ReturnType<typeof cells>]>([
    ['a breach that moved', { kind: 'breach', change: 'moved', ...place, clock: 'P/a', dueBefore: '1', dueAfter: '2', before: missed('3', 30), after: missed('4', 40) }, cells('breach moved', 'P/a', '3', '30', '4', '40')],
    ['a breach that was none before', { kind: 'breach', change: 'added', ...place, clock: 'P/a', dueBefore: '1', dueAfter: '2', before: null, after: missed('4', 40) }, cells('breach added', 'P/a', '1', '', '4', '40')],
    ['a breach that is none any more', { kind: 'breach', change: 'removed', ...place, clock: 'P/a', dueBefore: '1', dueAfter: '2', before: missed('3', 30), after: null }, cells('breach removed', 'P/a', '3', '30', '2', '')],
    ['a clock without a calendar', { kind: 'undetermined', ...place, clock: 'P/a', unpublishedYear: 2031, owner: 'registry.clerk', before: missed('3', 30) }, cells('undetermined', 'P/a', '3', '30', '', 'no calendar for 2031')],
    ['other calls', {
      kind: 'calls', ...place, clock: 'P/a', warnings: nobody, escalations: { ...nobody, otherRoles: 0 }, before: [], after: [{ what: 'warn', at: '1', percent: 50, after: null, to: [] }],
    }, cells('other warnings or escalations', 'P/a', '0', '[]', '1', '[{"what":"warn","at":"1","percent":50,"after":null,"to":[]}]')],
    ['an amount that is partly unknown', {
      kind: 'amount', penalty: 'fine', ...place, recorded: amount(1, 100), draft: amount(2, 200, 300), withoutAmount: { recorded: 3, draft: 4 }, notReplayable: amount(5, 0),
    }, cells('other amount', 'fines', '1', '100+3?', '2', '200..300+9?')],
    ['a decision', {
      kind: 'decision', effect: 'approval', ...place, table: 'a.b', before: { rule: 'r1', outcome: 'billing.a' }, after: { rule: 'r2', outcome: 'billing.b' }, extraSigners: ['billing.b'], sparedSigners: ['billing.a'],
    }, cells('other approval', 'a.b', 'r1', 'billing.a', 'r2', 'billing.b')],
  ])('%s has each value under its own name', (_, difference, row) => {
    expect(rowOf(difference)).toEqual(row);
  });

  it('comes back as it was, whatever a company has written into its rules; a formula only with an apostrophe before it', () => {
    const decided = (rule: string, outcome: string): Difference => ({
      kind: 'decision', effect: 'route', ...place, table: 'a.b', before: { rule: 'r', outcome: 'o' }, after: { rule, outcome }, extraSigners: [], sparedSigners: [],
    });
    for (const text of ['退货, "急"', 'two\r\nlines', '"', 'a;b', '']) expect(rowOf(decided('r', text))['late_by_ms_outcome_or_amount_after']).toBe(text);
    expect(rowOf(decided('＝1', '＠x'))).toMatchObject({ due_rule_or_number_after: "'＝1", late_by_ms_outcome_or_amount_after: "'＠x" });
    expect(rowOf(decided('=1+1', '@cmd'))).toMatchObject({ due_rule_or_number_after: "'=1+1", late_by_ms_outcome_or_amount_after: "'@cmd" });
    expect(csvOf(decided('r', 'two\r\nlines')).endsWith('\r\n')).toBe(true);
  });
});
