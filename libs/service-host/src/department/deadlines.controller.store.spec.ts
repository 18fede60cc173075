import 'reflect-metadata';
import { Logger, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { declaredRoutes, ROLE_NAMES, type VerifiedIdentity } from 'aftercare/access';
import { openMemoryStore, type EventStore } from 'aftercare/event-store';
import { openMemoryVault } from 'aftercare/privacy';
import { openViews, type View, type Views } from 'aftercare/projections';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandDesk } from '../commands/command-desk.js';
import { Commands } from '../commands/commands.js';
import { States } from '../commands/states.js';
import { createHttpApp } from '../http/index.js';
import { alwaysBy } from '../policies/department-policies.js';
import { counter } from '../spec/counter.js';
import { FIRST_CONTACT, policyWith } from '../spec/timed-counter.js';
import { deadlineView } from './deadline.view.js';
import { deadlinesController } from './deadlines.controller.js';
import { Lists } from './lists.js';

const START = Date.parse('2026-03-11T06:00:00.000Z');
const folder = mkdtempSync(join(tmpdir(), 'aftercare-deadlines-'));
const accounts: Readonly<Record<string, VerifiedIdentity['roles']>> = { head: ['intake.head'], clerk: ['intake.clerk'], other: ['quality.head'] };
let now = START;
let store: EventStore;
let views: Views;
let app: NestFastifyApplication;
let address: string;
let keys = 0;
const streams: string[] = [];

async function ask(url: string, body?: object, account = 'head') {
  const response = await fetch(`${address}/deadlines${url}`, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${Buffer.from(account).toString('base64url')}.b.c`, ...(body && { 'content-type': 'application/json', 'idempotency-key': `k${keys += 1}` }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  await views.caughtUp(await store.head());
  return { status: response.status, text, body: (text.startsWith('{') ? JSON.parse(text) : {}) as Record<string, unknown> & { items: { stream: string }[] } };
}
const listed = async (query: string): Promise<number[]> => (await ask(`?${query}`)).body.items.map(({ stream }) => streams.indexOf(stream)).sort();

beforeAll(async () => {
  Logger.overrideLogger(false);
  store = openMemoryStore({ log: 'intake' });
  const vault = openMemoryVault();
  views = openViews({ file: join(folder, 'views.db'), store, views: [deadlineView as unknown as View], pollMs: 5 });
  views.start();
  const parts = { store, vault, fingerprint: (_: string, command: object) => JSON.stringify(command), now: () => now };
  const by = (policy: ReturnType<typeof policyWith>) => new Commands({ ...parts, states: new States(store), policies: alwaysBy(policy) });
  const kinds = [
    policyWith(FIRST_CONTACT), policyWith({ ...FIRST_CONTACT, nature: 'regulatory', pausable: false }),
    policyWith({ ...FIRST_CONTACT, span: { value: 3, unit: 'working-day', calendar: 'working-days' } }), policyWith(FIRST_CONTACT),
  ];
  for (const [place, policy] of kinds.entries()) {
    now = place === 2 ? Date.parse('2039-03-11T06:00:00.000Z') : START + place * 3_600_000;
    const made = await by(policy).create(counter, { type: 'Add', by: 1 }, { actor: { id: 'u', role: 'r' }, commandId: `c${place}`, expectedVersion: null, onBehalfOf: null, reason: null });
    if (made.outcome !== 'done') throw new Error('refused');
    streams.push(`counter-${made.receipt.id}`);
  }
  now = START + 3_600_000;
  @Module({
    controllers: [deadlinesController({ name: 'intake', aggregates: [counter] })],
    providers: [{ provide: Lists, useValue: new Lists(views, vault, 'intake') }, { provide: CommandDesk, useValue: new CommandDesk(by(policyWith(FIRST_CONTACT))) }],
  })
  class Around {}
  app = await createHttpApp(Around, {
    name: 'intake',
    tokens: { verify: async (token) => {
      const id = Buffer.from(token.split('.')[0] ?? '', 'base64url').toString();
      return { id, roles: accounts[id] ?? [], token: { id: 't', issuedAt: START } };
    } },
  });
  Logger.overrideLogger(false);
  await app.listen(0, '127.0.0.1');
  address = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  await views.caughtUp(await store.head());
});
afterAll(async () => {
  await app.close();
  views.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the deadlines of a department', () => {
  it('are listed by nature, by what is undetermined, and by what is due before an instant of any zone', async () => {
    expect(await listed('nature=regulatory')).toEqual([1]);
    expect(await listed('nature=service')).toEqual([0, 2, 3]);
    expect(await listed('undetermined=1')).toEqual([2]);
    expect(await listed(`before=${encodeURIComponent('2026-03-11T19:00:00+08:00')}`)).toEqual([0]);
    expect(await listed('before=2026-03-11T11:00:00.001Z&nature=regulatory')).toEqual([1]);
    expect((await ask('?undetermined=1')).body.items[0]).toMatchObject({ clocks: { 'P9/complaint.first_contact': { dueAt: null, unpublishedYear: 2039, owner: 'registry.clerk' } } });
  });

  it('a filter that means nothing is refused by name', async () => {
    expect(await ask('?nature=soon')).toMatchObject({ status: 400 });
    expect(await ask('?before=tomorrow')).toMatchObject({ status: 400 });
    expect(await ask('?colour=red')).toMatchObject({ status: 400, body: { field: 'colour' } });
  });

  it('are exported as they are listed', async () => {
    const { text } = await ask('?nature=regulatory&format=csv');
    expect(text).toContain(streams[1] as string);
    expect(text.trim().split('\n')).toHaveLength(2);
  });

  it('are paused by the head with a reason from the list, shown as paused, and go on', async () => {
    expect(await ask(`/${streams[0]}/pause`, { reasonCode: 'waiting-for-customer' })).toMatchObject({ status: 200, body: { events: ['DeadlinesPaused'] } });
    expect(await listed('paused=1')).toEqual([0]);
    expect(await ask(`/${streams[0]}/pause`, { reasonCode: 'other' })).toMatchObject({ status: 422, body: { code: 'nothing-to-pause' } });
    now = START + 10 * 3_600_000;
    expect(await ask(`/${streams[0]}/resume`, {})).toMatchObject({ status: 200, body: { events: ['DeadlinesResumed'] } });
    expect(await listed('paused=1')).toEqual([]);
    expect((await ask('?before=2026-03-11T19:00:00.001Z&nature=service&sort=nextDueAt')).body.items.at(-1)).toMatchObject({ stream: streams[0], nextDueAt: '2026-03-11T19:00:00.000Z' });
    const paused = (await store.readLog(0, 100)).find(({ event }) => event.type === 'DeadlinesPaused')?.event;
    expect(paused).toMatchObject({ actor: { id: 'head', role: 'intake.head' }, data: { why: 'waiting-for-customer' } });
  });

  it('regulatory ones are not, nor by a clerk or another department, nor in words of one\'s own, nor where nothing is', async () => {
    expect(await ask(`/${streams[1]}/pause`, { reasonCode: 'other' })).toMatchObject({ status: 422, body: { code: 'nothing-to-pause' } });
    expect((await ask(`/${streams[0]}/pause`, { reasonCode: 'other' }, 'clerk')).status).toBe(403);
    expect((await ask(`/${streams[0]}/pause`, { reasonCode: 'other' }, 'other')).status).toBe(403);
    expect((await ask(`/${streams[0]}/pause`, { reasonCode: '王芳出差' })).status).toBe(400);
    expect((await ask('/nothing-1/pause', { reasonCode: 'other' })).body).toMatchObject({ status: 404, code: 'unknown-stream' });
    expect((await ask('/counter-019cdb9e-9c00-7000-8000-00000000c0de/resume', {})).status).toBe(404);
  });

  it('undetermined ones stay so until their year is published', async () => {
    expect(await ask(`/${streams[2]}/reckon`, {})).toMatchObject({ status: 422, body: { code: 'still-undetermined' } });
  });

  it('no role of one department may pause in another', () => {
    for (const name of ['intake', 'quality', 'logistics', 'billing', 'surveys', 'registry']) {
      const permitted = declaredRoutes([deadlinesController({ name, aggregates: [] })]).filter(({ method }) => method === 'POST').flatMap(({ access }) => access ?? []);
      expect(permitted.every((role) => (ROLE_NAMES as readonly string[]).includes(role))).toBe(true);
      expect(permitted.filter((role) => role.includes('.') && !role.startsWith(`${name}.`))).toEqual([]);
      expect(permitted).toContain('manager');
    }
  });
});
