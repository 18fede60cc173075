import type { TableEntry } from '../pack/pack.schema.js';
import { TABLES_READ } from '../what-is-read.js';
import { misfits, TABLES_ASKED } from './asked.js';
import { BadTable, searchTable } from './decision-table.js';

const place = { pack: 'P', version: '1', key: 'return.bands' };
const tableOf = (value: NonNullable<TableEntry['value']>, inputs: TableEntry['inputs'], outputs: TableEntry['outputs'] = { to: 'word' }): TableEntry =>
  ({ kind: 'table', hit: 'unique', inputs, outputs, value, clause: '1', rows: [], source: 'stated' });
const rowsOf = (count: number, columns: number) => Array.from({ length: count }, (_, row) => ({
  id: `r${row}`, then: { to: 'x' }, if: Object.fromEntries(Array.from({ length: columns }, (__, column) => [`c${column}`, `[${row * 10}..${row * 10 + 9})`])),
}));
const columnsOf = (columns: number): TableEntry['inputs'] => Object.fromEntries(Array.from({ length: columns }, (_, column) => [`c${column}`, 'integer' as const]));

/** Of the processor: what else the machine does says nothing about the search. */
const MOST_MS = 4_000;

describe('the search for rows that overlap', () => {
  it.each([[100, 1], [100, 6], [300, 20]])('is bounded for %d rows and %d columns, or says that they are too many', (count, columns) => {
    const begun = process.cpuUsage();
    try {
      expect(searchTable(tableOf(rowsOf(count, columns), columnsOf(columns)), place).overlaps).toEqual([]);
    } catch (error) {
      if (!(error instanceof BadTable)) throw error;
      expect(error.message).toContain('too large to be checked');
    }
    const { user, system } = process.cpuUsage(begun);
    expect((user + system) / 1_000).toBeLessThan(MOST_MS);
  });

  it('does not refuse a hundred rows', () => {
    expect(searchTable(tableOf(rowsOf(100, 3), columnsOf(3)), place)).toMatchObject({ overlaps: [], idle: [] });
  });

  it('refuses more rows than any policy has', () => {
    expect(() => searchTable(tableOf(rowsOf(301, 1), columnsOf(1)), place)).toThrow('has 301 rows: at most 300');
  });

  it('names the first overlaps of a table in which all rows meet', () => {
    expect(searchTable(tableOf(rowsOf(100, 1).map((row) => ({ ...row, if: {} })), columnsOf(1)), place).overlaps).toHaveLength(50);
  });
});

describe('what the program asks of a table', () => {
  it('is known for every table that it reads', () => {
    expect([...TABLES_ASKED].sort()).toEqual([...TABLES_READ].sort());
  });

  const matrix = (then: Readonly<Record<string, string | string[]>>, outputs: TableEntry['outputs']) =>
    misfits('approval.authority_matrix', tableOf([{ id: 'a', if: {}, then }], { kind: 'word', amount: 'money' }, outputs));

  it('is signers in an order, one signer, or one approver, out of those who may sign', () => {
    expect(matrix({ signers: ['billing.general-manager', 'billing.general-manager'], order: 'in-order' }, { signers: 'roles', order: 'word' })).toEqual([]);
    expect(matrix({ approver: 'billing.general-manager' }, { approver: 'word' })).toEqual([]);
    expect(matrix({ signers: ['billing.general-manager'] }, { signers: 'roles' })).toEqual([]);
    expect(matrix({ signers: ['billing.general-manager', 'billing.after-sales-manager'] }, { signers: 'roles' })).toMatchObject([{ en: expect.stringContaining('names several') }]);
    expect(matrix({ who: 'x' }, { who: 'word' })).toEqual(expect.arrayContaining([expect.objectContaining({ en: expect.stringContaining('output signers of type roles is missing') })]));
  });
});
