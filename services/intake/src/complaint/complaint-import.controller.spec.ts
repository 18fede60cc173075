import 'reflect-metadata';
import { openMemoryStore, StoreUnavailable, type EventStore } from 'aftercare/event-store';
import { policySet } from 'aftercare/policy';
import { openMemoryVault } from 'aftercare/privacy';
import { alwaysBy, CommandDesk, Commands, fingerprintWith, States } from 'aftercare/service-host';
import { ComplaintImportController } from './complaint-import.controller.js';

const call = { actor: { id: 'u-1', role: 'intake.clerk' }, expectedVersion: null, onBehalfOf: null, reason: null };
const command = {
  channel: 'register', awareAt: '2026-03-02T01:30:00.000Z', locality: 'local', complainant: '临江区第二人民医院', subject: '输液器漏液', demand: '更换',
};

function controllerOver(store: EventStore): ComplaintImportController {
  const now = () => Date.parse('2026-03-09T00:00:00Z');
  const commands = new Commands({ store, states: new States(store), vault: openMemoryVault(), policies: alwaysBy(policySet()), fingerprint: fingerprintWith(new Uint8Array(32)), now });
  return new ComplaintImportController(new CommandDesk(commands));
}

describe('POST /complaints/import', () => {
  let store: EventStore;
  let controller: ComplaintImportController;
  beforeEach(() => {
    store = openMemoryStore({ log: 'intake' });
    controller = controllerOver(store);
  });
  const take = async (...rows: readonly { key: string; command: object }[]) => (await controller.take({ register: 'r', rows }, call)).results;

  it('makes a case of each row, under the identity of its register (P000-27)', async () => {
    const [first, second] = await take({ key: 'A-1', command }, { key: 'A-2', command });
    expect(first).toMatchObject({ key: 'A-1', receipt: { stage: 'registered', repeated: false, number: expect.stringMatching(/^CMP-/) } });
    expect(second).toMatchObject({ key: 'A-2', receipt: { repeated: false } });
    const [stored] = await store.readLog(0, 1);
    expect(stored?.event).toMatchObject({ data: { source: { register: 'r', row: 'A-1' }, firstContactOwner: 'u-1' } });
  });

  it('takes a row of the same content once, in one batch and in a later one', async () => {
    const [first, again] = await take({ key: 'A-1', command }, { key: 'A-1', command: { ...command } });
    const [later] = await take({ key: 'A-1', command });
    expect([first, again, later].map((result) => result && 'receipt' in result && result.receipt.repeated)).toEqual([false, true, true]);
    expect(new Set([first, again, later].map((result) => result && 'receipt' in result && result.receipt.id)).size).toBe(1);
  });

  it('refuses the same key with other content by name, in one batch and in a later one', async () => {
    const other = { key: 'A-1', command: { ...command, demand: '退货' } };
    const [, sameBatch] = await take({ key: 'A-1', command }, other);
    const [later] = await take(other);
    expect([sameBatch, later]).toEqual(Array(2).fill({ key: 'A-1', problem: expect.objectContaining({ code: 'idempotency-key-reused', field: 'key' }) }));
  });

  it('refuses a row by the checks and rules of the screen, in both languages, and takes its neighbours', async () => {
    const { demand: _, ...demandless } = command;
    const results = await take(
      { key: '1', command: demandless }, { key: '2', command: { ...command, complainant: '长'.repeat(501) } }, { key: '3', command: { ...command, colour: 'red' } },
      { key: '4', command: { ...command, awareAt: '2027-01-01T00:00:00.000Z' } }, { key: '5', command: { ...command, classification: { class: 'product-quality' } } },
      { key: '6', command },
    );
    expect(results.map((result) => ('problem' in result ? [result.problem.code, result.problem.field, result.problem.rule] : 'taken'))).toEqual([
      ['invalid-input', 'demand', 'isDefined'], ['invalid-input', 'complainant', 'maxLength'], ['invalid-input', 'colour', 'whitelistValidation'],
      ['time-in-the-future', 'awareAt', undefined], ['required-field-missing', 'classification.goods.productName', 'P003-19'], 'taken',
    ]);
    expect(results[3]).toMatchObject({ problem: { detail_zh: expect.stringContaining('获知时间'), detail_en: expect.stringContaining('future') } });
  });

  it.each([
    [[], 'body'], [{ rows: [] }, 'register'], [{ register: 'r', rows: [] }, 'rows'], [{ register: 'r', rows: Array(251).fill({ key: 'a', command }) }, 'rows'],
    [{ register: 'r', rows: [{ key: 'a', command }], extra: 1 }, 'extra'], [{ register: 'r', rows: [{ key: ' ', command }] }, 'rows.0.key'],
    [{ register: 'r', rows: [{ key: 'a', command: 'x' }] }, 'rows.0.command'], [{ register: 'r', rows: [{ key: 'a', command, more: 1 }] }, 'rows.0'],
  ])('refuses a malformed frame %#', async (body, field) => {
    await expect(controller.take(body, call)).rejects.toMatchObject({ problem: { status: 400, field } });
    expect(await store.head()).toBe(0);
  });

  it('fails as a whole when the store is away, so that the batch is sent again', async () => {
    const away = Object.assign(Object.create(store) as EventStore, { append: () => Promise.reject(new StoreUnavailable('disk')) });
    await expect(controllerOver(away).take({ register: 'r', rows: [{ key: 'a', command }] }, call)).rejects.toThrow(StoreUnavailable);
  });
});
