import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { issueToken } from 'aftercare/access';
import type { CompanyPolicy } from 'aftercare/policy';
import { main } from '../cli/main.js';
import { DEPARTMENTS, SERVICES } from '../launcher/departments.js';
import { secondVersion, shippedCompany, writeCompanyFile } from './company-file.js';
import { openTheBooks, PUMP, sellALot, type StoryLot } from './company.js';
import { PrivateInstance } from './private-instance.js';
import { historyOf, modelsEqualAReplay } from './proofs.js';
import { settled } from './settled.js';
import { fixPlan, judgeValid } from './stories/chapters.js';

const START_MS = 120_000;
const CASE_MS = 90_000;
const HOUR = 3_600_000;
/** The department that is away while the company adopts. */
const AWAY = 'surveys';
const SIGNER = 'li.hua';

interface Said { readonly code: number; readonly out: string; readonly err: string }
interface Noted { readonly adoption: string; readonly noticedLate?: boolean; readonly document: string; readonly digest: string; readonly effectiveFrom: string }
interface Clock { readonly clock: string; readonly dueAt: string | null }
interface LogEvent { readonly type: string; readonly stream: string; readonly data: Noted; readonly signature: string | null; readonly actor: { readonly id: string } }
interface Listed { readonly adoption: string; readonly signer: string | null; readonly why: string | null; readonly digest: string; readonly effectiveFrom: string }

const businessDay = (offset = 0): string => new Date(Date.now() + 8 * HOUR + offset * 24 * HOUR).toISOString().slice(0, 10);

describe('a company that changes its rules while it works', () => {
  let company: PrivateInstance;
  let lot: StoryLot;
  let files: string;
  /** Of the time before: one that goes on to billing, and one whose class comes later and leads to quality. */
  const old = { money: '', quality: '', number: '' };
  const fresh = { money: '', quality: '' };
  /** Opened under the new version while a department had not heard of it. */
  let meanwhile = '';
  let bookBefore = '';
  let tellings = 0;

  const desk = (name: string) => company.desk(`${name}-${tellings += 1}`, { patienceMs: 30_000 });

  /** The command line as people use it, without a process of its own. */
  async function aftercare(args: readonly string[], token?: string): Promise<Said> {
    const [out, err]: [string[], string[]] = [[], []];
    if (token !== undefined) process.env['AFTERCARE_TOKEN'] = token;
    try {
      const code = await main([...args, '--data', company.dataDir], { out: (text) => out.push(text), err: (text) => err.push(text), live: false });
      return { code, out: out.join('\n'), err: err.join('\n') };
    } finally {
      delete process.env['AFTERCARE_TOKEN'];
    }
  }

  const adopt = (policy: CompanyPolicy, { name = SIGNER, token }: { readonly name?: string; readonly token?: string } = {}): Promise<Said> =>
    aftercare(['policy', 'adopt', '--file', writeCompanyFile(files, 'ours', policy), '--name', name, '--reason', '总经理办公会决议'], token);

  async function complain(more: object = { classification: { class: 'service', complainedOf: 'u-courier-7' } }): Promise<{ id: string; number: string }> {
    const { id, number = '' } = await desk('complaint').tell('intake.clerk', '/intake/complaints', {
      channel: 'hotline', awareAt: new Date(Date.now() - 1_000).toISOString(), locality: 'local', complainant: '王护士长', subject: '送货延误', demand: '补偿', ...more,
    });
    return { id, number };
  }

  /** What the streams of a case keep, by department and aggregate. */
  async function keptBy(caseId: string, ...departments: readonly string[]): Promise<Record<string, string>> {
    const history = await historyOf(desk('kept'), caseId, departments.length === 0 ? DEPARTMENTS : departments);
    return Object.fromEntries(history.filter(({ type }) => type === 'PolicyVersionKept')
      .map(({ log, stream, data }) => [`${log} ${stream.slice(0, stream.indexOf('-'))}`, (data as unknown as Noted).adoption]));
  }

  /** Every clock that was set for a case in a department, with its due time. */
  async function clocksOf(caseId: string, department = 'intake'): Promise<Record<string, string | null>> {
    const history = await historyOf(desk('clocks'), caseId);
    const sets = history.filter(({ log, type }) => log === department && type === 'DeadlinesSet');
    return Object.fromEntries(sets.flatMap(({ data }) => (data as unknown as { clocks: readonly Clock[] }).clocks.map(({ clock, dueAt }) => [clock, dueAt])));
  }

  async function bookOf(department: string): Promise<LogEvent[]> {
    const events: LogEvent[] = [];
    for (let from: number | null = 0; from !== null;) {
      const page: { items: readonly LogEvent[]; next: number | null } = await desk('book').ask('auditor', `/${department}/log?from=${from}&limit=500`);
      events.push(...page.items.filter(({ stream }) => stream.startsWith('policyBook-')));
      from = page.next;
    }
    return events;
  }

  const books = async (): Promise<string> => JSON.stringify(await Promise.all(DEPARTMENTS.map(async (name) => [name, await bookOf(name)])));

  async function tokenOfAge(minutes: number): Promise<string> {
    const { now } = Date;
    Date.now = () => now() - minutes * 60_000;
    try {
      return await issueToken({ privateKeyFile: company.system.state.privateKeyFile, subject: SIGNER, roles: ['manager'], ttlSeconds: 8 * 3_600 });
    } finally {
      Date.now = now;
    }
  }

  beforeAll(async () => {
    company = await PrivateInstance.start();
    files = join(company.dataDir, 'our-policy');
    await openTheBooks(desk('books'));
    lot = await sellALot(desk('lot'), PUMP.productCode, 'L-ADOPT');
    const money = await complain();
    Object.assign(old, { money: money.id, number: money.number, quality: (await complain({})).id });
  }, START_MS);
  afterAll(() => company?.stop(), 60_000);

  it('begins under the shipped policy, which the replay, the clocks of the case and the list of deadlines name', async () => {
    expect(await keptBy(old.money, 'intake')).toEqual({ 'intake complaint': 'example@1' });
    expect(Object.keys(await clocksOf(old.money))).toContain('P001E/complaint.first_contact');
    expect((await aftercare(['replay', old.number])).out).toMatch(/PolicyVersionKept[^]*?adoption=example@1, digest=/);
    expect((await aftercare(['case', 'show', old.number])).out).toMatch(/Policy +example@1/);
    expect(await desk('file').ask('auditor', `/intake/complaints/${old.money}`)).toMatchObject({ policy: { adoption: 'example@1' } });
    const listed = await until('/intake/deadlines?limit=200', (rows) => rows.some(({ caseId }) => caseId === old.money));
    expect(JSON.stringify(listed.find(({ caseId }) => caseId === old.money))).toContain('P001E/complaint.first_contact');
    expect((await aftercare(['policy', 'adoptions'])).out).toMatch(/example@1 .*\(shipped\)/);
  });

  async function until(path: string, isThere: (rows: readonly Record<string, unknown>[]) => boolean): Promise<readonly Record<string, unknown>[]> {
    for (const deadline = Date.now() + 15_000; ; await pause(100)) {
      const { items } = await desk('list').ask<{ items: readonly Record<string, unknown>[] }>('auditor', path);
      if (isThere(items) || Date.now() > deadline) return items;
    }
  }

  it.each<[string, RegExp, (today: CompanyPolicy) => Promise<Said>]>([
    ['a first day that has passed', /reach back/, (ours) => adopt({ ...ours, validFrom: businessDay(-1) })],
    ['other content under the version that is in force', /new version number/, (ours) => adopt({ ...ours, version: 1 })],
    ['the account of a machine', /own/, (ours) => adopt(ours, { name: 'cli-root' })],
    ['a sign-in of eleven minutes ago', /[Ss]ign in again/, async (ours) => adopt(ours, { token: await tokenOfAge(11) })],
    ['a sign-in of somebody else', /sign-in of li.hua, not of wang.min/, async (ours) => adopt(ours, { name: 'wang.min', token: await tokenOfAge(0) })],
    ['a role that nobody can hold', /policy check[^]*no role registry\.nobody/, (ours) => adopt({ ...ours, calendarOwner: 'registry.nobody' })],
    ['a file that leaves points open', /policy check[^]*billing.waiver.bands/, (ours) => adopt({ ...ours, settle: ours.settle.filter(({ table }) => table !== 'billing.waiver.bands') })],
  ])('refuses %s and says what to do', async (_, said, attempt) => {
    const before = await books();
    const { code, out, err } = await attempt(secondVersion(businessDay()));
    expect({ code, out, err }).toEqual({ code: 6, out: '', err: expect.stringMatching(said) as string });
    expect(err).not.toMatch(/a role/);
    expect(await books()).toBe(before);
  });

  it('adopts a second version with the name of a person, while a department is away', async () => {
    await company.restart({ services: SERVICES.filter((service) => service !== AWAY) });
    const { code, out, err } = await adopt(secondVersion(businessDay()));
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/adopted +example@2/);
    expect(out).toMatch(new RegExp(`signed by +${SIGNER}`));
    const adoptedAt = Date.now();
    const signed = (await bookOf('registry')).find(({ type, data }) => type === 'PolicyAdopted' && data.adoption === 'example@2');
    expect(signed?.signature).toMatch(new RegExp(`^v1;account=${SIGNER};meaning=adopted;sha256=${signed?.data.digest};`));
    // In every department that runs before the first case can be opened under it.
    const others = DEPARTMENTS.filter((name) => name !== AWAY && name !== 'registry');
    for (const department of others) {
      const noted = await noting(department);
      expect([department, noted?.noticedLate]).toEqual([department, false]);
    }
    expect(Date.now()).toBeLessThan(Date.parse(signed?.data.effectiveFrom ?? ''));
    expect(Date.parse(signed?.data.effectiveFrom ?? '') - adoptedAt).toBeLessThanOrEqual(10_000);
    // What is opened in these seconds still follows the version before.
    const { id } = await complain();
    expect(await keptBy(id, 'intake')).toEqual({ 'intake complaint': 'example@1' });
    await pause(Math.max(0, Date.parse(signed?.data.effectiveFrom ?? '') - Date.now()) + 500);
    meanwhile = (await complain()).id;
    expect(await keptBy(meanwhile, 'intake')).toEqual({ 'intake complaint': 'example@2' });
  }, START_MS);

  async function noting(department: string): Promise<Noted | undefined> {
    for (const deadline = Date.now() + 30_000; ; await pause(100)) {
      const noted = (await bookOf(department)).find(({ type, data }) => type === 'PolicyAdoptionNoted' && data.adoption === 'example@2');
      if (noted || Date.now() > deadline) return noted?.data;
    }
  }

  it('is noted as late by the department that was away, with the same words, once it is back', async () => {
    await company.restart();
    const [late, signed] = [await noting(AWAY), (await bookOf('registry')).find(({ data }) => data.adoption === 'example@2')?.data];
    expect(late).toMatchObject({ noticedLate: true, document: signed?.document, digest: signed?.digest, effectiveFrom: signed?.effectiveFrom });
    expect(createHash('sha256').update(late?.document ?? '').digest('hex')).toBe(late?.digest);
    bookBefore = await books();
  }, START_MS);

  it('is followed by the department that was away in a case that was opened under it meanwhile, whichever of the two it hears of first', async () => {
    await until('/surveys/callbacks?limit=200', (rows) => rows.some((row) => JSON.stringify(row).includes(meanwhile)));
    expect(await keptBy(meanwhile)).toMatchObject({ 'intake complaint': 'example@2', 'surveys callback': 'example@2' });
  });

  it('decides a new case by the new version, with its hour for the first contact and without the four', async () => {
    fresh.money = (await complain()).id;
    fresh.quality = (await complain({})).id;
    expect(await keptBy(fresh.money, 'intake')).toEqual({ 'intake complaint': 'example@2' });
    const clocks = await clocksOf(fresh.money);
    const { state } = await desk('case').until('intake.clerk', `/intake/complaints/${fresh.money}`, 'the case', () => true);
    expect(clocks['example/complaint.first_contact']).toBe(new Date(Date.parse(String(state['awareAt'])) + HOUR).toISOString());
    expect(Object.keys(clocks)).not.toContain('P001E/complaint.first_contact');
  });

  it('leaves the old case its clocks, and decides what follows of each case by the version of that case', async () => {
    expect(Object.keys(await clocksOf(old.money))).not.toContain('example/complaint.first_contact');
    for (const caseId of [old.money, fresh.money]) {
      await desk('contact').tell('intake.clerk', `/intake/complaints/${caseId}/first-contact`, { contactedAt: new Date().toISOString(), note: '已联系。' });
      await judgeValid(desk('valid'), caseId);
      await fixPlan(desk('plan'), caseId, ['price-concession'], 50_000);
      await desk('proposed').untilStage('billing.clerk', `/billing/approvals/${caseId}.1`, 'proposed');
    }
    // 500.00 yuan: the manager's under P001C, the general manager's under the bands of the second version.
    await desk('old').isRefused('billing.general-manager', `/billing/approvals/${old.money}.1/approval`, {}, 'not-your-role');
    await desk('old').tell('billing.after-sales-manager', `/billing/approvals/${old.money}.1/approval`, {});
    await desk('new').isRefused('billing.after-sales-manager', `/billing/approvals/${fresh.money}.1/approval`, {}, 'not-your-role');
    await desk('new').tell('billing.general-manager', `/billing/approvals/${fresh.money}.1/approval`, {});
    expect(await keptBy(old.money)).toEqual({ 'intake complaint': 'example@1', 'billing approval': 'example@1', 'surveys callback': 'example@1' });
    expect(await keptBy(fresh.money)).toEqual({ 'intake complaint': 'example@2', 'billing approval': 'example@2', 'surveys callback': 'example@2' });
    for (const [caseId, version] of [[old.money, 'example@1'], [fresh.money, 'example@2']] as const) {
      expect(new Set((await historyOf(desk('told'), caseId)).map(({ adoption }) => adoption))).toEqual(new Set([version]));
    }
  }, CASE_MS);

  it('opens the investigation of an old case under the version of the case, long after another is in force', async () => {
    for (const caseId of [old.quality, fresh.quality]) {
      await desk('class').tell('intake.administrator', `/intake/complaints/${caseId}/classify`, {
        class: 'product-quality', goods: { ...PUMP, lot: lot.lot, manufacturedOn: '2026-01-05', arrivedOn: '2026-02-03', expiresOn: '2036-06-30', quantity: 1 },
      });
      await desk('open').untilStage('quality.officer', `/quality/investigations/${caseId}`, 'open');
    }
    expect(await keptBy(old.quality)).toMatchObject({ 'quality investigation': 'example@1' });
    expect(await keptBy(fresh.quality)).toMatchObject({ 'quality investigation': 'example@2' });
  }, CASE_MS);

  it('takes the same again for what it is, and nothing else under its name', async () => {
    const again = await adopt(secondVersion(businessDay()));
    expect(again).toMatchObject({ code: 0, out: expect.stringMatching(/was adopted already, with the same content/) as string });
    const other = await adopt({ ...secondVersion(businessDay()), own: shippedCompany().own });
    expect(other).toMatchObject({ code: 6, err: expect.stringMatching(/example@2 was adopted with other content[^]*new version number/) as string });
    expect(await books()).toBe(bookBefore);
  });

  it('lists who signed, why and since when', async () => {
    const rows = (await aftercare(['policy', 'adoptions', '--json'])).out.split('\n').map((line) => JSON.parse(line) as Listed);
    expect(rows).toMatchObject([{ adoption: 'example@1', signer: null }, { adoption: 'example@2', signer: SIGNER, why: '总经理办公会决议' }]);
  });

  it('is unchanged by a bus that lost everything and by a start of everything anew', async () => {
    await settled(desk('settled'), 60_000);
    const [clocks, before] = [await clocksOf(old.quality, 'quality'), await aftercare(['policy', 'adoptions', '--json'])];
    await company.restart({ losing: [join('nats', 'jetstream')] });
    await settled(desk('settled'), 60_000);
    expect(await books()).toBe(bookBefore);
    expect(await aftercare(['policy', 'adoptions', '--json'])).toEqual(before);
    expect(await clocksOf(old.quality, 'quality')).toEqual(clocks);
    const { id } = await complain();
    expect(await keptBy(id, 'intake')).toEqual({ 'intake complaint': 'example@2' });
    // The stream has to be read anew and decided by what it keeps, not by what is in force.
    await desk('late').tell('quality.officer', `/quality/investigations/${old.quality}/severity`, { severity: 'minor', reasoning: '外观无损。' });
    expect(Object.values(await keptBy(old.quality))).not.toContain('example@2');
    expect((await modelsEqualAReplay(desk('proof'))).unequal).toEqual([]);
    rmSync(files, { recursive: true, force: true });
  }, START_MS);
});
