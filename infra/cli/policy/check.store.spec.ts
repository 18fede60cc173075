import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { policyFolder, shownWidth } from 'aftercare/policy';
import { main } from '../main.js';

describe('aftercare policy check', () => {
  let folder: string;
  let out: string[];
  let err: string[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'aftercare-policy-'));
    [out, err] = [[], []];
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const check = (...args: string[]): Promise<number> => main(['policy', 'check', ...args], { out: (text) => out.push(text), err: (text) => err.push(text), live: false });
  const lastLine = () => JSON.parse(out.join('\n').split('\n').at(-1) ?? '') as unknown;

  it('finds nothing in what is shipped, roles included, and counts in the last line', async () => {
    expect([await check(), err]).toEqual([0, [expect.stringMatching(/^note: \d+ clocks are kept and not acted on yet: [^]+\n +有 \d+ 个时限已保存/)]]);
    expect(out).toHaveLength(1);
    expect(Object.keys(lastLine() as object)).toEqual(['packs', 'params', 'bound', 'unset', 'unused']);
    expect(lastLine()).toMatchObject({ unused: 0 });
  });

  it('names code, file and key of what it finds and what to do about it, in both languages, with code 1', async () => {
    const company = join(folder, 'ours.yaml');
    const shipped = readFileSync(join(policyFolder(), 'companies', 'example.yaml'), 'utf8');
    writeFileSync(company, shipped.replace(/^own:$/m, 'own:\n  complaint.repl: {kind: choice, value: x, clause: 一, rows: [], source: unset}').replace('{pack: P003, version: 1}', '{pack: P003, version: 7}'));
    expect(await check('--company', company)).toBe(1);
    expect(out[0]).toMatch(/no-such-pack +\S+ours\.yaml +adopts P003 version 7, which no file has/);
    expect(out[0]).toContain('采用的 P003 第 7 版没有文件');
    expect(lastLine()).toMatchObject({ packs: expect.any(Number) as number });
    out = [];
    expect(await check('--company', company, '--json')).toBe(1);
    const lines = out.join('\n').split('\n').map((line) => JSON.parse(line) as { code?: string; file?: string; key?: string });
    expect(lines).toContainEqual(expect.objectContaining({ code: 'value-and-source-disagree', file: company, key: 'complaint.repl' }));
    expect(lines.at(-1)).toHaveProperty('unused');
  });

  it('looks at other packs than the shipped ones', async () => {
    const packs = join(folder, 'packs');
    cpSync(join(policyFolder(), 'packs'), packs, { recursive: true });
    const file = join(packs, 'regulation', 'CN-ADR-2011.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('quality.head', 'quality.king').replace("'\"known\"'", "'\"known\", \"new\"'"));
    expect(await check('--packs', packs, '--json')).toBe(1);
    expect(out[0]).toContain('"code":"unknown-role","file":"regulation/CN-ADR-2011.yaml","key":"adr.report.death"');
    expect(out[0]).toContain('rows new and other both match seriousness = non-serious, expectedness = new');
  });

  it('names the first twenty faults of a file that cannot be read, and reads a pack whose name ends in yml', async () => {
    const packs = join(folder, 'packs');
    cpSync(join(policyFolder(), 'packs'), packs, { recursive: true });
    const entries = Array.from({ length: 30 }, (_, at) => `  "UPPER ${at}": 5`).join('\n');
    writeFileSync(join(packs, 'ours.yml'), `id: OURS\nversion: 1\nkind: company\ntitle: {zh: 制, en: p}\norigin: {zh: 制, en: p}\nvalidFrom: null\nvalidTo: null\nconfirmed: true\nparams:\n${entries}\n`);
    expect(await check('--packs', packs)).toBe(1);
    expect(err.join('\n')).toContain('ours.yml cannot be used');
    expect(err.join('\n').split('\n').length).toBeLessThan(25);
    expect(lastLine()).toHaveProperty('unused', 0);
  });

  it('refuses a text in one language and says what to write, and proposes the word that was meant', async () => {
    const packs = join(folder, 'packs');
    cpSync(join(policyFolder(), 'packs'), packs, { recursive: true });
    const edited = (file: string, from: string, to: string) => {
      const path = join(packs, file);
      const text = readFileSync(path, 'utf8');
      expect(text).toContain(from);
      writeFileSync(path, text.replace(from, to));
    };
    edited('company/P002B.yaml', `if: { reason: '"quality"' }`, `if: { reason: '"refnd"' }`);
    edited('company/P003.yaml', `class: '"service"', urgency: '"urgent"'`, `class: '"service"', urgency: '"urgnt"'`);
    expect(await check('--packs', packs, '--json')).toBe(1);
    expect(out[0]).toContain('"code":"unknown-word","file":"company/P002B.yaml","key":"return.eligibility"');
    expect(out[0]).toContain('write \\"urgent\\"?');
    edited('company/P003.yaml', 'from: { zh: 获知投诉, en: awareness of the complaint }', 'from: awareness of the complaint');
    expect(await check('--packs', packs)).toBe(1);
    expect(err.join('\n')).toContain("/from: must be in Chinese and English 须中英文并列: write { zh: …, en: 'awareness of the complaint' }");
  });

  it('fits on a screen of 80 columns: what does not go side by side stands one below the other', async () => {
    const company = join(folder, 'ours.yaml');
    writeFileSync(company, readFileSync(join(policyFolder(), 'companies', 'example.yaml'), 'utf8').replace('{pack: P003, version: 1}', '{pack: P003, version: 7}'));
    const before = Object.getOwnPropertyDescriptor(process.stdout, 'columns');
    Object.defineProperty(process.stdout, 'columns', { value: 80, configurable: true });
    try {
      expect(await check('--company', company)).toBe(1);
    } finally {
      if (before) Object.defineProperty(process.stdout, 'columns', before); else Reflect.deleteProperty(process.stdout, 'columns');
    }
    const [findings = ''] = out;
    expect(findings).toMatch(/^no-such-pack {2}\S+ours\.yaml\n {2}adopts P003 version 7, which no file has:[^]*?\n {2}采用的 P003 第 7 版没有文件：/m);
    expect(findings.split('\n').filter((line) => line.startsWith('  ') && shownWidth(line) > 80)).toEqual([]);
  });

  it('says where a file cannot be read, and what is not there', async () => {
    const company = join(folder, 'ours.yaml');
    writeFileSync(company, readFileSync(join(policyFolder(), 'companies', 'example.yaml'), 'utf8').replace('version: 1', 'version: one'));
    expect(await check('--company', company)).toBe(1);
    expect(err.join('\n')).toMatch(/ours\.yaml cannot be used 无法使用:\n {2}line \d+ 第 \d+ 行 \/version: must be a whole number 须为整数/);
    expect(lastLine()).toEqual({ packs: 0, params: 0, bound: 0, unset: 0, unused: 0 });
    expect(await check('--company', join(folder, 'nowhere.yaml'))).toBe(2);
    expect(err.join('\n')).toContain('nowhere.yaml: there is nothing there');
  });
});
