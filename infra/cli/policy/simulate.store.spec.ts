import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { canonicalJson, openStore } from 'aftercare/event-store';
import { caseNumber, cny, type Recorded } from 'aftercare/kernel';
import { idAt, Recording } from 'aftercare/testing';
import { approval } from '../../../services/billing/src/approval/approval.decide.js';
import { complaint } from '../../../services/intake/src/complaint/complaint.decide.js';
import { projectRoot } from '../../launcher/project-root.js';
import { DEPARTMENTS } from '../../launcher/departments.js';
import { main } from '../main.js';

const MONDAY = '2026-03-02T01:30:00.000Z';
const after = (hours: number): string => new Date(Date.parse(MONDAY) + hours * 3_600_000).toISOString();
const SHIPPED = readFileSync(join(projectRoot(), 'libs', 'policy', 'companies', 'example.yaml'), 'utf8');
const REPLY = '{kind: clock, value: 4, unit: hour, calendar: wall-clock, calendarStated: true, nature: service, from: {zh: 获知, en: awareness}, to: {zh: 答复, en: answer}, pausable: true, warn: [100], escalate: [{percent: 100, to: [intake.head]}], clause: "1", rows: [P003-35], source: stated}';
const BANDS = `{kind: table, hit: unique, inputs: {price: money}, outputs: {approver: word}, clause: "1", rows: [], source: stated, value: [
    {id: low, if: {price: '< 500.00'}, then: {approver: billing.after-sales-manager}}, {id: high, if: {price: '>= 500.00'}, then: {approver: billing.sales-vice-president}}]}`;

/** The shipped company with other own values. */
function draftText(own: string): string {
  const company = parse(SHIPPED) as { version: number; own: object };
  return stringify({ ...company, version: company.version + 1, own: { ...company.own, ...parse(own) as object } });
}

describe('aftercare policy simulate on recorded logs', () => {
  let folder: string;
  let out: string[];
  let err: string[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'aftercare-simulate-'));
    [out, err] = [[], []];
  });
  afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

  const run = (...args: string[]): Promise<number> =>
    main(['policy', 'simulate', '--data', folder, ...args], { out: (text) => out.push(...text.split('\n')), err: (text) => err.push(text), live: false });
  const overMarch = (...args: string[]): Promise<number> => run('--draft', draft(`  complaint.reply: ${REPLY}`), '--from', '2026-03-01', '--to', '2026-03-31', ...args);
  const totals = () => JSON.parse(out.at(-1) ?? '') as Record<string, unknown>;

  function draft(own: string): string {
    writeFileSync(join(folder, 'draft.yaml'), draftText(own));
    return join(folder, 'draft.yaml');
  }

  async function log(department: string, events: readonly Recorded[]): Promise<void> {
    const store = await openStore('sqlite', { log: department, dataDir: join(folder, department), forTransfer: true });
    await store.transfer().begin();
    await store.transfer().take({ kind: 'events', events: events.map((event) => Buffer.from(canonicalJson(event, 'event'), 'utf8')) });
    await store.transfer().finish();
    await store.close();
  }

  /** Complaints of Monday solved on the spot after so many hours; a service fee of 800 yuan proposed and priced. */
  async function recordedLogs(...hours: readonly number[]): Promise<{ cases: string[]; fee: string }> {
    const intake = new Recording('intake');
    const cases = hours.map((_, place) => idAt(MONDAY, place));
    for (const id of cases) intake.do(complaint, id, { type: 'RegisterComplaint', channel: 'hotline', awareAt: MONDAY, locality: 'local', complainant: '王芳', subject: 's', demand: 'd' } as never, { at: MONDAY });
    hours.forEach((span, place) => intake.do(complaint, cases[place] as string, { type: 'ResolveOnSpot', resolution: 'r' } as never, { at: after(span) }));
    const billing = new Recording('billing');
    const fee = idAt(MONDAY, 99);
    billing.do(approval, fee, { type: 'ProposeServiceFee', amount: cny(80_000), grounds: 'g' } as never, { at: MONDAY, actor: { id: 'u-clerk', role: 'billing.clerk' } });
    billing.do(approval, fee, { type: 'VerifyCost', cost: cny(60_000) } as never, { at: after(1), actor: { id: 'u-fin', role: 'billing.finance' } });
    for (const department of DEPARTMENTS) await log(department, department === 'intake' ? intake.events : department === 'billing' ? billing.events : []);
    return { cases, fee };
  }

  it('lists per case and in total what a shorter reply adds; the logs stay what they are to the byte, also while they are being written', async () => {
    const { cases } = await recordedLogs(3, 5, 23);
    draft(`  complaint.reply: ${REPLY}`);
    // Everything below the data folder: a file that the command left beside the logs were a trace of it, too. SQLite's own shared memory holds no records.
    const isRecord = (path: string): boolean => !path.endsWith('-shm') && !(path.endsWith('-wal') && statSync(path).size === 0);
    const bytes = (): string[] => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
      .filter(isRecord).sort().map((path) => `${path} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`);
    const before = bytes();
    expect(before.filter((line) => line.includes('log.db '))).toHaveLength(DEPARTMENTS.length);
    const writing = await openStore('sqlite', { log: 'intake', dataDir: join(folder, 'intake') });
    try {
      expect(await overMarch()).toBe(0);
    } finally {
      await writing.close();
    }
    const lines = out.filter((line) => line.includes('breach added'));
    expect(lines.map((line) => cases.indexOf(line.slice(0, 36)))).toEqual([1, 2]);
    expect(lines[0]).toMatch(/example\/complaint\.reply +no such clock, or no due time +due 2026-03-02 13:30:00, late by 1 h 0 min/);
    expect(out.filter((line) => line.includes('clock added')).map((line) => cases.indexOf(line.slice(0, 36)))).toEqual([0, 1, 2]);
    expect(out.join('\n')).toMatch(/Breaches +2 added, 0 removed/);
    expect(totals()).toMatchObject({ draft: 'example@2', from: '2026-03-01', to: '2026-03-31', cases: 4, affected: 3, breaches: { added: 2, removed: 0, moved: 0 }, clocks: { added: 3, removed: 0 } });
    expect(err.at(-1)).toMatch(/^4 of 4 cases, \d+ cases\/s, 7 differences$/);
    expect(bytes()).toEqual(before);
  });

  it('takes the number of a case, from the logs with nothing running, also for a department that is not intake', async () => {
    const { cases: [id = '', other = ''] } = await recordedLogs(5, 5);
    const number = caseNumber('CMP', id);
    expect(await overMarch('--case', number.toLowerCase())).toBe(0);
    const byNumber = totals();
    expect(byNumber).toMatchObject({ cases: 1, breaches: { added: 1 } });
    expect(out.filter((line) => line.includes('breach added')).map((line) => line.slice(0, 36))).toEqual([id]);
    expect(await overMarch('--case', id)).toBe(0);
    expect({ ...totals(), seconds: 0 }).toEqual({ ...byNumber, seconds: 0 });
    expect(caseNumber('CMP', other)).not.toBe(number);
    expect(await overMarch('--case', number, '--department', 'billing')).toBe(4);
    expect(await overMarch('--case', caseNumber('CMP', idAt(MONDAY, 77)))).toBe(4);
    // An inquiry with the letters of a complaint is another case.
    expect(await overMarch('--case', caseNumber('INQ', id))).toBe(4);
    expect(await overMarch('--case', 'XYZ-2026-7K3F-Q9XB')).toBe(2);
  });

  it('names the cases that share a number and asks for an id', async () => {
    const { cases: [id = ''] } = await recordedLogs(5);
    const twin = idAt(after(1)).slice(0, 26) + id.slice(26);
    expect(caseNumber('CMP', twin)).toBe(caseNumber('CMP', id));
    const intake = new Recording('intake');
    for (const one of [id, twin]) intake.do(complaint, one, { type: 'RegisterComplaint', channel: 'hotline', awareAt: MONDAY, locality: 'local', complainant: '王芳', subject: 's', demand: 'd' } as never, { at: MONDAY });
    rmSync(join(folder, 'intake'), { recursive: true });
    await log('intake', intake.events);
    expect(await overMarch('--case', caseNumber('CMP', id))).toBe(2);
    expect(err.join('\n')).toContain('2 cases have the number');
  });

  it('P001C-25 P001C-26 a lower band asks for another signature', async () => {
    const { fee } = await recordedLogs();
    expect(await run('--draft', draft(`  billing.price_approval.bands: ${BANDS}`), '--from', '2026-03-02', '--to', '2026-03-02', '--json', '--csv', join(folder, 'out.csv'))).toBe(0);
    expect(JSON.parse(out[0] ?? '')).toMatchObject({
      kind: 'decision', effect: 'approval', caseId: fee, department: 'billing', table: 'billing.price_approval.bands',
      before: { rule: 'P001C-25', outcome: 'billing.after-sales-manager' }, after: { rule: 'high', outcome: 'billing.sales-vice-president' },
      extraSigners: ['billing.sales-vice-president'],
    });
    expect(totals()).toMatchObject({ decisions: { approvals: 1, extraSigners: 1, sparedSigners: 1, notReplayable: 0 } });
    expect(readFileSync(join(folder, 'out.csv'), 'utf8').trimEnd().split('\r\n').slice(1)).toEqual([
      `${fee},billing,approval-${fee},other approval,billing.price_approval.bands,P001C-25,billing.after-sales-manager,high,billing.sales-vice-president`,
    ]);
    expect(out).toHaveLength(2);
  });

  const MATRIX = `  approval.authority_matrix: {kind: table, hit: unique, inputs: {kind: word, amount: money, cost: money}, outputs: {signers: roles, order: word}, clause: "1", rows: [], source: stated, value: [
    {id: one, if: {amount: '< 1000.00'}, then: {signers: [billing.after-sales-manager], order: any-order}},
    {id: two, if: {amount: '>= 1000.00'}, then: {signers: [billing.after-sales-manager, billing.sales-vice-president], order: any-order}}]}`;

  /** A draft that binds what the shipped company has switched off. */
  function adopting(own: string): string {
    const company = parse(draftText(own)) as { off: { key: string }[] };
    const keys = Object.keys(parse(own) as object);
    writeFileSync(join(folder, 'draft.yaml'), stringify({ ...company, off: company.off.filter(({ key }) => !keys.some((one) => key.endsWith(one))) }));
    return join(folder, 'draft.yaml');
  }

  it('P001A-04 a matrix with two signers from 1,000.00 is asked before the bands; a draft that binds and switches it off in one is refused by its name', async () => {
    const billing = new Recording('billing');
    const fees = [80_000, 120_000].map((_, place) => idAt(MONDAY, place));
    fees.forEach((fee, place) => billing.do(approval, fee, { type: 'ProposeServiceFee', amount: cny([80_000, 120_000][place] as number), grounds: 'g' } as never, { at: MONDAY, actor: { id: 'u-clerk', role: 'billing.clerk' } }));
    for (const fee of fees) billing.do(approval, fee, { type: 'VerifyCost', cost: cny(60_000) } as never, { at: after(1), actor: { id: 'u-fin', role: 'billing.finance' } });
    for (const department of DEPARTMENTS) await log(department, department === 'billing' ? billing.events : []);
    expect(await run('--draft', adopting(MATRIX), '--from', '2026-03-02', '--to', '2026-03-02', '--json')).toBe(0);
    expect(out).toHaveLength(3);
    expect(JSON.parse(out[0] ?? '')).toMatchObject({ kind: 'noted', note: 'other-rule', caseId: fees[0] });
    expect(JSON.parse(out[1] ?? '')).toMatchObject({ effect: 'approval', caseId: fees[1], after: { rule: 'two' }, extraSigners: ['billing.after-sales-manager'], sparedSigners: [] });
    expect(totals()).toMatchObject({ affected: 1, onlyNoted: 1, decisions: { replayed: 2, approvals: 1, extraSigners: 1, notReplayable: 0 }, notAsked: [], boundInVain: [] });
    err.length = 0;
    expect(await run('--draft', draft(MATRIX), '--from', '2026-03-02', '--to', '2026-03-02')).toBe(1);
    expect(err.join('\n')).toMatch(/approval\.authority_matrix/);
  });

  it('P001A-04 names what the draft changes and no record asked about', async () => {
    await recordedLogs(5);
    const expiry = `  approval.expiry: ${REPLY.replace('[P003-35]', '[]')}`;
    expect(await run('--draft', adopting(expiry), '--from', '2026-03-01', '--to', '2026-03-31')).toBe(0);
    expect(totals()).toMatchObject({ affected: 0, notAsked: ['approval.expiry'] });
    expect(out.join('\n')).toMatch(/Cannot say +not asked on record: approval\.expiry/);
    expect(await overMarch()).toBe(0);
    expect(totals()).toMatchObject({ notAsked: [] });
    expect(await overMarch('--department', 'billing')).toBe(0);
    expect(totals()).toMatchObject({ notAsked: ['complaint.reply'] });
  });

  it('counts a case of two departments once, while at work as at the end', async () => {
    const [intake, billing] = [new Recording('intake'), new Recording('billing')];
    const id = idAt(MONDAY);
    intake.do(complaint, id, { type: 'RegisterComplaint', channel: 'hotline', awareAt: MONDAY, locality: 'local', complainant: '王芳', subject: 's', demand: 'd' } as never, { at: MONDAY });
    billing.do(approval, idAt(MONDAY, 9), { type: 'ProposeServiceFee', amount: cny(80_000), grounds: 'g' } as never, { at: MONDAY, caseId: id, actor: { id: 'u-clerk', role: 'billing.clerk' } });
    for (const department of DEPARTMENTS) await log(department, department === 'intake' ? intake.events : department === 'billing' ? billing.events : []);
    expect(await overMarch()).toBe(0);
    expect(totals()).toMatchObject({ cases: 1 });
    expect(err.at(-1)).toMatch(/^1 of 1 cases/);
  });

  it('the policy that was in force changes nothing', async () => {
    await recordedLogs(3, 5, 23, 30, 200);
    expect(await run('--draft', join(projectRoot(), 'libs', 'policy', 'companies', 'example.yaml'), '--from', '2026-03-01', '--to', '2026-03-31', '--json')).toBe(0);
    expect(out).toHaveLength(1);
    expect(totals()).toMatchObject({ cases: 6, affected: 0, breaches: { added: 0, removed: 0, moved: 0 }, clocks: { added: 0, removed: 0, dueMoved: 0 }, decisions: { approvals: 0, routes: 0, penalties: 0, notReplayable: 0 }, notAsked: [], boundInVain: [] });
  });

  it('takes the cases opened in the window, one department, one case', async () => {
    const { cases } = await recordedLogs(5, 6);
    expect(await run('--draft', draft(`  complaint.reply: ${REPLY}`), '--from', '2026-03-03', '--to', '2026-03-31')).toBe(0);
    expect(totals()).toMatchObject({ cases: 0, affected: 0 });
    expect(await overMarch('--department', 'billing')).toBe(0);
    expect(totals()).toMatchObject({ cases: 1, affected: 0 });
    expect(await overMarch('--case', cases[1] as string, '--json')).toBe(0);
    expect(totals()).toMatchObject({ cases: 1, affected: 1, breaches: { added: 1 } });
  });

  it('writes every difference into a CSV file', async () => {
    const { cases } = await recordedLogs(5, 6);
    expect(await overMarch('--csv', join(folder, 'out.csv'))).toBe(0);
    const [head, ...rows] = readFileSync(join(folder, 'out.csv'), 'utf8').trimEnd().split('\r\n');
    expect(head).toMatch(/^case,department,stream,what,/);
    const called = `"[{""what"":""escalate"",""at"":""${after(4)}"",""percent"":100,""after"":null,""to"":[""intake.head""]}]"`;
    expect(rows).toEqual(cases.flatMap((id, place) => [
      [id, 'intake', `complaint-${id}`, 'clock added', 'example/complaint.reply', '', '', after(4), ''],
      [id, 'intake', `complaint-${id}`, 'breach added', 'example/complaint.reply', '', '', after(4), String((place + 1) * 3_600_000)],
      [id, 'intake', `complaint-${id}`, 'other warnings or escalations', 'example/complaint.reply', 0, '[]', 1, called],
    ].map((cells) => cells.join(','))));
  });

  it('the CSV file has more than a screen shows, and the same beside --json', async () => {
    const { cases } = await recordedLogs(...Array.from({ length: 101 }, () => 5));
    const rowsOf = (name: string): string[] => readFileSync(join(folder, name), 'utf8').trimEnd().split('\r\n').slice(1);
    expect(await overMarch('--csv', join(folder, 'screen.csv'))).toBe(0);
    expect(out.join('\n')).toContain('… and 103 more');
    out.length = 0;
    expect(await overMarch('--csv', join(folder, 'json.csv'), '--json')).toBe(0);
    const told = out.slice(0, -1).map((line) => (JSON.parse(line) as { caseId: string }).caseId);
    expect(told).toEqual(cases.flatMap((id) => [id, id, id]));
    for (const name of ['screen.csv', 'json.csv']) expect(rowsOf(name).map((row) => row.slice(0, 36))).toEqual(told);
  });

  it('what happened to a case after the window does not count', async () => {
    await recordedLogs(5, 30);
    expect(await run('--draft', draft(`  complaint.reply: ${REPLY}`), '--from', '2026-03-02', '--to', '2026-03-02', '--json')).toBe(0);
    expect(out.slice(0, -1).map((line) => JSON.parse(line) as object)).toContainEqual(expect.objectContaining({ kind: 'breach', change: 'added', after: { dueAt: after(4), lateByMs: Date.parse('2026-03-02T16:00:00.000Z') - Date.parse(after(4)) } }));
    expect(totals()).toMatchObject({ horizon: '2026-03-02T16:00:00.000Z', breaches: { added: 2 } });
  });

  it.each([
    [['--from', '2026-02-30', '--to', '2026-03-31'], 2, /--from 2026-02-30 is no date/],
    [['--from', 'march', '--to', '2026-03-31'], 2, /--from march is no date/],
    [['--from', '2026-04-01', '--to', '2026-03-31'], 2, /lies after --to/],
    [['--from', '2026-03-01', '--to', '2026-03-31', '--case', '019caaaa-0000-7000-8000-000000000001'], 4, /no department knows a case/],
    [['--from', '2026-03-01', '--to', '2026-03-31', '--packs', '/nowhere'], 2, /--packs \/nowhere: there is nothing there/],
  ])('%j ends with %i', async (args, code, message) => {
    await recordedLogs(5);
    expect(await run('--draft', draft(`  complaint.reply: ${REPLY}`), ...args)).toBe(code);
    expect(err.join('\n')).toMatch(message);
  });

  it('names the faults of a draft as `policy check` does, and a log that is not there or cannot be read', async () => {
    expect(await overMarch()).toBe(1);
    expect(err.join('\n')).toMatch(/the log cannot be read: there is no log .*registry/);
    expect(await run('--draft', draft('  billing.price_approval.bands: {kind: table, hit: unique, inputs: {price: money}, outputs: {approver: word}, clause: "1", rows: [], source: stated, value: [{id: a, if: {price: "< about"}, then: {approver: billing.general-manager}}]}'), '--from', '2026-03-01', '--to', '2026-03-31')).toBe(1);
    expect(err.join('\n')).toMatch(/the draft cannot be simulated:\n +table-cannot-be-read .*draft\.yaml billing\.price_approval\.bands/);
    await recordedLogs(5);
    const newer = new Recording('intake');
    newer.do(complaint, idAt(MONDAY), { type: 'RegisterComplaint', channel: 'hotline', awareAt: MONDAY, locality: 'local', complainant: '王芳', subject: 's', demand: 'd' } as never, { at: MONDAY });
    rmSync(join(folder, 'intake'), { recursive: true });
    await log('intake', newer.events.map((event) => ({ ...event, schema: 99 }) as Recorded));
    err = [];
    expect(await overMarch()).toBe(1);
    expect(err.join('\n')).toMatch(/the log cannot be read: intake event 0 is ComplaintRegistered version 99/);
  });
});
