import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { VerifiedIdentity } from 'aftercare/access';
import { readableEvents } from 'aftercare/contracts';
import { decode, decodeWith, openStore, type EventStore, type InboxMark } from 'aftercare/event-store';
import { QuarantineController } from './quarantine.controller.js';
import { QuarantineDesk, type QuarantinedMessage } from './quarantine-desk.js';
import { createHttpApp } from '../http/index.js';

const REASON = '供应商批号重复，已电话核实';
const broken = new Set<number>();
let folder: string;
let store: EventStore;
let app: NestFastifyApplication;
let signedInAt: number;
let address: string;

const strategy = {
  readQuarantined: ({ bytes }: { bytes: Uint8Array }) => bytes[0] === 0x7b
    ? { ok: true as const, event: decode(bytes) } : { ok: false as const, reason: 'is not JSON' },
  retryQuarantined: async (mark: InboxMark) => {
    if (broken.has(mark.index)) return { outcome: 'still-failing' as const, reason: 'no rule' };
    await store.releaseFromQuarantine(mark);
    return { outcome: 'done' as const };
  },
};

const accounts: Readonly<Record<string, VerifiedIdentity['roles']>> = { 'wang.min': ['operator'], 'cli-root': ['operator'], 'li.na': ['auditor'] };

async function ask(method: 'GET' | 'POST', url: string, body?: object, account = 'wang.min') {
  const response = await fetch(`${address}/operations/quarantine${url}`, {
    method, headers: { authorization: `Bearer ${Buffer.from(account).toString('base64url')}.b.c`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() as Record<string, unknown> & { items: QuarantinedMessage[] } };
}

async function keep(index: number, content: string | Buffer, over: object = {}): Promise<string> {
  const bytes = Buffer.from(content);
  await store.quarantine({ source: 'intake', index, type: 'ComplaintRegistered', reason: 'no rule', at: new Date(Date.now() - 90_000).toISOString(), bytes, ...over });
  return createHash('sha256').update(bytes).digest('hex');
}

beforeAll(async () => {
  Logger.overrideLogger(false);
  folder = mkdtempSync(join(tmpdir(), 'aftercare-quarantine-'));
  store = await openStore('sqlite', { log: 'quality', dataDir: folder, decode: decodeWith(readableEvents) });
  @Module({ controllers: [QuarantineController], providers: [{ provide: QuarantineDesk, useValue: new QuarantineDesk(store, strategy) }] })
  class Around {}
  app = await createHttpApp(Around, {
    name: 'quality',
    tokens: { verify: async token => {
      const id = Buffer.from(token.split('.')[0] ?? '', 'base64url').toString();
      return { id, roles: accounts[id] ?? [], token: { id: 'token-1', issuedAt: signedInAt } };
    } },
  });
  Logger.overrideLogger(false);
  await app.listen(0, '127.0.0.1');
  address = (await app.getUrl()).replace('[::1]', '127.0.0.1');
});

beforeEach(async () => {
  signedInAt = Date.now() - 60_000;
  broken.clear();
  for (const { source, index } of await store.quarantined()) await store.releaseFromQuarantine({ source, index });
});

afterAll(async () => {
  await app.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

describe('the quarantine of a department', () => {
  it('lists what waits with reason, age and digest, and can be narrowed down to a source or a type', async () => {
    const sha256 = await keep(3, 'first');
    await keep(1, 'stray', { source: 'intake!stray', type: 'stray' });
    expect((await ask('GET', '')).body).toMatchObject({ count: 2 });
    const [only, ...others] = (await ask('GET', '?source=intake&type=ComplaintRegistered')).body.items;
    expect(others).toEqual([]);
    expect(only).toMatchObject({ source: 'intake', index: 3, reason: 'no rule', bytes: 5, sha256 });
    expect(only?.ageSeconds).toBeGreaterThanOrEqual(90);
    expect((await ask('GET', '', undefined, 'li.na')).status).toBe(403);
  });

  it('shows one with its bytes to an operator', async () => {
    await keep(3, '{"personal":"sealed"}');
    await keep(4, Buffer.from([0xff, 0xfe]));
    expect((await ask('GET', '/intake/3')).body).toMatchObject({ text: '{"personal":"sealed"}' });
    expect((await ask('GET', '/intake/4')).body).toMatchObject({ base64: '//4=' });
    expect((await ask('GET', '/intake/5')).body).toMatchObject({ status: 404, code: 'unknown-quarantine-entry' });
    expect((await ask('GET', '/intake/x')).status).toBe(404);
  });

  it('tries all of a source again in its order and says which still fail', async () => {
    for (const index of [9, 2, 5]) await keep(index, `m${index}`);
    await keep(2, 'other', { source: 'billing' });
    broken.add(5);
    expect((await ask('POST', '/intake/retry')).body).toEqual({ done: 2, stillFailing: [{ index: 5, reason: 'no rule' }] });
    expect((await store.quarantined()).map(({ source, index }) => `${source} ${index}`)).toEqual(['billing 2', 'intake 5']);
  });

  it('lets a message go only with an event that a person signed, which keeps it provable', async () => {
    const sha256 = await keep(3, 'cannot be read');
    const before = await store.head();
    const answer = await ask('POST', '/intake/3/drop', { reason: REASON, sha256, meaning: 'responsible' });
    expect(answer).toMatchObject({ status: 200, body: { outcome: 'dropped', index: before } });
    expect(await store.quarantined()).toEqual([]);
    const [stored] = await store.readLog(before, 10);
    expect(stored?.event).toMatchObject({
      type: 'QuarantinedMessageDropped', stream: 'quarantine-intake', reason: REASON, actor: { id: 'wang.min', role: 'operator' },
      data: { source: 'intake', index: 3, type: 'ComplaintRegistered', sha256, meaning: 'responsible' },
    });
    expect(stored?.event.signature).toMatch(new RegExp(
      `^v1;account=wang\\.min;meaning=responsible;sha256=${sha256};at=[0-9T:.-]+Z;token=token-1;issued=${new Date(signedInAt).toISOString().replaceAll('.', '\\.')}$`));
  });

  it('records the drop of an event in the case that the event belongs to', async () => {
    const event = { id: 'e-1', log: 'intake', index: 7, correlationId: 'case-7', format: 1 };
    const sha256 = await keep(7, JSON.stringify(event));
    const { body } = await ask('POST', '/intake/7/drop', { reason: REASON, sha256, meaning: 'responsible' });
    const [stored] = await store.readLog(body['index'] as number, 1);
    expect(stored?.event).toMatchObject({ correlationId: 'case-7', causationId: 'e-1' });
  });

  it('lets strays go in the same way, and several of one source after each other', async () => {
    for (const index of [0, 1]) {
      const sha256 = await keep(index, `stray ${index}`, { source: 'intake!stray', type: 'stray' });
      const dropped = await ask('POST', `/${encodeURIComponent('intake!stray')}/${index}/drop`, { reason: REASON, sha256, meaning: 'responsible' });
      expect(dropped.status).toBe(200);
    }
    expect((await store.readStream('quarantine-intake!stray', 0, 10)).map(({ event }) => (event.data as { index: number }).index)).toEqual([0, 1]);
  });

  it('records no drop of a message that another instance dealt with after it was looked at', async () => {
    const sha256 = await keep(3, 'kept');
    const head = await store.head();
    const quarantined = store.quarantined.bind(store);
    let looks = 0;
    store.quarantined = async () => {
      const entries = await quarantined();
      if (looks++ === 0) await store.releaseFromQuarantine({ source: 'intake', index: 3 });
      return entries;
    };
    const answer = await ask('POST', '/intake/3/drop', { reason: REASON, sha256, meaning: 'responsible' });
    store.quarantined = quarantined;
    expect(answer).toMatchObject({ status: 404, body: { code: 'unknown-quarantine-entry' } });
    expect(await store.head()).toBe(head);
  });

  it.each([
    ['a reason too short to ask about', { reason: 'because' }, 400],
    ['another content than the signer saw', { sha256: 'a'.repeat(64) }, 409],
    ['another meaning', { meaning: 'approved' }, 400],
    ['more than it knows', { force: true }, 400],
  ])('refuses %s and keeps the message', async (_, over, status) => {
    const sha256 = await keep(3, 'kept');
    const head = await store.head();
    expect((await ask('POST', '/intake/3/drop', { reason: REASON, sha256, meaning: 'responsible', ...over })).status).toBe(status);
    expect([(await store.quarantined()).length, await store.head()]).toEqual([1, head]);
  });

  it('refuses a sign-in of more than ten minutes ago, a machine\'s account and one without the role', async () => {
    const sha256 = await keep(3, 'kept');
    const drop = { reason: REASON, sha256, meaning: 'responsible' };
    expect((await ask('POST', '/intake/3/drop', drop, 'cli-root')).body).toMatchObject({ status: 403, code: 'not-a-person' });
    expect((await ask('POST', '/intake/3/drop', drop, 'li.na')).body).toMatchObject({ status: 403, code: 'role-not-permitted' });
    signedInAt = Date.now() - 10 * 60_000 - 1_000;
    expect((await ask('POST', '/intake/3/drop', drop)).body).toMatchObject({ status: 403, code: 'sign-in-too-old' });
    expect((await store.quarantined()).length).toBe(1);
    signedInAt = Date.now() - 9 * 60_000;
    expect((await ask('POST', '/intake/3/drop', drop)).status).toBe(200);
  });
});
