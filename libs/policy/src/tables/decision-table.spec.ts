import type { TableEntry } from '../pack/pack.schema.js';
import { BadTable, compileTable, overlapsOf } from './decision-table.js';

const place = { file: 'packs/company/P001C.yaml', pack: 'P001C', version: '1', key: 'billing.waiver.bands' };
const sourced = { clause: '定价', rows: ['P001C-27'], source: 'stated' as const };

/** P001C-27 to P001C-29 with the open point of the catalogue: a price above 5000.00 whose cost is not above 5000.00. */
const waiver: TableEntry = {
  kind: 'table', hit: 'unique', inputs: { price: 'money', cost: 'money' }, outputs: { approver: 'word' }, ...sourced,
  value: [
    { id: 'P001C-27', if: { price: '< 1000.00', cost: '<= 5000.00' }, then: { approver: 'after-sales-manager' } },
    { id: 'P001C-28', if: { price: '[1000.00..5000.00]', cost: '<= 5000.00' }, then: { approver: 'sales-vice-president' } },
    { id: 'P001C-29', if: { cost: '> 5000.00' }, then: { approver: 'general-manager' } },
    { id: 'P001C-29-open', if: { price: '> 5000.00', cost: '<= 5000.00' }, then: null },
  ],
};
const asks = compileTable(waiver, place);

const tableOf = (over: Partial<TableEntry>): TableEntry => ({ ...waiver, ...over });
const faultsOf = (entry: TableEntry): string => {
  try {
    compileTable(entry, place);
    return 'no fault';
  } catch (error) {
    if (error instanceof BadTable) return error.message;
    throw error;
  }
};

describe('A decision table', () => {
  it.each([
    [99_999, 'P001C-27'], [100_000, 'P001C-28'], [500_000, 'P001C-28'],
  ])('names one row at the edges of a band: %d fen', (price, row) => {
    expect(asks.decide({ price, cost: 0 })).toMatchObject({ determined: true, trace: { rule: row } });
  });

  it('lets an open point be decided by a person', () => {
    expect(asks.decide({ price: 500_001, cost: 500_000 })).toEqual({
      determined: false, why: 'open-point',
      trace: { id: 'P001C', version: '1', rule: 'P001C-29-open', inputs: { price: 500_001, cost: 500_000 }, outcome: 'undetermined: open-point' },
    });
  });

  it('takes what a company settled about an open point, and only about an open point', () => {
    const settled = [{ row: 'P001C-29-open', then: { approver: 'general-manager' } }];
    expect(compileTable(waiver, { ...place, settled }).decide({ price: 500_001, cost: 0 })).toMatchObject({ then: { approver: 'general-manager' } });
    expect(compileTable(waiver, { ...place, settled: [{ row: 'P001C-29-open', then: null }] }).decide({ price: 500_001, cost: 0 })).toMatchObject({ why: 'open-point' });
    expect(() => compileTable(waiver, { ...place, settled: [{ row: 'P001C-27', then: { approver: 'x' } }] })).toThrow(/row P001C-27: is settled, but is no open point/);
    expect(() => compileTable(waiver, { ...place, settled: [{ row: 'P001C-99', then: null }] })).toThrow(/row P001C-99: is settled, but there is no such row/);
    expect(() => compileTable(waiver, { ...place, settled: [{ row: 'P001C-29-open', then: { approver: 1 } }] })).toThrow(/approver 1 is not of type word/);
  });

  it('passes no row over because of a cost that nobody knows', () => {
    for (const cost of [null, undefined]) {
      expect(asks.decide({ price: 99_999, cost })).toMatchObject({
        determined: false, why: 'missing-input', trace: { rule: 'undetermined', inputs: { price: 99_999, cost: null }, outcome: 'undetermined: missing-input (cost)' },
      });
    }
    expect(asks.decide({ price: 99_999 })).toMatchObject({ why: 'missing-input' });
  });

  it('does not ask for an input that could not change the answer', () => {
    expect(asks.decide({ price: null, cost: 500_001 })).toMatchObject({ determined: true, then: { approver: 'general-manager' } });
    expect(asks.decide({ price: null, cost: 500_000 })).toMatchObject({ why: 'missing-input', trace: { outcome: 'undetermined: missing-input (price)' } });
  });

  it('names nobody where no row or more than one matches', () => {
    const two = compileTable(tableOf({
      value: [
        { id: 'low', if: { price: '<= 1000.00' }, then: { approver: 'a' } }, { id: 'high', if: { price: '[1000.00..5000.00]' }, then: { approver: 'b' } },
      ],
    }), place);
    expect(two.decide({ price: 100_000 })).toMatchObject({ why: 'several-match', trace: { outcome: 'undetermined: several-match (low, high)' } });
    expect(two.decide({ price: 500_001 })).toMatchObject({ why: 'no-match', trace: { rule: 'undetermined' } });
  });

  it.each([NaN, Infinity, 0.5, 2 ** 53, '100000', true])('takes no price of %p', (price) => {
    expect(() => asks.decide({ price, cost: 0 })).toThrow(RangeError);
  });

  it('takes no number for a word and no word for a flag', () => {
    const table = compileTable(tableOf({ inputs: { kind: 'word', sure: 'flag' }, value: [{ id: 'r', if: { kind: '"1"', sure: 'true' }, then: { approver: 'a' } }] }), place);
    expect(() => table.decide({ kind: 1, sure: true })).toThrow(RangeError);
    expect(() => table.decide({ kind: '1', sure: 'true' })).toThrow(RangeError);
    expect(table.decide({ kind: '1', sure: true })).toMatchObject({ determined: true });
    expect(table.decide({ kind: '1', sure: false })).toMatchObject({ why: 'no-match' });
  });

  it('gives money as integer fen, roles as a list, and says all outputs in the trace', () => {
    const outcome = compileTable(tableOf({
      outputs: { fine: 'money', points: 'integer', signers: 'roles', final: 'flag' },
      value: [{ id: 'r', if: {}, then: { fine: '90071992547409.91', points: -3, signers: ['quality.head', 'intake.head'], final: true } }],
    }), place).decide({});
    expect(outcome).toMatchObject({
      then: { fine: Number.MAX_SAFE_INTEGER, points: -3, signers: ['quality.head', 'intake.head'], final: true },
      trace: { outcome: 'fine: 9007199254740991; points: -3; signers: quality.head + intake.head; final: true' },
    });
  });

  it('takes prototype names and quotes for what they are: names of columns and words', () => {
    const inputs = Object.fromEntries([['constructor', 'word'], ['__proto__', 'word']] as const);
    const cells = (a: string, b: string) => Object.fromEntries([['constructor', a], ['__proto__', b]]);
    const table = compileTable(tableOf({
      inputs, value: [
        { id: 'names', if: cells('"__proto__"', '"constructor"'), then: { approver: 'a' } },
        { id: 'quotes', if: cells('\'say "a"\'', '"it\'s"'), then: { approver: 'b' } },
      ],
    }), place);
    const ask = (a: string, b: string) => table.decide(Object.fromEntries([['constructor', a], ['__proto__', b]]));
    expect(ask('__proto__', 'constructor').trace.rule).toBe('names');
    expect(ask('say "a"', 'it\'s').trace.rule).toBe('quotes');
    expect(Object.keys(ask('x', 'y').trace.inputs)).toEqual(['constructor', '__proto__']);
    expect(table.decide({})).toMatchObject({ why: 'missing-input' });
    for (const attempt of ['" or true or "', '" == "" or 1 == 1 or "', '"] ) or true //', '\ud800', '\u0000', '${1}']) {
      expect(ask(attempt, attempt)).toMatchObject({ why: 'no-match' });
    }
  });

  it('keeps broken text of one case away from the answers of others', () => {
    const table = compileTable(tableOf({ inputs: { kind: 'word' }, value: [{ id: 'r', if: { kind: '"\ufffd"' }, then: { approver: 'a' } }] }), place);
    expect(['\ud800', 'x', '\ufffd'].map((kind) => table.decide({ kind }).determined)).toEqual([false, false, true]);
  });

  it.each([
    ['< 1000', '"1000" is not an amount'], ['< 1000.000', 'is not an amount'], ['serious', '"serious" is not an amount'], ['', '"" is not an amount'],
    ['< -1.00', 'is not an amount'], ['[5000.00..1000.00]', 'holds nothing'], ['(1000.00..1000.01)', 'holds nothing'], ['> 1.00 and < 2.00', 'is not an amount'],
    ['> 99999999999999.99', 'is not an amount'], ['$ > 1.00', 'is not an amount'],
  ])('refuses the amount %p when it is read, naming file, key and row', (text, why) => {
    const faults = faultsOf(tableOf({ value: [{ id: 'P001C-27', if: { price: text }, then: { approver: 'a' } }] }));
    expect(faults).toContain('packs/company/P001C.yaml, P001C/billing.waiver.bands, row P001C-27: price');
    expect(faults).toContain(why);
  });

  it.each(['serious', '"serious', '"a" "b"', '"a\\"b"', '["a"]', 'not in "a"', '!= "a", "b"', '"a",', '`a`', ''])('refuses the word %p, which the engine would never match or take for a name', (text) => {
    expect(faultsOf(tableOf({ inputs: { kind: 'word' }, value: [{ id: 'r', if: { kind: text }, then: { approver: 'a' } }] }))).toContain('row r: kind');
  });

  it('says every mistake of a table at once', () => {
    const faults = faultsOf(tableOf({
      inputs: { price: 'money', signers: 'roles' },
      value: [
        { id: 'r', if: { cost: '< 1.00', price: '< 1.5' }, then: { approver: 'a', who: 'b' } },
        { id: 'r', if: {}, then: {} }, { id: 's', if: { price: '2', signers: '"a"' }, then: { approver: 3 } },
      ],
    }));
    expect(faults.split('\n')).toHaveLength(9);
    expect(faultsOf(tableOf({ value: null }))).toContain('has no row');
    expect(faultsOf(tableOf({ value: [] }))).toContain('has no row');
    expect(faultsOf(tableOf({ outputs: {} }))).toContain('has no output');
  });

  it('finds rows that overlap, with inputs that show it', () => {
    expect(overlapsOf(waiver, place)).toEqual([]);
    const careless = tableOf({ value: waiver.value?.map((row) => (row.id === 'P001C-27' ? { ...row, if: { price: '<= 1000.00' } } : row)) ?? null });
    expect(overlapsOf(careless, place)).toEqual([
      { rows: ['P001C-27', 'P001C-28'], example: { price: 100_000, cost: 499_999 } }, { rows: ['P001C-27', 'P001C-29'], example: { price: 99_999, cost: 500_001 } },
    ]);
  });
});
