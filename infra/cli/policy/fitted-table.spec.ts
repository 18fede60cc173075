import { shownWidth } from 'aftercare/policy';
import { fittedTable } from './fitted-table.js';

const HEAD = ['Adopted', 'Signed by', 'Why'];
const ROWS = [['ours@1', 'li.hua', '总经理办公会 2026-11-20 决议，自十二月一日起执行'], ['ours@2', '', 'correction']];

describe('a table on a screen', () => {
  it('stands side by side where it fits, and in a pipe always', () => {
    expect(fittedTable(HEAD, ROWS, Infinity).split('\n')).toHaveLength(3);
    expect(fittedTable(HEAD, ROWS, 80)).toBe(fittedTable(HEAD, ROWS, Infinity));
    expect(fittedTable(HEAD, [], 10)).toContain('Adopted');
  });
  it('is told row by row where it does not, nothing lost and no line too wide', () => {
    const told = fittedTable(HEAD, ROWS, 40);
    expect(told.split('\n').filter((line) => shownWidth(line) > 40)).toEqual([]);
    expect(told).toBe(['Adopted    ours@1', 'Signed by  li.hua', 'Why        总经理办公会 2026-11-20 决', '           议，自十二月一日起执行', '', 'Adopted    ours@2', 'Why        correction'].join('\n'));
  });
});
