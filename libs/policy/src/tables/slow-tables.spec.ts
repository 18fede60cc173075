import fc from 'fast-check';
import type { TableEntry } from '../pack/pack.schema.js';
import type { TableInputs } from '../terms.js';
import { compileTable } from './decision-table.js';

/**
 * A second reading of the same cells that shares nothing with the engine: amounts as BigInt thousandths of a yuan, one
 * row after the other, no regions and no memory of earlier answers.
 */
function slowly(entry: TableEntry, inputs: TableInputs): string {
  const left = (entry.value ?? []).map((row) => ({
    row, cells: Object.entries(row.if).map(([name, text]) => suits(text, entry.inputs[name] ?? '', inputs[name] ?? null)),
  })).filter(({ cells }) => !cells.includes('no'));
  if (left.some(({ cells }) => cells.includes('not known'))) return 'missing-input';
  if (left.length !== 1) return left.length === 0 ? 'no-match' : 'several-match';
  return left[0]?.row.then === null ? 'open-point' : left[0]?.row.id ?? '';
}

function suits(text: string, type: string, input: TableInputs[string]): 'yes' | 'no' | 'not known' {
  if (input === null || input === undefined) return 'not known';
  if (type === 'flag') return text === String(input) ? 'yes' : 'no';
  if (type === 'word') {
    const named = [...text.matchAll(/"([^"]*)"/g)].map(([, word]) => word);
    return named.includes(String(input)) !== text.startsWith('not in') ? 'yes' : 'no';
  }
  const value = BigInt(Number(input)) * (type === 'money' ? 10n : 1000n);
  const thousandths = (written: string): bigint => {
    const [yuan = '', fen = ''] = written.replace('-', '').split('.');
    return BigInt(yuan + fen.padEnd(3, '0')) * (written.includes('-') ? -1n : 1n);
  };
  return text.split(', ').some((part) => {
    const [first = '', second = ''] = part.replace(/[^\d. -]/g, '').trim().split('..').map((one) => one.trim());
    const from = thousandths(first);
    if (part.includes('..')) {
      const to = thousandths(second);
      return (part.startsWith('[') ? from <= value : from < value) && (part.endsWith(']') ? value <= to : value < to);
    }
    switch (part.split(' ')[0]) {
      case '<': return value < from;
      case '<=': return value <= from;
      case '>': return value > from;
      case '>=': return value >= from;
      case '!=': return value !== from;
      default: return value === from;
    }
  }) ? 'yes' : 'no';
}

const RUNS = Number(process.env['AFTERCARE_TEST_SCALE'] ?? 1) * 100;
const WORDS = ['death', 'serious', '非严重', 'constructor', '__proto__', "it's", ' ', 'true', '1'];

const yuan = (minor: number): string => {
  const digits = String(minor).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
};
/** Few amounts close together, so that cells meet at their edges; and the largest one there can be. */
const amount = fc.oneof({ weight: 12, arbitrary: fc.integer({ min: 0, max: 30 }) }, { weight: 1, arbitrary: fc.constant(Number.MAX_SAFE_INTEGER) });
const whole = fc.oneof({ weight: 12, arbitrary: fc.integer({ min: -15, max: 15 }) }, { weight: 1, arbitrary: fc.constantFrom(Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER) });

const numberCell = (value: fc.Arbitrary<number>, write: (value: number) => string): fc.Arbitrary<string> => {
  const comparison = fc.tuple(fc.constantFrom('< ', '<= ', '> ', '>= ', '!= ', ''), value).map(([operator, one]) => `${operator}${write(one)}`);
  const interval = fc.tuple(fc.constantFrom('[', '('), value, value, fc.constantFrom(']', ')'))
    .filter(([open, from, to, close]) => Number(from) + (open === '(' ? 1 : 0) <= to - (close === ')' ? 1 : 0))
    .map(([open, from, to, close]) => `${open}${write(from)}..${write(to)}${close}`);
  return fc.array(fc.oneof(comparison, interval), { minLength: 1, maxLength: 2 }).map((parts) => parts.join(', '));
};
const wordCell = fc.tuple(fc.boolean(), fc.uniqueArray(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 3 }))
  .map(([not, words]) => { const list = words.map((word) => `"${word}"`).join(', '); return not ? `not in [${list}]` : list; });

const row = fc.record({
  price: numberCell(amount, yuan), points: numberCell(whole, String), kind: wordCell, expired: fc.constantFrom('true', 'false'),
}, { requiredKeys: [] });
const table = fc.array(fc.tuple(row, fc.integer({ min: 0, max: 5 })), { minLength: 1, maxLength: 5 }).map((rows): TableEntry => ({
  kind: 'table', hit: 'unique', clause: '-', rows: [], source: 'reading',
  inputs: { price: 'money', points: 'integer', kind: 'word', expired: 'flag' }, outputs: { says: 'word' },
  value: rows.map(([cells, open], at) => ({ id: `r${at}`, if: cells, then: open === 0 ? null : { says: `r${at}` } })),
}));
const knownInputs = fc.record({
  price: fc.oneof(fc.integer({ min: -2, max: 32 }), amount), points: fc.oneof(fc.integer({ min: -17, max: 17 }), whole),
  kind: fc.oneof(fc.constantFrom(...WORDS), fc.string({ unit: 'binary' })), expired: fc.boolean(),
});
const inputs = fc.tuple(knownInputs, fc.subarray(['price', 'points', 'kind', 'expired'] as const))
  .map(([all, unknown]): TableInputs => ({ ...all, ...Object.fromEntries(unknown.map((name) => [name, null])) }));
const place = { pack: 'P', version: '1', key: 'any.table' };

/** The row that was named, or why none was. */
function quickly(decide: (inputs: TableInputs) => ReturnType<ReturnType<typeof compileTable>['decide']>, asked: TableInputs): string {
  const outcome = decide(asked);
  return outcome.determined ? outcome.trace.rule : outcome.why;
}

describe('Two readings of the same table', () => {
  it('name the same row, whatever was asked before', () => {
    const seen = new Map<string, number>();
    fc.assert(fc.property(table, fc.array(inputs, { minLength: 25, maxLength: 25 }), (entry, questions) => {
      const { decide } = compileTable(entry, place);
      for (const asked of questions) {
        const said = quickly(decide, asked);
        expect({ asked, said }).toEqual({ asked, said: slowly(entry, asked) });
        seen.set(said, (seen.get(said) ?? 0) + 1);
      }
    }), { numRuns: RUNS });
    // A generator that only ever makes one kind of answer would agree with anything.
    for (const answer of ['missing-input', 'no-match', 'several-match', 'open-point', 'r0', 'r1']) expect([...seen.keys()]).toContain(answer);
  });

  it('never say something without an input that another value of that input would change', () => {
    let answered = 0;
    fc.assert(fc.property(table, inputs, fc.array(knownInputs, { minLength: 10, maxLength: 10 }), (entry, asked, others) => {
      const { decide } = compileTable(entry, place);
      const said = quickly(decide, asked);
      if (said === 'missing-input' || !Object.values(asked).includes(null)) return;
      answered += 1;
      for (const other of others) {
        const filled = { ...other, ...Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== null)) };
        expect(quickly(decide, filled)).toBe(said);
      }
    }), { numRuns: RUNS * 4 });
    expect(answered).toBeGreaterThan(0);
  });

  it('are exact on both sides of every edge, up to the largest amount', () => {
    const edge = fc.oneof(fc.constantFrom(100_000, 500_000, Number.MAX_SAFE_INTEGER - 1), fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER - 1 }));
    fc.assert(fc.property(edge, (at) => {
      const cells = { below: `< ${yuan(at)}`, exactly: yuan(at), above: `> ${yuan(at)}` };
      const { decide } = compileTable({
        kind: 'table', hit: 'unique', clause: '-', rows: [], source: 'reading', inputs: { price: 'money' }, outputs: { says: 'word' },
        value: Object.entries(cells).map(([id, price]) => ({ id, if: { price }, then: { says: id } })),
      }, place);
      expect([at - 1, at, at + 1].map((price) => quickly(decide, { price }))).toEqual(['below', 'exactly', 'above']);
    }), { numRuns: RUNS });
  });
});
