import { Logger } from '@nestjs/common';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adoptingPolicyBook, POLICY_BOOK_ID, shippedAdoption, textOf, type AdoptionDocument } from 'aftercare/policy';
import { configFrom } from './config.js';
import { defineDepartment } from './definition.js';
import { Department } from './department.js';

Logger.overrideLogger(false);

const call = { commandId: 'adopt', actor: { id: 'li.hua', role: 'manager' }, expectedVersion: null, onBehalfOf: null, reason: null } as const;

describe('the policy book of a department that starts', () => {
  let folder: string;
  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'aftercare-book-')); });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const start = (aggregates: readonly unknown[]): Promise<Department> => Department.open(
    defineDepartment({ name: 'registry', aggregates, views: [], controllers: [], reactions: [] }),
    configFrom({ AFTERCARE_DATA: folder, NATS_URL: 'nats://127.0.0.1:1' }, 'registry'),
  );
  const bookOf = async ({ store }: Department) => (await store.readLog(0, 10)).map(({ event }) => event.type);

  it('is read again where adoptions are decided, and taken up once', async () => {
    const { company, packs } = JSON.parse(shippedAdoption().document) as AdoptionDocument;
    const { text } = textOf({ format: 1, company: { ...company, version: 2, validFrom: '2999-01-01' }, packs });
    const first = await start([adoptingPolicyBook]);
    expect(await first.parts.commands.execute(adoptingPolicyBook, POLICY_BOOK_ID, { type: 'AdoptPolicy', text, why: 'w' }, call)).toMatchObject({ outcome: 'done' });
    await first.close();
    const again = await start([adoptingPolicyBook]);
    expect(await bookOf(again)).toEqual(['PolicyAdoptionNoted', 'PolicyAdopted']);
    await again.close();
  });
});
