import { alwaysBy } from '../policies/department-policies.js';
import { openMemoryStore, openSqliteStore, type EventStore } from 'aftercare/event-store';
import { policySet } from 'aftercare/policy';
import { open, openMemoryVault } from 'aftercare/privacy';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { uuidv7 } from 'uuidv7';
import { counter } from '../spec/counter.js';
import type { CommandCall } from './command-call.js';
import { Commands } from './commands.js';
import { fingerprintWith } from './fingerprint.js';
import { States } from './states.js';

const NOW = Date.parse('2026-03-11T06:00:00.000Z');
const call = (over: Partial<CommandCall> = {}): CommandCall =>
  ({ actor: { id: 'u-1', role: 'intake.clerk' }, commandId: uuidv7(), expectedVersion: null, onBehalfOf: null, reason: null, ...over });

const folder = mkdtempSync(join(tmpdir(), 'aftercare-commands-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each([
  ['memory', () => openMemoryStore({ log: 'intake' })],
  ['sqlite', () => openSqliteStore({ file: join(folder, `${uuidv7()}.db`), log: 'intake' })],
] as const)('commands over the %s store', (_, openStore) => {
  let store: EventStore;
  const vault = openMemoryVault();
  const commandsOver = (over: EventStore, states = new States(over)): Commands => new Commands({
    store: over, states, vault, policies: alwaysBy(policySet()), fingerprint: fingerprintWith(Buffer.alloc(32, 7)), now: () => NOW,
  });

  beforeEach(() => { store = openStore(); });
  afterEach(() => store.close());

  it('a repeated command gets the first receipt again and writes nothing', async () => {
    const commands = commandsOver(store);
    const once = call();
    const first = await commands.create(counter, { type: 'Add', by: 1 }, once);
    const again = await commands.create(counter, { type: 'Add', by: 1 }, once);
    if (first.outcome !== 'done' || again.outcome !== 'done') throw new Error('refused');
    expect(again.receipt).toEqual({ ...first.receipt, repeated: true });
    expect(await store.head()).toBe(2);
  });

  it('a repeat is recognised by a process that was started later, and by one that raced it', async () => {
    const once = call();
    const [a, b] = await Promise.all([
      commandsOver(store).execute(counter, CASE, { type: 'Add', by: 1 }, once), commandsOver(store).execute(counter, CASE, { type: 'Add', by: 1 }, once),
    ]);
    const later = await commandsOver(store).execute(counter, CASE, { type: 'Add', by: 1 }, once);
    expect([a, b, later].map((o) => o.outcome)).toEqual(['done', 'done', 'done']);
    expect(await store.head()).toBe(2);
  });

  it('a repeat that is overtaken by the first one after it was looked for gets its receipt, not a refusal by what it did', async () => {
    const once = call();
    const first = await commandsOver(store).execute(counter, CASE, { type: 'Add', by: 60 }, once);
    const looks: (() => Promise<null>)[] = [];
    const overtaken = new Proxy(store, {
      get: (target, name) => (name === 'findCommand' && looks.pop()) || (target[name as keyof EventStore] as () => unknown).bind(target),
    });
    for (const expectedVersion of [null, -1]) {
      looks.push(async () => null);
      const inbox = { source: 'quality', index: 4 };
      const again = await commandsOver(overtaken).execute(counter, CASE, { type: 'Add', by: 60 }, { ...once, expectedVersion, inbox });
      expect(again).toMatchObject({ outcome: 'done', receipt: { ...(first.outcome === 'done' && first.receipt), repeated: true } });
      expect(await store.inboxSeen(inbox)).toBe(true);
    }
  });

  it('the same key with other content is refused and writes nothing', async () => {
    const commands = commandsOver(store);
    const once = call();
    await commands.execute(counter, CASE, { type: 'Add', by: 1 }, once);
    const other = await commands.execute(counter, CASE, { type: 'Add', by: 2 }, once);
    expect(other).toMatchObject({ outcome: 'refused', refusal: { refused: 'idempotency-key-reused' } });
    expect(await store.head()).toBe(2);
  });

  it('members in another order are the same content', async () => {
    const commands = commandsOver(store);
    const once = call();
    await commands.execute(counter, CASE, { type: 'Add', by: 1, note: 'n' }, once);
    expect((await commands.execute(counter, CASE, { note: 'n', by: 1, type: 'Add' }, once)).outcome).toBe('done');
  });

  it('a caller who names an old version is told the present one; nothing is written', async () => {
    const commands = commandsOver(store);
    await commands.execute(counter, CASE, { type: 'Add', by: 1 }, call());
    expect(await commands.execute(counter, CASE, { type: 'Add', by: 1 }, call({ expectedVersion: 0 })))
      .toEqual({ outcome: 'late', version: 1, stage: 'counting' });
    expect((await commands.execute(counter, CASE, { type: 'Add', by: 1 }, call({ expectedVersion: 1 }))).outcome).toBe('done');
  });

  it('a refusal writes nothing and its key may be used again', async () => {
    const commands = commandsOver(store);
    const once = call();
    expect(await commands.execute(counter, CASE, { type: 'Add', by: 101 }, once)).toMatchObject({ outcome: 'refused', isNew: true });
    expect(await store.head()).toBe(0);
    expect((await commands.execute(counter, CASE, { type: 'Add', by: 1 }, once)).outcome).toBe('done');
  });

  it('a command that changes nothing is remembered all the same, with its message', async () => {
    const commands = commandsOver(store);
    const outcome = await commands.execute(counter, CASE, { type: 'Add', by: 0 }, call({ inbox: { source: 'quality', index: 0 } }));
    expect(outcome).toMatchObject({ outcome: 'done', receipt: { events: [] } });
    expect([await store.head(), await store.inboxPosition('quality')]).toEqual([0, 1]);
  });

  it('20 writers at once: none is lost, each decided on what was there', async () => {
    const two = [commandsOver(store), commandsOver(store)];
    const outcomes = await Promise.all(Array.from({ length: 20 }, (_x, n) => two[n % 2]?.execute(counter, CASE, { type: 'Add', by: 10 }, call())));
    const done = outcomes.filter((o) => o?.outcome === 'done').length;
    const events = await store.readStream(`counter-${CASE}`, 0, 500);
    const added = events.filter(({ event }) => event.type === 'ComplaintRegistered').length;
    expect(added).toBe(done);
    expect(done).toBe(10);
  });

  describe('with a remembered state that is not what was recorded', () => {
    let states: States;
    let commands: Commands;
    beforeEach(() => {
      states = new States(store);
      commands = commandsOver(store, states);
    });
    const done = async (by: number, over: Partial<CommandCall> = {}): Promise<unknown> => commands.execute(counter, CASE, { type: 'Add', by }, call(over));
    const elsewhere = async (by: number): Promise<unknown> => commandsOver(store).execute(counter, CASE, { type: 'Add', by }, call());

    const sum = async (of: States): Promise<number> => (await of.load(counter, CASE)).state.own.sum;
    const poison = async (version: number): Promise<void> => {
      const loaded = await states.load(counter, CASE);
      states.remember(`counter-${CASE}`, { ...loaded, state: { ...loaded.state, own: { ...loaded.state.own, sum: 5_000 } }, version });
    };

    it('one that is behind never decides: neither what is recorded, nor a refusal, nor that a caller is late', async () => {
      await done(-50);
      await elsewhere(60);
      expect(await done(91)).toMatchObject({ outcome: 'refused', refusal: { refused: 'too-much' } });
      await elsewhere(-60);
      expect(await done(91, { expectedVersion: 3 })).toMatchObject({ outcome: 'done', receipt: { version: 4 } });
      await elsewhere(-90);
      expect(await done(99)).toMatchObject({ outcome: 'done' });
      expect(await sum(states)).toBe(50);
    });

    it('one that was poisoned with a version nobody recorded is thrown away', async () => {
      await done(1);
      for (const version of [-1, 0, 7]) {
        await poison(version);
        expect([version, await done(1)]).toEqual([version, expect.objectContaining({ outcome: 'done' })]);
      }
      expect(await sum(states)).toBe(4);
    });

    it('a process that starts later knows only the events', async () => {
      await done(40);
      await poison(1);
      expect(await sum(new States(store))).toBe(40);
    });
  });

  it('100 commands at once on one stream all get their turn', async () => {
    const commands = commandsOver(store);
    const outcomes = await Promise.all(Array.from({ length: 100 }, () => commands.execute(counter, CASE, { type: 'Add', by: 1 }, call())));
    expect(outcomes.filter(({ outcome }) => outcome !== 'done')).toEqual([]);
  });

  it('a message whose command id somebody else used is not marked: it has to be looked at', async () => {
    const commands = commandsOver(store);
    const taken = call();
    await commands.execute(counter, OTHER, { type: 'Add', by: 5 }, taken);
    const reaction = await commands.execute(counter, CASE, { type: 'Add', by: 1 }, { ...taken, inbox: { source: 'quality', index: 0 } });
    expect(reaction).toMatchObject({ outcome: 'refused', refusal: { refused: 'idempotency-key-reused' } });
    expect(await store.inboxPosition('quality')).toBe(0);
  });

  it('stores the words sealed, openable with the subject\'s key, and never in the clear', async () => {
    await commandsOver(store).execute(counter, CASE, { type: 'Add', by: 1, note: '王芳 13900000000' }, call());
    const [stored] = await store.readLog(0, 1);
    if (!stored) throw new Error('nothing stored');
    expect(Buffer.from(stored.bytes).toString('utf8')).not.toContain('王芳');
    const opened = await open(vault, { log: 'intake', eventId: stored.event.id }, stored.event.personal);
    expect(opened?.fields['note']).toBe('王芳 13900000000');
  });
});

const OTHER = '019cdb9e-9c00-7000-8000-00000000beef';
const CASE = '019cdb9e-9c00-7000-8000-00000000c0de';
