import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImportBatch, ImportRowResult } from 'aftercare/contracts';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import * as xlsx from '@e965/xlsx';
import { projectRoot } from '../../launcher/project-root.js';
import { readMapping } from '../mapping/read-mapping.js';
import { readRegister } from '../readers/read-register.js';
import { importRegister } from './import-register.js';
import { RejectsFile } from './rejects-file.js';
import { ResumeFile } from './resume-file.js';
import { surveyRegister } from './survey.js';
import type { Tally } from './tally.js';

const MAPPING = `register: sample
format: csv
key: No
fields:
  channel: { const: register }
  locality: { const: local }
  awareAt: { column: Day, dates: [YYYY-MM-DD] }
  complainant: Who
  subject: { const: s }
  demand: { const: d }`;

class Away extends Error {}

/** Remembers keys as intake does: same content repeats, other content is refused; it may lose answers. */
class Intake {
  readonly cases = new Map<string, string>();
  constructor(private readonly fails: () => 'no' | 'before' | 'after' = () => 'no') {}

  readonly post = async (body: string): Promise<{ results: ImportRowResult[] }> => {
    const how = this.fails();
    if (how === 'before') throw new Away();
    const { rows } = JSON.parse(body) as ImportBatch;
    const results = rows.map(({ key, command }): ImportRowResult => {
      const known = this.cases.get(key);
      if (known !== undefined && known !== JSON.stringify(command)) return { key, problem: { code: 'idempotency-key-reused', detail_en: 'other', detail_zh: '不同' } };
      this.cases.set(key, JSON.stringify(command));
      return { key, receipt: { id: key, repeated: known !== undefined } };
    });
    if (how === 'after') throw new Away();
    return { results };
  };
}

describe('an import', () => {
  let folder: string;
  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'import-')); });
  afterEach(() => rmSync(folder, { recursive: true }));
  const at = (name: string) => join(folder, name);

  async function run(text: string | Buffer, intake: Intake, yaml = MAPPING): Promise<Tally> {
    writeFileSync(at('file'), text);
    const mapping = readMapping(yaml);
    return importRegister({
      file: at('file'), mapping, survey: await surveyRegister(at('file'), mapping, yaml), rejectsFile: at('rejects.csv'), resume: new ResumeFile(at('resume.json')),
      inFlight: 3, progress: () => undefined, sending: { post: intake.post, mayPass: (error) => error instanceof Away, waiting: () => undefined, firstWaitMs: 0 },
    });
  }
  const rejected = () => readFileSync(at('rejects.csv'), 'utf8').trimEnd().split('\r\n').slice(1);

  it('puts every row into exactly one bucket, whatever the file holds and however often intake is away', async () => {
    const cell = fc.oneof(fc.constantFrom('', '2026-03-02', '2026-02-30', 'a', 'b', '"', ',', '\n', '"x\ny"', 'k1', 'k2'), fc.stringMatching(/^[a-z"|]{0,4}$/));
    const line = fc.tuple(cell, fc.constantFrom('2026-03-02', '2026-02-30', ''), cell).map((cells) => cells.join(','));
    await fc.assert(fc.asyncProperty(fc.array(line, { maxLength: 30 }), fc.array(fc.constantFrom('no', 'before', 'after'), { maxLength: 5 }), async (lines, failures) => {
      const queue = [...failures] as ('no' | 'before' | 'after')[];
      const intake = new Intake(() => queue.shift() ?? 'no');
      const tally = await run(`No,Day,Who\n${lines.join('\n')}\n`, intake);
      expect(tally.imported + tally.repeated + tally.refused).toBe(tally.read);
      expect(rejected()).toHaveLength(tally.refused);
      expect(intake.cases.size).toBeLessThanOrEqual(tally.imported + tally.repeated);
      const again = await run(`No,Day,Who\n${lines.join('\n')}\n`, intake);
      expect(again).toEqual({ ...tally, imported: 0, repeated: tally.imported + tally.repeated });
    }), { numRuns: 40 });
  }, 60_000);

  it('goes on where it was interrupted and ends as if it had not been', async () => {
    const text = `No,Day,Who\n${Array.from({ length: 2_000 }, (_, n) => `${n},2026-0${n % 100 === 0 ? '2-30' : '3-02'},w`).join('\n')}\n`;
    let sent = 0;
    const intake = new Intake(() => { if ((sent += 1) === 5) throw new Error('the plug was pulled'); return 'no'; });
    await expect(run(text, intake)).rejects.toThrow('plug');
    const settled = (JSON.parse(readFileSync(at('resume.json'), 'utf8')) as { tally: Tally }).tally;
    expect(settled.read).toBeGreaterThan(0);
    const tally = await run(text, intake);
    expect(tally).toMatchObject({ read: 2_000, refused: 20 });
    expect(rejected()).toHaveLength(20);
    expect(intake.cases.size).toBe(1_980);
    expect(() => readFileSync(at('resume.json'))).toThrow();
  });

  it('takes back rejects that were written after the last settled row', () => {
    const reject = { row: 2, key: '=1+1', refusal: { code: 'c', zh: '因', en: 'a "reason"' } };
    const first = RejectsFile.open(at('rejects.csv'), 0);
    first.add([reject]);
    const settled = first.bytes;
    first.add([{ ...reject, row: 3 }]);
    first.close();
    const second = RejectsFile.open(at('rejects.csv'), settled);
    second.add([{ ...reject, row: 4 }]);
    second.close();
    expect(rejected()).toEqual([`2,'=1+1,,c,,因,"a ""reason"""`, `4,'=1+1,,c,,因,"a ""reason"""`]);
    RejectsFile.open(at('rejects.csv'), settled).close();
    expect(rejected()).toHaveLength(1);
  });

  it('is told at once of a column that the file does not have', async () => {
    await expect(run('No,Day\n1,2026-03-02\n', new Intake())).rejects.toThrow(/does not have: Who/);
  });

  it('reads other encodings and refuses bytes that have no meaning in the declared one', async () => {
    const intake = new Intake();
    expect(await run(iconv.encode('No,Day,Who\n1,2026-03-02,何予安\n', 'gb18030'), intake, `${MAPPING}\nencoding: gb18030`)).toMatchObject({ imported: 1 });
    expect(intake.cases.get('1')).toContain('何予安');
    expect(await run(Buffer.concat([Buffer.from('\ufeffNo,Day,Who\n2,2026-03-02,ok\n3,2026-03-02,'), Buffer.from([0xc3, 0x28, 0x0a])]), intake)).toMatchObject({ imported: 1, refused: 1 });
    expect(rejected()).toEqual([expect.stringMatching(/^3,,Who,undecodable/)]);
  });

  it('reads the sheet of a workbook: dates as dates, codes as shown, row numbers as shown', async () => {
    const sheet = xlsx.utils.aoa_to_sheet([['No', 'Day', 'Who'], [], [7, 46083, 'x'], [12345678901, '2026-03-02', 'y']]);
    Object.assign(sheet['A3'] as object, { z: '0000', w: '0007' });
    Object.assign(sheet['B3'] as object, { z: 'yyyy\\/mm\\/dd' });
    const book = xlsx.utils.book_new();
    xlsx.utils.book_append_sheet(book, sheet, 'Complaints');
    writeFileSync(at('book.xlsx'), xlsx.write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer);
    const rows = [];
    for await (const row of readRegister(at('book.xlsx'), { format: 'xlsx', encoding: 'utf-8', delimiter: '' })) rows.push(row);
    expect(rows).toEqual([
      { row: 3, cells: { No: '0007', Day: '2026-03-02', Who: 'x' } }, { row: 4, cells: { No: '12345678901', Day: '2026-03-02', Who: 'y' } },
    ]);
  });

  it('takes the sample register and names the rows it cannot take', async () => {
    const yaml = readFileSync(join(projectRoot(), 'infra/import/mappings/complaint-register.yaml'), 'utf8');
    const tally = await run(readFileSync(join(projectRoot(), 'infra/import/samples/complaint-register.csv')), new Intake(), yaml);
    expect(tally).toEqual({ read: 127, imported: 120, repeated: 1, refused: 6 });
    expect(rejected().map((line) => line.split(',').slice(2, 4).join(' '))).toEqual([
      'awareAt not-instant', 'complainant value-missing', 'classification.class value-not-mapped', '编号 key-missing', ' idempotency-key-reused', ' column-count',
    ]);
  });
});
