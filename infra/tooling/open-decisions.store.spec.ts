import 'reflect-metadata';
import { Logger, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { declaredRoutes, type VerifiedIdentity } from 'aftercare/access';
import { decisionEventTypes, decisionSteps, publishedEvents } from 'aftercare/contracts';
import { openMemoryStore, type EventStore } from 'aftercare/event-store';
import { caseNumber, cny, streamOf, type Actor, type Aggregate, type Recorded } from 'aftercare/kernel';
import { policySet, type PolicySet } from 'aftercare/policy';
import { openMemoryVault } from 'aftercare/privacy';
import { openViews, type View, type Views } from 'aftercare/projections';
import { alwaysBy, createHttpApp, EVENT_STORE, Lists } from 'aftercare/service-host';
import { adoptedWith, idAt } from 'aftercare/testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Commands } from '../../libs/service-host/src/commands/commands.js';
import { States } from '../../libs/service-host/src/commands/states.js';
import { openDecisionView, type OpenDecisionRow } from '../../libs/service-host/src/open-decisions/open-decision.view.js';
import { openDecisionNumbers } from '../../libs/service-host/src/open-decisions/open-decision-numbers.js';
import { OpenDecisionsController } from '../../libs/service-host/src/open-decisions/open-decisions.controller.js';
import { MAY_DECIDE } from '../../libs/service-host/src/open-decisions/who-may-decide.js';
import { approval } from '../../services/billing/src/approval/approval.decide.js';
import { complaint } from '../../services/intake/src/complaint/complaint.decide.js';
import { returns } from '../../services/logistics/src/return/return.decide.js';
import { investigation } from '../../services/quality/src/investigation/investigation.decide.js';
import { reactionReport } from '../../services/quality/src/reaction-report/reaction-report.decide.js';
import { DEPARTMENTS } from './contracts/departments.js';

const START = '2026-03-11T06:00:00.000Z';
const SUBJECT = idAt(START, 77);
const id = (place: number): string => idAt(START, place);
const as = (role: string, account = role): Actor => ({ id: account, role });
const HEAD = as('quality.head', 'q-head');

interface Command { readonly type: string; readonly [member: string]: unknown }

/** One department with a log of its own, asked as its controllers would ask it. */
class Asked {
  readonly folder = mkdtempSync(join(tmpdir(), 'aftercare-open-decisions-'));
  readonly store: EventStore;
  private now = Date.parse(START);
  private commands = 0;
  views: Views;

  constructor(readonly log: string) {
    this.store = openMemoryStore({ log, now: () => new Date(this.now).toISOString() });
    this.views = this.opened();
  }

  private opened(): Views {
    const views = openViews({ file: join(this.folder, 'views.db'), store: this.store, views: [openDecisionView] as unknown as View[], pollMs: 5 });
    views.start();
    return views;
  }

  /** A minute passes before each. */
  async does(of: object, place: number, command: Command, actor: Actor, policy: PolicySet = policySet()): Promise<void> {
    this.now += 60_000;
    this.commands += 1;
    const commands = new Commands({
      store: this.store, vault: openMemoryVault(), policies: alwaysBy(policy), now: () => this.now, states: new States(this.store), fingerprint: () => `f${this.commands}`,
    });
    const outcome = await commands.execute(of as Aggregate<{ readonly type: string }, unknown, never, PolicySet>, id(place), command,
      { actor, commandId: `c${this.commands}`, expectedVersion: null, onBehalfOf: null, reason: null });
    if (outcome.outcome !== 'done') throw new Error(`${command.type}: ${JSON.stringify(outcome)}`);
  }

  async rows(): Promise<readonly (OpenDecisionRow & { key: string })[]> {
    await this.views.caughtUp(await this.store.head());
    return [...this.views.rows(openDecisionView, {})];
  }

  async restart(): Promise<void> {
    this.views.close();
    this.views = this.opened();
    await this.views.caughtUp(await this.store.head());
  }

  async close(): Promise<void> {
    this.views.close();
    await this.store.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const at = (minutes: number): string => new Date(Date.parse(START) + minutes * 60_000).toISOString();

async function gradings(quality: Asked): Promise<void> {
  const policy = await adoptedWith(({ precedence }) => ({ off: [], precedence: [...precedence, { pack: 'P001D', version: 1 }] }));
  const open = { type: 'OpenInvestigation', round: 1, customerId: null, locality: 'local', goods: null, awareAt: START, subject: SUBJECT, description: null };
  const battery = { type: 'GradeProblem', productLine: 'battery', curedBy: 'routine-treatment' };
  for (const place of [1, 2, 3]) {
    await quality.does(investigation, place, open, as('system'), policy);
    await quality.does(investigation, place, battery, as('quality.officer', 'wang.min'), policy);
  }
  await quality.does(investigation, 2, { type: 'DetermineGrade', grade: 'major', treatment: 'after-head-approval', reasoning: '从严' }, HEAD, policy);
  await quality.does(investigation, 3, { type: 'WithdrawInvestigation', why: 'unfounded' }, as('system'), policy);
}

async function feeGap(billing: Asked): Promise<void> {
  const clerk = as('billing.clerk', 'li.hua');
  await billing.does(approval, 1, { type: 'ProposeServiceFee', amount: cny(500_001), grounds: '更换主板' }, clerk);
  await billing.does(approval, 1, { type: 'VerifyCost', cost: cny(1) }, as('billing.finance'));
  await billing.does(approval, 1, { type: 'ApproveProposal' }, as('billing.sales-vice-president'));
  await billing.does(approval, 1, { type: 'RequestWaiver', grounds: '老客户' }, clerk);
}

const EXPIRED = { lotExpiresOn: '2026-03-10', bought: 1000, exchanged: 90, lastBoughtOn: '2026-01-01' };
const forCase = { type: 'RequestReturnForCase', round: 1, subject: SUBJECT, customerId: 'c-1', reason: 'quality', kind: 'return', verdict: 'nonconforming', compensation: null,
  goods: { productCode: 'DV-100', productName: null, model: null, lot: 'L-77', manufacturedOn: null, arrivedOn: null, expiresOn: null, quantity: 10, notKnown: [] } };
const review = { type: 'ReviewReturn', signer: 'after-sales', facts: EXPIRED };
const AFTER_SALES = as('logistics.after-sales-head', 'zhao.lei');

async function eligibilities(logistics: Asked): Promise<void> {
  for (const place of [1, 2, 3]) {
    await logistics.does(returns, place, { ...forCase, caseId: id(place) }, as('system'));
    await logistics.does(returns, place, review, AFTER_SALES);
  }
  await logistics.does(returns, 2, { type: 'CancelReturn', reason: '客户不退了' }, AFTER_SALES);
  await logistics.does(returns, 3, { type: 'DecideEligibility', decision: 'accept', reasoning: '仍可检测', facts: EXPIRED }, as('logistics.leader', 'sun.yi'));
}

describe('the decisions of a department that wait for a person', () => {
  const [quality, billing, logistics] = [new Asked('quality'), new Asked('billing'), new Asked('logistics')];
  beforeAll(async () => {
    Logger.overrideLogger(false);
    await gradings(quality);
    await feeGap(billing);
    await eligibilities(logistics);
  });
  afterAll(async () => {
    for (const one of [quality, billing, logistics]) await one.close();
  });

  it('P001D-12 a grade that no criterion gives: what was missing, since when and who may say it; afterwards who said what; ended with the investigation', async () => {
    const [open, decided, ended] = await quality.rows();
    expect(open).toEqual({
      key: `${streamOf(investigation, id(1))}/grade`, stream: streamOf(investigation, id(1)), caseId: id(1), number: caseNumber('CMP', id(1)), question: 'grade', state: 'open',
      table: 'quality.grade_criteria', why: 'missing-input', missing: 'effect', matching: null, pack: 'P001D@1', adoption: 'another@1',
      inputs: { productLine: 'battery', curedBy: 'routine-treatment', effect: null }, since: at(2), askedBy: 'wang.min', mayDecide: 'quality.head',
      decidedAt: null, decidedBy: null, outcome: null, endedAt: null, endedBy: null, earlier: [],
    });
    expect(decided).toMatchObject({ state: 'decided', since: at(4), decidedAt: at(7), decidedBy: 'q-head', outcome: 'major, after-head-approval', endedAt: null });
    expect(ended).toMatchObject({ state: 'ended', decidedAt: null, outcome: null, endedAt: at(8), endedBy: 'InvestigationWithdrawn' });
  });

  it('P001C-29 a waiver in the gap between the bands: the table is read off what it was asked', async () => {
    expect(await billing.rows()).toMatchObject([{
      number: caseNumber('APR', id(1)), question: 'approver', state: 'open', table: 'billing.waiver.bands', why: 'open-point', matching: 'P001C-29-gap', pack: 'P001C@1',
      inputs: { price: 500_001, cost: 1 }, since: at(4), askedBy: 'li.hua', mayDecide: 'manager billing.general-manager',
    }]);
    await billing.does(approval, 1, { type: 'AppointApprover', approverRole: 'general-manager', reason: '特批' }, as('billing.general-manager', 'gm'));
    expect(await billing.rows()).toMatchObject([{ state: 'decided', decidedAt: at(5), decidedBy: 'gm', outcome: 'general-manager' }]);
  });

  it('P002A-17 an expired lot that was found defective: open, gone with the return, and decided by the leader', async () => {
    const [open, cancelled, decided] = await logistics.rows();
    expect(open).toMatchObject({
      caseId: id(1), number: caseNumber('RET', id(1)), question: 'eligibility', state: 'open', table: 'return.eligibility.quality', why: 'open-point', pack: 'P002A@1', askedBy: 'zhao.lei',
    });
    expect(cancelled).toMatchObject({ state: 'ended', endedBy: 'ReturnCancelled' });
    expect(decided).toMatchObject({ state: 'decided', decidedBy: 'sun.yi', outcome: 'accept' });
  });

  it('asked again, the row opens again and keeps who had answered before; a question asked anew before it is answered waits since the first time', async () => {
    const unknown = { ...EXPIRED, lotExpiresOn: null };
    await logistics.does(returns, 3, { ...review, facts: unknown }, AFTER_SALES);
    expect((await logistics.rows())[2]).toMatchObject({ state: 'open', why: 'missing-input', missing: 'lotExpired', decidedBy: null, earlier: [{ state: 'decided', decidedBy: 'sun.yi', outcome: 'accept' }] });
    const [before] = await logistics.rows();
    await logistics.does(returns, 1, { ...review, facts: unknown }, AFTER_SALES);
    expect((await logistics.rows())[0]).toMatchObject({ state: 'open', why: 'missing-input', missing: 'lotExpired', since: before?.since, earlier: [] });
  });

  it('P002B-19 whose signature it is: two questions of one return, and what ends the return ends both', async () => {
    const shipped = policySet();
    const trace = { id: 'own', version: '1', rule: 'undetermined', inputs: { step: 'review', signer: 'after-sales' }, outcome: 'undetermined: several-match (own-1, own-2)' };
    const policy: PolicySet = { ...shipped, decide: (key, inputs) => (key === 'return.signatories' ? { determined: false, why: 'several-match', trace } : shipped.decide(key, inputs)) };
    await logistics.does(returns, 4, { ...forCase, caseId: id(4) }, as('system'), policy);
    await logistics.does(returns, 4, review, AFTER_SALES, policy);
    await logistics.does(returns, 4, review, AFTER_SALES);
    const open = (await logistics.rows()).filter(({ caseId }) => caseId === id(4));
    expect(open).toMatchObject([
      { question: 'eligibility', state: 'open' },
      { question: 'signature:review:after-sales', state: 'open', table: 'return.signatories', why: 'several-match', matching: 'own-1, own-2', missing: null, mayDecide: expect.stringContaining('logistics.leader') as string },
    ]);
    await logistics.does(returns, 4, { type: 'CancelReturn', reason: '客户不退了' }, AFTER_SALES);
    expect((await logistics.rows()).filter(({ caseId }) => caseId === id(4)).map(({ state, endedBy }) => `${state} ${endedBy}`)).toEqual(['ended ReturnCancelled', 'ended ReturnCancelled']);
  });

  it('a grade that was never given waits again when the investigation is taken up for the next round', async () => {
    const next = { type: 'ReopenInvestigation', round: 2, customerId: null, locality: 'local', goods: null, awareAt: at(9), why: null };
    await quality.does(investigation, 3, next, as('system'));
    expect((await quality.rows())[2]).toMatchObject({ state: 'open', since: at(6), endedAt: null, endedBy: null });
  });

  it('the rows are the same after a restart and after a rebuild from the log, and nothing personal is in them', async () => {
    for (const one of [quality, billing, logistics]) {
      const before = await one.rows();
      await one.restart();
      expect(await one.rows()).toEqual(before);
      expect((await one.views.rebuild()).compared).toMatchObject([{ view: 'openDecision', same: true }]);
      expect(await one.rows()).toEqual(before);
      expect(JSON.stringify(before)).not.toMatch(/从严|老客户|更换主板|客户不退了|仍可检测|特批/);
    }
  });

  it('the manager sees how many are open and how old the oldest is', async () => {
    await quality.rows();
    expect(openDecisionNumbers(quality.views)).toEqual({ open: 2, oldestSince: at(2) });
    await billing.rows();
    expect(openDecisionNumbers(billing.views)).toEqual({ open: 0, oldestSince: null });
  });

  describe('asked for over HTTP', () => {
    const accounts: Readonly<Record<string, VerifiedIdentity['roles']>> = { manager: ['manager'], auditor: ['auditor'], head: ['quality.head'], technical: ['quality.technical'], operator: ['operator'], driver: ['logistics.driver'] };
    let app: NestFastifyApplication;
    let address: string;
    const ask = async (query: string, account = 'manager') => {
      const response = await fetch(`${address}/open-decisions${query}`, { headers: { authorization: `Bearer ${Buffer.from(account).toString('base64url')}.b.c` } });
      const text = await response.text();
      return { status: response.status, text, body: (text.startsWith('{') ? JSON.parse(text) : {}) as { items: Record<string, unknown>[]; next: string | null; field?: string } };
    };
    const places = async (query: string): Promise<number[]> => (await ask(query)).body.items.map(({ caseId }) => [1, 2, 3].find((place) => id(place) === caseId) ?? 0);

    beforeAll(async () => {
      @Module({
        controllers: [OpenDecisionsController],
        providers: [{ provide: Lists, useValue: new Lists(quality.views, openMemoryVault(), 'quality') }, { provide: EVENT_STORE, useValue: quality.store }],
      })
      class Around {}
      await quality.rows();
      app = await createHttpApp(Around, { name: 'quality', tokens: { verify: async (token) => {
        const account = Buffer.from(token.split('.')[0] ?? '', 'base64url').toString();
        return { id: account, roles: accounts[account] ?? [], token: { id: 't', issuedAt: Date.parse(START) } };
      } } });
      Logger.overrideLogger(false);
      await app.listen(0, '127.0.0.1');
      address = (await app.getUrl()).replace('[::1]', '127.0.0.1');
    });
    afterAll(() => app.close());

    it('shows what is open, oldest first, with the adoption that the record keeps; more only when asked', async () => {
      expect(await places('')).toEqual([1, 3]);
      expect((await ask('')).body.items[0]).toMatchObject({ adoption: 'another@1', why: 'missing-input' });
      expect(await places('?state=any')).toEqual([1, 2, 3]);
      expect(await places('?state=decided')).toEqual([2]);
      expect(await places('?sort=-since')).toEqual([3, 1]);
      expect(await places(`?before=${encodeURIComponent('2026-03-11T14:03:00+08:00')}`)).toEqual([1]);
      expect(await places('?question=routing')).toEqual([]);
      expect([await places('?adoption=another@1'), await places('?adoption=example@1')]).toEqual([[1, 3], []]);
    });

    it('is read page by page and exported as it is listed', async () => {
      const first = await ask('?limit=1');
      expect(await places(`?limit=1&cursor=${first.body.next}`)).toEqual([3]);
      const { text } = await ask('?state=any&format=csv');
      const [head = '', ...lines] = text.trim().split('\r\n');
      expect(head.split(',')).toEqual(['key', ...Object.keys(openDecisionView.columns)]);
      expect(lines).toHaveLength(3);
      expect(lines.every((line) => line.includes(',another@1,'))).toBe(true);
    });

    it('a filter that means nothing is refused by name', async () => {
      expect(await ask('?state=closed')).toMatchObject({ status: 400 });
      expect(await ask('?before=tomorrow')).toMatchObject({ status: 400 });
      expect(await ask('?question=aprover')).toMatchObject({ status: 400, body: { field: 'question', detail_en: expect.stringMatching(/one of major, .*did you mean approver\?/) as string, detail_zh: expect.stringMatching(/没有“aprover”.*是否指 approver/) as string } });
      expect(await ask('?question=signature')).toMatchObject({ status: 400 });
      expect(await ask('?question=signature:review:finance')).toMatchObject({ status: 200 });
      expect(await ask('?colour=red')).toMatchObject({ status: 400, body: { field: 'colour' } });
    });

    it.each([['manager', 200], ['auditor', 200], ['head', 200], ['technical', 200], ['operator', 403], ['driver', 403], ['nobody', 403]])('%s gets %i', async (account, status) => {
      expect((await ask('', account)).status).toBe(status);
    });
  });
});

describe('what is told about open decisions', () => {
  const ROUTES: Readonly<Record<string, string>> = {
    major: 'intake /complaints/:id/major/determination', routing: 'intake /complaints/:id/routing/decision', grade: 'quality /investigations/:id/grade/determination',
    reportability: 'quality /reaction-reports/:id/reportability', eligibility: 'logistics /returns/:id/eligibility/decision',
    signature: 'logistics /returns/:id/signatures/appointment', approver: 'billing /approvals/:id/approver',
  };

  it('names the roles that the route of each answer lets in', () => {
    const routes = new Map<string, unknown>(DEPARTMENTS.flatMap(({ name, controllers }) => declaredRoutes(controllers).map(({ path, access }) => [`${name} ${path}`, access] as const)));
    expect(Object.keys(MAY_DECIDE).toSorted()).toEqual(Object.keys(ROUTES).toSorted());
    for (const [question, route] of Object.entries(ROUTES)) expect([question, routes.get(route)]).toEqual([question, (MAY_DECIDE as Readonly<Record<string, unknown>>)[question]]);
  });

  it('knows every event that is called undetermined, and nothing that no log holds', () => {
    const published = Object.values(publishedEvents).flatMap((types) => Object.keys(types));
    const known = Object.values(decisionEventTypes).flat();
    expect(published.filter((type) => type.endsWith('Undetermined') && !known.includes(type))).toEqual([]);
    expect(known.filter((type) => !published.includes(type))).toEqual([]);
    for (const [kind, types] of Object.entries(decisionEventTypes)) {
      const aggregate = [complaint, investigation, reactionReport, returns, approval].find(({ name }) => name === kind);
      expect([kind, types.filter((type) => !Object.hasOwn(aggregate?.formats ?? {}, type))]).toEqual([kind, []]);
    }
  });

  it('leaves the events of other records alone', () => {
    expect(decisionSteps({ stream: 'counter-1', type: 'CaseClosed' } as Recorded)).toEqual([]);
    expect(decisionSteps({ stream: 'complaint-1', type: 'toString' } as Recorded)).toEqual([]);
  });
});
