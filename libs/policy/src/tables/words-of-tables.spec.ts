import type { TableEntry } from '../pack/pack.schema.js';
import { TABLES_READ } from '../what-is-read.js';
import { ASKED, type Asked } from './asked.js';
import { nearestWord } from './nearest-word.js';
import { wordsOfNoVocabulary } from './words-of-tables.js';

const table = (inputs: TableEntry['inputs'], outputs: TableEntry['outputs'], value: TableEntry['value']): TableEntry =>
  ({ kind: 'table', hit: 'unique', inputs, outputs, value, clause: '1', rows: [], source: 'stated' });
const columns: readonly (readonly [key: (typeof TABLES_READ)[number], name: string, words: readonly string[] | 'open'])[] = TABLES_READ.flatMap((key) =>
  Object.entries((ASKED[key] as Asked).given).flatMap(([name, given]) => (given.type === 'word' ? [[key, name, given.words] as const] : [])));
const saidOf = (key: string, name: string, condition: string): readonly string[] =>
  wordsOfNoVocabulary(key, table({ [name]: 'word' }, {}, [{ id: 'a', if: { [name]: condition }, then: null }])).map(({ en }) => en);

describe('the words of every table that is asked', () => {
  it('are a closed list, save for what a person writes freely', () => {
    expect(columns.filter(([, , words]) => words === 'open').map(([key, name]) => `${key} ${name}`))
      .toEqual(['quality.grade_criteria productLine', 'quality.grade_criteria curedBy', 'quality.grade_criteria effect']);
    expect(columns.filter(([, , words]) => words.length < 2)).toEqual([]);
  });

  it.each(columns)('%s: %s may have each of its own words and no other', (key, name, words) => {
    const known = words === 'open' ? ['whatever', 'a company says'] : words;
    const all = known.map((word) => `"${word}"`).join(', ');
    expect([all, `not in [${all}]`, `!= "${known[0]}"`].flatMap((condition) => saidOf(key, name, condition))).toEqual([]);
    const wrong = [`"${known[0]}", "${known[1]}x"`, `not in ["${known[1]}x"]`, `!= '${known[1]}x'`].flatMap((condition) => saidOf(key, name, condition));
    expect(wrong).toHaveLength(words === 'open' ? 0 : 3);
    for (const one of wrong) expect(one).toContain(`row a: "${known[1]}x" is no word that ${name} ever has: write "${known[1]}"? It must be one of ${known.join(', ')}`);
  });

  it('are told once for a row that writes the same word twice, and apart for every row', () => {
    const rows = ['"qualty", "qualty"', '"qualty"'].map((reason, at) => ({ id: `r${at}`, if: { reason }, then: null }));
    expect(wordsOfNoVocabulary('return.eligibility', table({ reason: 'word' }, {}, rows)).map(({ zh }) => zh.slice(0, 5))).toEqual(['行 r0：', '行 r1：']);
  });

  it('are not asked for in a table that the program does not read', () => {
    expect(saidOf('recall.class', 'harm', '"whatever"')).toEqual([]);
  });

  it('are those of the set of outputs that the table has', () => {
    const matrix = (then: Readonly<Record<string, string | string[]>>, outputs: TableEntry['outputs']) =>
      wordsOfNoVocabulary('approval.authority_matrix', table({ kind: 'word' }, outputs, [{ id: 'a', if: {}, then }])).map(({ en }) => en);
    const both = { signers: 'roles', order: 'word' } as const;
    expect(matrix({ signers: ['billing.general-manager'], order: 'in-order' }, both)).toEqual([]);
    expect(matrix({ signers: ['billing.general-manager', 'billing.clerk'], order: 'whoever' }, both)).toEqual([
      expect.stringContaining('signers "billing.clerk" is not understood'), expect.stringContaining('order "whoever" is not understood; it must be one of in-order, any-order'),
    ]);
    expect(matrix({ approver: 'billing.general-manger' }, { approver: 'word' })).toEqual([expect.stringContaining('approver "billing.general-manger" is not understood: write "billing.general-manager"?')]);
  });
});

describe('the word that was most likely meant', () => {
  it.each([
    ['unsalable', 'unsaleable'], ['Quality', 'quality'], ['misshipped', 'mis-shipped'], ['othre', 'other'], ['quality ', 'quality'], ['refnd', null], ['', null], ['x', null],
  ])('%j: %j', (written, meant) => {
    expect(nearestWord(written, ['quality', 'expired', 'mis-shipped', 'unsaleable', 'other'])).toBe(meant);
  });

  it('is none where there is no word', () => {
    expect(nearestWord('a', [])).toBeNull();
  });
});
