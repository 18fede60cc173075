import type { TableEntry } from '../pack/pack.schema.js';
import { tableAsMarkdown, tableAsText } from './table-as-text.js';

const table: TableEntry = {
  kind: 'table', hit: 'unique', clause: '定价', rows: ['P001C-27'], source: 'stated',
  inputs: { price: 'money', cost: 'money', constructor: 'word' } as TableEntry['inputs'], outputs: { approver: 'word', signers: 'roles' },
  value: [
    { id: 'P001C-27', if: { price: '< 1000.00', cost: '<= 5000.00' }, then: { approver: 'a|b', signers: ['quality.head', 'intake.head'] } },
    { id: 'open-1', if: { cost: '> 5000.00' }, then: null, note: { zh: '未定', en: 'nobody said' } },
  ],
};

describe('A decision table for people', () => {
  it('has a heading in both languages and says what does not matter and what is open', () => {
    const { head, rows } = tableAsText(table, { signers: { zh: '签字', en: 'signers' } });
    expect(head.map(({ zh }) => zh)).toEqual(['行', '价格', '成本', 'constructor', '→ 审批人', '→ 签字', '说明']);
    expect(head.map(({ en }) => en)).toEqual(['row', 'price', 'cost', 'constructor', '→ approver', '→ signers', 'note']);
    expect(rows).toEqual([
      ['P001C-27', '< 1000.00', '<= 5000.00', '–', 'a|b', 'quality.head + intake.head', ''],
      ['open-1', '–', '> 5000.00', '–', '待定：由人决定 / open: a person decides', '', '未定 / nobody said'],
    ]);
  });

  it('is a markdown table with as many cells in every line', () => {
    const lines = tableAsMarkdown(table).split('\n');
    expect(lines).toHaveLength(4);
    expect(lines[0]).toContain('| 价格 price |');
    expect(lines.map((line) => line.split(/(?<!\\)\|/).length)).toEqual([9, 9, 9, 9]);
  });

  it('shows a table without rows as its heading', () => {
    expect(tableAsText({ ...table, value: null }).rows).toEqual([]);
  });
});
