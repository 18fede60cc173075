import { openMemoryStore, openStore, canonicalJson, type EventStore } from 'aftercare/event-store';
import { cny, type Aggregate, type Recorded } from 'aftercare/kernel';
import { policySet, type PolicySet } from 'aftercare/policy';
import { openMemoryVault } from 'aftercare/privacy';
import { alwaysBy, Commands, fingerprintWith, States } from 'aftercare/service-host';
import { idAt, Recording } from 'aftercare/testing';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { uuidv7 } from 'uuidv7';
import { parse, stringify } from 'yaml';
import { approval } from '../../../services/billing/src/approval/approval.decide.js';
import { complaint } from '../../../services/intake/src/complaint/complaint.decide.js';
import { DEPARTMENTS } from '../../launcher/departments.js';
import { projectRoot } from '../../launcher/project-root.js';
import { main } from '../main.js';
import type { Connection } from '../connection.js';
import { readCase } from '../replay/case-events.js';
import { summarise } from '../replay/case-summary.js';
import { renderTimeline } from '../replay/render-replay.js';

const MONDAY = '2026-03-02T01:30:00.000Z';
const CASE = idAt(MONDAY);
const BANDS = { kind: 'table', hit: 'unique', inputs: { price: 'money' }, outputs: { approver: 'word' }, clause: '1', rows: [], source: 'stated', value: [
  { id: 'low', if: { price: '< 500.00' }, then: { approver: 'billing.after-sales-manager' } },
  { id: 'high', if: { price: '>= 500.00' }, then: { approver: 'billing.sales-vice-president' } },
] };

describe('a service fee that a clerk opened a week later for a complaint', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-simulate-opened-'));
  let billing: EventStore;
  let intake: readonly Recorded[];
  let fee: string;

  beforeAll(async () => {
    const recording = new Recording('intake');
    recording.do(complaint, CASE, { type: 'RegisterComplaint', channel: 'hotline', awareAt: MONDAY, locality: 'local', complainant: '王芳', subject: 's', demand: 'd' } as never, { at: MONDAY });
    intake = recording.events;
    let now = Date.parse('2026-03-09T01:30:00.000Z');
    billing = openMemoryStore({ log: 'billing', now: () => new Date(now).toISOString() });
    const commands = new Commands({
      store: billing, states: new States(billing), vault: openMemoryVault(), policies: alwaysBy(policySet()), fingerprint: fingerprintWith(Buffer.alloc(32, 7)), now: () => now,
    });
    const call = (role: string) => ({ actor: { id: role, role }, commandId: uuidv7(), expectedVersion: null, onBehalfOf: null, reason: null });
    const of = approval as unknown as Aggregate<{ readonly type: string }, unknown, never, PolicySet>;
    const opening = { type: 'ProposeServiceFee', amount: cny(80_000), caseId: CASE, grounds: 'g' };
    const outcome = await commands.create(of, opening, call('billing.clerk'));
    if (outcome.outcome !== 'done') throw new Error(JSON.stringify(outcome));
    fee = outcome.receipt.id;
    now += 3_600_000;
    const cost = { type: 'VerifyCost', cost: cny(60_000) };
    await commands.execute(of, fee, cost, call('billing.finance'));
    const recorded = (await billing.readLog(0, 99)).map(({ event }) => event);
    for (const name of DEPARTMENTS) await log(name, name === 'intake' ? intake : name === 'billing' ? recorded : []);
  });
  afterAll(async () => {
    await billing.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function log(department: string, events: readonly Recorded[]): Promise<void> {
    const store = await openStore('sqlite', { log: department, dataDir: join(folder, department), forTransfer: true });
    await store.transfer().begin();
    await store.transfer().take({ kind: 'events', events: events.map((event) => Buffer.from(canonicalJson(event, 'event'), 'utf8')) });
    await store.transfer().finish();
    await store.close();
  }

  /** What the departments' route for a case answers. */
  const connection = {
    async get(path: string) {
      const [, department, , caseId] = path.split('/');
      if (department === 'intake') return { items: intake.filter(({ correlationId }) => correlationId === caseId), next: null };
      return { items: department === 'billing' ? (await billing.readCorrelation(caseId ?? '', 0, 99)).map(({ event }) => ({ ...event, personal: null })) : [], next: null };
    },
  } as unknown as Connection;

  it('P001C-06 is in the summary and in the replay of the case', async () => {
    const { timeline } = await readCase(CASE, connection);
    expect(timeline.map(({ stream }) => stream)).toContain(`approval-${fee}`);
    expect(summarise(timeline)).toMatchObject({ caseId: CASE, number: expect.stringMatching(/^CMP-/) as string, departments: { billing: { last: expect.any(String) as string } } });
    expect(renderTimeline(timeline, false)).toMatch(/ApprovalProposed/);
  });

  it('P001C-25 P001C-26 is asked again when the case is simulated', async () => {
    const company = parse(readFileSync(join(projectRoot(), 'libs', 'policy', 'companies', 'example.yaml'), 'utf8')) as { version: number; own: object };
    writeFileSync(join(folder, 'draft.yaml'), stringify({ ...company, version: company.version + 1, own: { ...company.own, 'billing.price_approval.bands': BANDS } }));
    const out: string[] = [];
    const code = await main([
      'policy', 'simulate', '--data', folder, '--draft', join(folder, 'draft.yaml'), '--from', '2026-03-01', '--to', '2026-03-31', '--case', CASE, '--json',
    ], {
      out: (text) => out.push(...text.split('\n')), err: () => undefined, live: false,
    });
    expect(code).toBe(0);
    expect(out.slice(0, -1).map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { kind: 'decision', effect: 'approval', caseId: CASE, department: 'billing', stream: `approval-${fee}`, after: { rule: 'high' } },
    ]);
    expect(JSON.parse(out.at(-1) ?? '')).toMatchObject({ cases: 1, affected: 1, decisions: { approvals: 1 } });
  });
});
