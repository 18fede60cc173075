import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvRows } from './csv.js';
import { jsonRows } from './jsonl.js';
import { separatedRows } from './separated-text.js';
import type { SourceRow } from './source-row.js';

async function* cut(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

async function all(rows: AsyncIterable<SourceRow>): Promise<(readonly [number, unknown])[]> {
  const found: (readonly [number, unknown])[] = [];
  for await (const row of rows) found.push([row.row, 'cells' in row ? { ...row.cells } : row.refusal.code]);
  return found;
}

/** However the text is cut into pieces, the rows are the same. */
async function read(reader: (chunks: AsyncIterable<string>) => AsyncIterable<SourceRow>, text: string): Promise<unknown> {
  const whole = await all(reader(cut(text, 1_000_000)));
  for (const size of [1, 2, 3, 7]) expect(await all(reader(cut(text, size)))).toEqual(whole);
  return whole;
}
const csv = (text: string) => read((chunks) => csvRows(chunks, ','), text);

describe('a CSV register', () => {
  it('numbers rows by the line on which they begin, over quoted line ends and blank lines', async () => {
    expect(await csv('a,b\r\n1,"x\r\ny"\r\n\r\n2,"he said ""no"""\r\n,\r\n3,"p,q"')).toEqual([
      [2, { a: '1', b: 'x\r\ny' }], [5, { a: '2', b: 'he said "no"' }], [7, { a: '3', b: 'p,q' }],
    ]);
  });
  it('takes a quote inside an unquoted cell as a character', async () => {
    expect(await csv('a,b\n1,12" pipe\n')).toEqual([[2, { a: '1', b: '12" pipe' }]]);
  });
  it('loses one row, not the rest, to a quote that is never closed', async () => {
    expect(await csv('a,b\n1,"x\n2,y\n3,z\n')).toEqual([[2, 'quote-not-closed'], [3, { a: '2', b: 'y' }], [4, { a: '3', b: 'z' }]]);
  });
  it('refuses what follows a closing quote, too few and too many columns, and lost characters', async () => {
    expect(await csv('a,b\n1,"x"y\n2\n3,4,5\n6,\ufffd\n7,ok\n')).toEqual([
      [2, 'stray-quote'], [3, 'column-count'], [4, 'column-count'], [5, 'undecodable'], [6, { a: '7', b: 'ok' }],
    ]);
  });
  it('refuses a row that no memory should hold and goes on after it', async () => {
    const found = await all(csvRows(cut(`a,b\n1,"${'x'.repeat(1_200_000)}"\n2,y\n`, 100_000), ','));
    expect(found.map(([row, what]) => [row, typeof what === 'string' ? what : 'read'])).toEqual([[2, 'row-too-long'], [3, 'read']]);
  });
  it('refuses a head that names a column twice', async () => {
    await expect(csv('a,a\n1,2\n')).rejects.toThrow(/"a" appears twice/);
  });
  it('reads whatever a well-formed writer wrote as another reader does', async () => {
    const cell = fc.stringMatching(/^[a-z",\n;中 ]{0,6}$/);
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 9 }), async (rows, size) => {
      const quoted = rows.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')).join('\n');
      const text = `a,b\n${quoted}\n`;
      const theirs = (parse(text, { columns: true }) as Record<string, string>[]).filter((row) => Object.values(row).some((value) => value.trim() !== ''));
      const ours = await all(csvRows(cut(text, size), ','));
      expect(ours.map(([, cells]) => cells)).toEqual(theirs);
    }), { numRuns: 200 });
  });
});

it('separated text knows no quotes', async () => {
  expect(await read((chunks) => separatedRows(chunks, '|'), 'a|b\n1|"x\r\n"2"|y|z\r\n\n3|"q"')).toEqual([
    [2, { a: '1', b: '"x' }], [3, 'column-count'], [5, { a: '3', b: '"q"' }],
  ]);
});

it('JSONL flattens objects, empties nulls, and refuses lists and lines that are no object', async () => {
  expect(await read(jsonRows, '{"a":1,"b":{"c":"x"},"d":null}\n[1]\n\n{"a":[1]}\n{"a"\n{"a":"ok"}')).toEqual([
    [1, { a: '1', 'b.c': 'x', d: '' }], [2, 'malformed-json'], [4, 'list-in-a-cell'], [5, 'malformed-json'], [6, { a: 'ok' }],
  ]);
});
