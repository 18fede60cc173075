import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../main.js';

const run = async (...args: string[]) => {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await main(['policy', ...args], { out: (text) => out.push(text), err: (text) => err.push(text), live: false });
  return { code, out: out.join('\n'), err: err.join('\n') };
};

describe('aftercare policy show', () => {
  it('P001E-36 shows a clock of a shipped pack with its clause, in both languages and with nothing running', async () => {
    const { code, out } = await run('show', 'p001e', '--key', 'complaint.first_contact');
    expect(code).toBe(0);
    for (const said of [/^P001E@1/, /4 小时/, /4 h/, /P001E-36/, /First contact/]) expect(out).toMatch(said);
    expect(out).not.toMatch(/complaint\.total/);
  });

  it('shows the example company with what it adopts, in English alone when asked', async () => {
    const { out } = await run('show', 'example', '--lang', 'en');
    expect(out).toMatch(/1 +P000@1 +After-sales service policy/);
    expect(out).not.toMatch(/示例公司|工作时间|周一/);
  });

  it('gives programs the entries with their keys and words, and pages Markdown', async () => {
    const { out } = await run('show', 'P001C', '--format', 'json', '--key', 'billing.waiver.bands');
    expect(JSON.parse(out)).toMatchObject({ id: 'P001C', entries: [{ key: 'billing.waiver.bands', kind: 'table', shown: { en: expect.stringMatching(/rows/) as string } }] });
    expect((await run('show', 'P001C', '--format', 'markdown')).out).toMatch(/^# P001C@1\n[^]*\n\| --- \|/);
  });

  it('says which law took the place of one that is not in force on the day', async () => {
    expect(await run('show', 'CN-DRUG-RECALL-2007', '--on', '2022-10-31')).toMatchObject({ code: 0 });
    const { code, err } = await run('show', 'CN-DRUG-RECALL-2007', '--on', '2022-11-01');
    expect([code, err]).toEqual([4, expect.stringMatching(/not in force on 2022-11-01 .*CN-DRUG-RECALL-2022 takes its place/)]);
  });

  it.each([
    [4, /No pack, regulation or company is called "P999"/, ['show', 'P999']],
    [4, /No key matches "nothing"/, ['show', 'P003', '--key', 'nothing']],
    [2, /--on is a date/, ['show', 'P003', '--on', '2026-02-30']],
    [2, /--lang is zh, en, both/, ['show', 'P003', '--lang', 'fr']],
    [2, /--format is text, markdown, json/, ['show', 'P003', '--format', 'pdf']],
    [2, /there is nothing there/, ['show', 'P003', '--packs', '/nowhere/at/all']],
    [2, /--kind is company/, ['list', '--kind', 'law']],
  ])('ends with %d and says %s', async (expected, said, args) => {
    const { code, err } = await run(...args);
    expect([code, err]).toEqual([expected, expect.stringMatching(said)]);
  });
});

describe('aftercare policy show for a file of one\'s own', () => {
  let folder: string;
  beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'aftercare-show-')); });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('puts packs of a folder beside the shipped ones, one of the same id and version in place of the shipped', async () => {
    const packs = mkdtempSync(join(folder, 'packs-'));
    const head = (id: string) => `id: ${id}\nversion: 1\nkind: company\ntitle: {zh: 本公司, en: Ours}\norigin: {zh: 本公司, en: Ours}\nvalidFrom: null\nvalidTo: null\nconfirmed: true\nparams: {}\n`;
    writeFileSync(join(packs, 'ours.yaml'), head('OURS'));
    writeFileSync(join(packs, 'p000.yaml'), head('P000'));
    const rows = JSON.parse((await run('list', '--json', '--kind', 'company', '--packs', packs)).out) as { id: string; clocks: number }[];
    expect(rows.filter(({ id }) => id === 'P000')).toMatchObject([{ clocks: 0 }]);
    expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining(['OURS', 'P003']));
  });

  it('shows a draft of a pack, and names every fault of one that cannot be read', async () => {
    const head = 'id: OURS\nversion: 1\nkind: company\ntitle: {zh: 本公司, en: Ours}\norigin: {zh: 本公司, en: Ours}\nvalidFrom: null\nvalidTo: null\nconfirmed: true\n';
    const file = join(folder, 'ours.yaml');
    writeFileSync(file, `${head}params:\n  callback.max_attempts: {kind: number, value: 5, unit: attempts, clause: '1', rows: [], source: stated}\n`);
    expect((await run('show', file, '--lang', 'en')).out).toMatch(/callback\.max_attempts|Callback attempts[^]*5 attempts/);
    writeFileSync(file, `${head}params:\n  callback.max_attempts: {kind: number, value: five}\n`);
    const { code, err } = await run('show', file);
    expect([code, err]).toEqual([1, expect.stringMatching(/ours\.yaml cannot be used/)]);
  });
});

describe('aftercare policy list', () => {
  it('names every file with its days, and filters by kind, day and word', async () => {
    const ids = async (...args: string[]) => (JSON.parse((await run('list', '--json', ...args)).out) as { id: string }[]).map(({ id }) => id);
    expect(await ids()).toEqual(expect.arrayContaining(['example', 'P000', 'CN-DRUG-RECALL-2007', 'CN-DRUG-RECALL-2022']));
    expect(await ids('--kind', 'company')).not.toContain('CN-GSP');
    expect(await ids('--search', 'DRUG RECALL', '--on', '2022-10-31')).toEqual(['CN-DRUG-RECALL-2007']);
    expect(await ids('--search', '药品召回', '--unconfirmed')).toEqual(['CN-DRUG-RECALL-2022']);
  });

  it('writes CSV with one line per file, and says so when nothing matches', async () => {
    const [head = '', line = ''] = (await run('list', '--csv', '--search', 'P001C')).out.split('\n');
    expect(head.split(',').slice(0, 3)).toEqual(['id', 'version', 'kind']);
    expect(line).toMatch(/^P001C,1,company,,,/);
    expect((await run('list', '--search', 'no such thing')).out).toBe('No policy matches.');
  });
});
