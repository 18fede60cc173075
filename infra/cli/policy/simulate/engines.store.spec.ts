import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { canonicalJson, openStore } from 'aftercare/event-store';
import { cny, type Recorded } from 'aftercare/kernel';
import { idAt, Recording } from 'aftercare/testing';
import { approval } from '../../../../services/billing/src/approval/approval.decide.js';
import { incentive } from '../../../../services/billing/src/incentive/incentive.decide.js';
import { incentiveId } from '../../../../services/billing/src/incentive/incentive.js';
import { DEPARTMENTS } from '../../../launcher/departments.js';
import { projectRoot } from '../../../launcher/project-root.js';
import { storeVariable } from '../../../launcher/service-plan.js';
import { locatePostgres } from '../../../postgres/locate.js';
import { startPrivateCluster, type PrivateCluster } from '../../../postgres/private-cluster.js';
import { main } from '../../main.js';
import { randomComplaint } from './spec/random-case.js';

const OPENED = '2026-03-02T01:30:00.000Z';
const after = (hours: number): string => new Date(Date.parse(OPENED) + hours * 3_600_000).toISOString();
const MANAGER = { id: 'u-boss', role: 'manager' };

function missing(): string | null {
  try {
    locatePostgres();
    return null;
  } catch (error) {
    return String(error instanceof Error ? error.message : error);
  }
}
const why = missing();
const withPostgres = why === null ? describe : describe.skip;

/** Another threshold and chain for the reply, the first tier of the fine half as much again, half the band of a fee, other bonuses. */
function draftText(): string {
  const company = parse(readFileSync(join(projectRoot(), 'libs', 'policy', 'companies', 'example.yaml'), 'utf8')) as { version: number; own: object; off: object[]; settle: { row: string; then: object | null }[] };
  const reply = '{kind: clock, value: 24, unit: hour, calendar: wall-clock, calendarStated: true, nature: service, from: {zh: 知悉投诉, en: awareness}, to: {zh: 答复, en: answer}, pausable: true, warn: [10], escalate: [{percent: 100, to: [manager]}], clause: "1", rows: [P003-35], source: stated}';
  const bonus = '{kind: range, value: {from: "1.00", to: "1000.00"}, currency: CNY, clause: "1", rows: [], source: stated}';
  return stringify({
    ...company, version: company.version + 1, own: { ...company.own, ...parse(`{complaint.reply: ${reply}, performance.bonus.outstanding: ${bonus}}`) as object },
    off: [...company.off, { key: 'P003/complaint.reply', why: 'ours' }],
    settle: company.settle.map((one) => (one.row === 'P003-39-two' ? { ...one, then: { fine: '150.00', publicCriticism: true } } : one)),
  });
}

/** Random complaints; a fee; two complaints upheld against one person, and a bonus for another. */
function recorded(): Readonly<Record<string, readonly Recorded[]>> {
  const [intake, billing] = [new Recording('intake'), new Recording('billing')];
  let state = 7;
  const draw = (below: number): number => (state = (state * 48_271) % 2_147_483_647) % below;
  for (let place = 0, at = OPENED; place < 8; place += 1) at = randomComplaint(intake, draw, at);
  const cases = [...new Set(intake.events.map(({ correlationId }) => correlationId))];
  billing.do(approval, idAt(OPENED, 99), { type: 'ProposeServiceFee', amount: cny(80_000), grounds: 'g' } as never, { at: OPENED, actor: { id: 'u-clerk', role: 'billing.clerk' } });
  billing.do(approval, idAt(OPENED, 99), { type: 'VerifyCost', cost: cny(60_000) } as never, { at: after(1), actor: { id: 'u-fin', role: 'billing.finance' } });
  for (const [place, caseId] of cases.slice(0, 2).entries()) {
    billing.do(incentive, incentiveId('u-7', '2026-03'), { type: 'NoteUpheldComplaint', person: 'u-7', period: '2026-03', caseId, basis: [] } as never, { at: after(100 + place), caseId });
  }
  billing.do(incentive, incentiveId('u-8', '2026-03'), { type: 'ProposeBonus', person: 'u-8', period: '2026-03', ground: 'outstanding' } as never, { at: after(120), actor: MANAGER });
  return { intake: intake.events, billing: billing.events };
}

describe('the same cases in every engine', () => {
  const folder = mkdtempSync(join(tmpdir(), 'simulate-engines-'));
  const logs = recorded();
  let cluster: PrivateCluster | null = null;
  beforeAll(async () => {
    writeFileSync(join(folder, 'draft.yaml'), draftText());
    await fill('sqlite');
  });
  afterAll(async () => {
    await cluster?.remove();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  async function fill(setting: string): Promise<void> {
    for (const department of DEPARTMENTS) {
      const store = await openStore(setting, { log: department, dataDir: join(folder, department), forTransfer: true });
      await store.transfer().begin();
      await store.transfer().take({ kind: 'events', events: (logs[department] ?? []).map((event) => Buffer.from(canonicalJson(event, 'event'), 'utf8')) });
      await store.transfer().finish();
      await store.close();
    }
  }

  async function simulated(setting: string, ...args: readonly string[]): Promise<{ readonly lines: readonly string[]; readonly totals: Record<string, unknown>; readonly csv: string; readonly text: string }> {
    const out: string[] = [];
    for (const department of DEPARTMENTS) process.env[storeVariable(department)] = setting;
    try {
      const said: string[] = [];
      const code = await main(['policy', 'simulate', '--data', folder, '--draft', join(folder, 'draft.yaml'), '--from', '2026-03-01', '--to', '2026-10-31', '--csv', join(folder, 'out.csv'), ...args], {
        out: (text) => out.push(...text.split('\n')), err: (text) => said.push(text), live: false,
      });
      if (code !== 0) throw new Error(said.join('\n'));
    } finally {
      for (const department of DEPARTMENTS) delete process.env[storeVariable(department)];
    }
    const { seconds: _, ...totals } = JSON.parse(out.at(-1) ?? '') as Record<string, unknown>;
    return { lines: out.slice(0, -1), totals, csv: readFileSync(join(folder, 'out.csv'), 'utf8'), text: out.slice(0, -1).join('\n') };
  }

  it('tells per case and in total who is warned and called, and what is paid, in yuan on the screen and in minor units for programs', async () => {
    const { totals, text, csv } = await simulated('sqlite');
    const nobody = { number: 0, least: 0, most: 0 };
    expect(totals).toMatchObject({
      penalties: {
        fine: { recorded: { number: 1, least: 10_000, most: 10_000 }, draft: { number: 1, least: 15_000, most: 15_000 }, notReplayable: nobody },
        points: { recorded: nobody, draft: nobody }, bonus: { recorded: { number: 1 }, draft: { number: 1, least: 100, most: 100_000 } },
      },
      undated: 0, notAsked: [],
    });
    expect(text).toMatch(/fines +1 of 100\.00 元 recorded, 1 of 150\.00 元 under the draft/);
    expect(text).toMatch(/bonuses +1 of .+ 元 recorded, 1 of 1\.00 元 to 1,000\.00 元 under the draft/);
    expect(text).toMatch(/other amount +.* fines .* 1 of 100\.00 元 .* 1 of 150\.00 元/);
    expect(csv).toMatch(/,other amount,fines,1,10000,1,15000\r\n/);
    expect(csv).toMatch(/,other amount,bonuses,1,\d+\.\.\d+,1,100\.\.100000\r\n/);
    const { warnings, escalations, byClock } = totals['calls'] as { warnings: object; escalations: { added: number; removed: number; otherRoles: number; moved: number }; byClock: Record<string, object> };
    expect(byClock).toEqual({ 'complaint.reply': { warnings, escalations } });
    expect(escalations.otherRoles).toBeGreaterThan(0);
    expect(text).toMatch(/other warnings or escalations +.*example\/complaint\.reply.* warned at 50 %.* warned at 10 %/);
  });

  withPostgres(`logs in PostgreSQL${why === null ? '' : ` (skipped: ${why})`}`, () => {
    it('come to the very same, and stay what they are', async () => {
      cluster = await startPrivateCluster();
      const url = await cluster.createDatabase();
      await fill(url);
      const heads = async (): Promise<string[]> => Promise.all(DEPARTMENTS.map((department) => digest(url, department)));
      const before = await heads();
      const [sqlite, postgres] = [await simulated('sqlite', '--json'), await simulated(url, '--json')];
      expect(sqlite.lines.length).toBeGreaterThan(10);
      expect(postgres).toEqual(sqlite);
      expect(await heads()).toEqual(before);
    }, 240_000);
  });

  async function digest(url: string, department: string): Promise<string> {
    const store = await openStore(url, { log: department, dataDir: join(folder, department) });
    try {
      const events = await store.readLog(0, 10_000);
      return createHash('sha256').update(JSON.stringify(events)).digest('hex');
    } finally {
      await store.close();
    }
  }
});
