import { setTimeout as pause } from 'node:timers/promises';
import { jest } from '@jest/globals';
import pg from 'pg';
import { anAppend, anEvent } from '../contract/builders.js';
import { CuttingProxy, type Cut } from '../contract/cutting-proxy.js';
import { startPrivateCluster, temporaryPlaceIn, type PostgresPlace, type PrivateCluster } from '../contract/temporary-postgres.js';
import { StoreUnavailable, type AppendRequest, type EventStore } from '../port.js';
import { verifyLog } from '../verify-log.js';
import { openPostgresStore } from './open-postgres-store.js';
import type { Stage } from './transaction.js';

/** On a machine that does much else, a server takes its time. */
jest.setTimeout(60_000);

const KILLS = Number(process.env['AFTERCARE_POSTGRES_KILLS'] ?? '5');

describe('a log in PostgreSQL when something is lost', () => {
  let cluster: PrivateCluster;
  let place: PostgresPlace;
  let proxy: CuttingProxy;
  const stores: EventStore[] = [];
  beforeAll(async () => { cluster = await startPrivateCluster(); }, 180_000);
  afterAll(async () => { await cluster.remove(); });
  beforeEach(async () => {
    place = temporaryPlaceIn(() => cluster);
    proxy = await CuttingProxy.before(cluster.port);
  });
  afterEach(async () => {
    await Promise.all(stores.splice(0).map((store) => store.close()));
    await proxy.close();
    await place.remove();
  });

  const open = async (over: Partial<Parameters<typeof openPostgresStore>[0]> = {}): Promise<EventStore> => {
    const store = await openPostgresStore({ url: proxy.urlOf(await place.url()), log: 'intake', ...over });
    stores.push(store);
    return store;
  };
  const until = async (holds: () => boolean, withinMs = 10_000): Promise<void> => {
    for (const end = Date.now() + withinMs; !holds() && Date.now() < end;) await pause(5);
    expect(holds()).toBe(true);
  };
  const accepting = async (store: EventStore): Promise<void> => until(() => store.status().accepting);
  const answerOf = async (answer: Promise<{ outcome: string }>): Promise<string> => answer.then(({ outcome }) => outcome, (error: unknown) => (error instanceof StoreUnavailable ? 'unavailable' : String(error)));

  it('given a COMMIT whose answer was lost, then the store finds out by the receipt that it took place, and says so to everybody in the group', async () => {
    const store = await open();
    const heads: number[] = [];
    store.subscribe((head) => heads.push(head));
    proxy.arm('after-the-commit');
    const group = [anAppend({ stream: 'a-1', commandId: 'a' }), anAppend({ stream: 'a-1', commandId: 'b' }), anAppend({ stream: 'a-2', commandId: 'c' })];
    expect(await Promise.all(group.map((request) => answerOf(store.append(request))))).toEqual(['appended', 'conflict', 'appended']);
    expect([proxy.cuts, await store.head()]).toEqual([1, 2]);
    expect(heads.at(-1)).toBe(2);
    await accepting(store);
    expect(await store.append(group[0] as AppendRequest)).toMatchObject({ outcome: 'repeated' });
  });

  it('given a COMMIT that never arrived, then nothing is acknowledged nor recorded, and the repeat is recorded once', async () => {
    const store = await open();
    proxy.arm('before-the-commit');
    const request = anAppend({ commandId: 'a', inbox: { source: 'quality', index: 0 } });
    expect(await answerOf(store.append(request))).toBe('unavailable');
    await accepting(store);
    expect([await store.head(), await store.findCommand('a'), await store.inboxSeen({ source: 'quality', index: 0 })]).toEqual([0, null, false]);
    expect(await store.append(request)).toMatchObject({ outcome: 'appended', record: { firstIndex: 0 } });
  });

  it.each<[Cut, string]>([['after-the-commit', 'repeated'], ['before-the-commit', 'appended']])(
    'given that nobody can be asked about a COMMIT cut %s, then the caller is told in time, and the repeat with the same id is %s', async (cut, outcome) => {
      const store = await open({ doubtMs: 200 });
      proxy.arm(cut, true);
      const request = anAppend({ commandId: 'a' });
      expect(await answerOf(store.append(request))).toBe('unavailable');
      expect(store.status()).toMatchObject({ accepting: false });
      expect(await answerOf(store.append(anAppend({ stream: 'later-1' })))).toBe('unavailable');
      proxy.admit();
      await accepting(store);
      expect(await answerOf(store.append(request))).toBe(outcome);
      expect(await store.head()).toBe(1);
    });

  it('given marks alone in a group whose COMMIT answer was lost, then the caller repeats them and they are made once', async () => {
    const store = await open();
    proxy.arm('after-the-commit');
    await expect(store.markInbox({ source: 'quality', index: 0 })).rejects.toThrow(StoreUnavailable);
    await accepting(store);
    await store.markInbox({ source: 'quality', index: 0 });
    expect(await store.inboxPosition('quality')).toBe(1);
  });

  it.each<Stage>(['beginning', 'locked', 'written', 'committed'])('given an administrator who ends the connection at "%s", then all or nothing is recorded, and the store goes on by itself', async (stage) => {
    let armed = true;
    const store = await open({ at: async (at) => {
      if (at !== stage || !armed) return;
      armed = false;
      await administer(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'aftercare intake writer' AND datname = '${await databaseName()}'`);
      await pause(20);
    } });
    const request = anAppend({ commandId: 'a', events: [anEvent(), anEvent()] });
    const answer = await answerOf(store.append(request));
    await accepting(store);
    const head = await store.head();
    expect([answer, head]).toEqual(stage === 'committed' ? ['appended', 2] : ['unavailable', 0]);
    expect(await answerOf(store.append(request))).toBe(head === 2 ? 'repeated' : 'appended');
    expect(await store.head()).toBe(2);
  });

  it.each([['53100', 'disk full'], ['58030', 'input/output error'], ['XX001', 'damaged data']])(
    'given the server refuses with %s, then nobody of the group is acknowledged, the status says so, and it goes on when the server does', async (code, said) => {
      const store = await open();
      await place.asOwner(`CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '${code}'; END $$;
        CREATE TRIGGER failing BEFORE UPDATE ON head FOR EACH ROW EXECUTE FUNCTION fail()`);
      const group = [anAppend({ stream: 'a-1', commandId: 'a' }), anAppend({ stream: 'b-1', commandId: 'b' })];
      expect(await Promise.all(group.map((request) => answerOf(store.append(request))))).toEqual(['unavailable', 'unavailable']);
      expect(store.status()).toEqual({ accepting: false, reason: expect.stringContaining(said) as string });
      await pause(300);
      expect(store.status().accepting).toBe(false);
      expect(await store.head()).toBe(0);
      await place.asOwner('DROP TRIGGER failing ON head');
      await accepting(store);
      expect(await Promise.all(group.map((request) => answerOf(store.append(request))))).toEqual(['appended', 'appended']);
    });

  it('given an insert that quietly does less than it was told, then nobody is acknowledged and nothing is recorded', async () => {
    const store = await open();
    for (const table of ['events', 'commands']) {
      await place.asOwner(`CREATE OR REPLACE FUNCTION skip() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
        CREATE TRIGGER quiet BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION skip()`);
      expect(await answerOf(store.append(anAppend({ commandId: 'a' })))).toBe('unavailable');
      await place.asOwner(`DROP TRIGGER quiet ON ${table}`);
      await accepting(store);
      expect([await store.head(), await store.findCommand('a')]).toEqual([0, null]);
    }
    expect(await store.append(anAppend({ commandId: 'a' }))).toMatchObject({ outcome: 'appended', record: { firstIndex: 0 } });
  });

  it('given a commit that stopped waiting for its standby, then it is not acknowledged before a later commit has reached one, and the repeat is recognised', async () => {
    const store = await open();
    const reloaded = async (sql: string): Promise<void> => {
      await administer(sql);
      await administer('SELECT pg_reload_conf()');
      await pause(200);
    };
    await reloaded(`ALTER SYSTEM SET synchronous_standby_names = 'nobody'`);
    const request = anAppend({ commandId: 'a' });
    let answer: string | null = null;
    const answered = answerOf(store.append(request)).then((given) => { answer = given; });
    try {
      await pause(500);
      expect(answer).toBeNull();
      await administer(`SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND datname = '${await databaseName()}'`);
      await pause(500);
      expect(answer).toBeNull();
      expect(store.status()).toMatchObject({ accepting: false });
    } finally {
      await reloaded('ALTER SYSTEM RESET synchronous_standby_names');
    }
    await answered;
    expect(answer).toBe('appended');
    await accepting(store);
    expect(await answerOf(store.append(request))).toBe('repeated');
  });

  it('given an instance that hangs while it holds the head, then the others are refused for now, and go on when the server has ended it', async () => {
    const other = await open();
    const client = new pg.Client({ connectionString: await place.url() });
    client.on('error', () => undefined);
    await client.connect();
    await client.query(`SET idle_in_transaction_session_timeout = '6s'; BEGIN; SELECT 1 FROM aftercare_intake.head FOR UPDATE`);
    const request = anAppend({ commandId: 'a' });
    await expect(other.append(request)).rejects.toThrow('busy (55P03)');
    expect(other.status()).toEqual({ accepting: true });
    await pause(1_500);
    expect(await other.append(request)).toMatchObject({ outcome: 'appended' });
    await client.end().catch(() => undefined);
  });

  it('given a log that was set back behind what it acknowledged, then it takes nothing more and says what is lost', async () => {
    const store = await open();
    await store.append(anAppend({ events: [anEvent(), anEvent()] }));
    await place.asOwner('ALTER TABLE events DISABLE TRIGGER ALL; ALTER TABLE head DISABLE TRIGGER ALL; DELETE FROM events WHERE idx = 1; UPDATE head SET next = 1');
    expect(await answerOf(store.append(anAppend({ stream: 'b-1' })))).toBe('unavailable');
    expect(store.status()).toEqual({ accepting: false, reason: expect.stringMatching(/lost acknowledged events: it had 2 and has 1|guard/) as string });
    await place.asOwner(['events_never_change', 'events_never_vanish', 'events_have_no_gap'].map((guard) => `ALTER TABLE events ENABLE ALWAYS TRIGGER ${guard};`).join('')
      + ['head_only_grows', 'head_stays', 'head_never_vanishes', 'head_moves_with_events'].map((guard) => `ALTER TABLE head ENABLE ALWAYS TRIGGER ${guard};`).join(''));
    await until(() => store.status().reason?.includes('lost acknowledged events: it had 2 and has 1') ?? false);
    expect(await store.head()).toBe(1);
  });

  it(`given a server that is killed ${KILLS} times during appends of two instances, then what was acknowledged is present, once, and the log is whole`, async () => {
    const both = [await open(), await open()];
    const acknowledged = new Map<string, number>();
    const unknown = new Set<string>();
    /** A session outlives the killed server by a moment, and what it commits in that is durable too. */
    const ask = async (store: EventStore, id: string): Promise<void> => {
      const result = await store.append(anAppend({ stream: id, commandId: id, events: [anEvent(), anEvent()] })).catch(() => null);
      if (result?.outcome === 'appended') acknowledged.set(id, result.record.firstIndex);
      else unknown.add(id);
    };
    let alive = true;
    const writers = Array.from({ length: 6 }, async (_, writer) => {
      for (let n = 0; alive; n += 1) {
        const id = `k-${writer}-${n}`;
        await ask(both[writer % 2] as EventStore, id);
        if (unknown.has(id)) await pause(20);
      }
    });
    for (let kill = 0; kill < KILLS; kill += 1) {
      const before = acknowledged.size;
      await until(() => acknowledged.size > before + 5, 30_000);
      await pause(Math.random() * 30);
      await cluster.stop('SIGKILL');
      for (let n = 0; !unknown.has(`down-${kill}-${n - 1}`); n += 1) await ask(both[0] as EventStore, `down-${kill}-${n}`);
      await cluster.start();
    }
    const before = acknowledged.size;
    await until(() => acknowledged.size > before + 5, 30_000);
    alive = false;
    await Promise.all(writers);
    const [store] = both as [EventStore];
    for (const [commandId, firstIndex] of acknowledged) expect([commandId, (await store.findCommand(commandId))?.firstIndex]).toEqual([commandId, firstIndex]);
    let present = 0;
    for (const commandId of [...acknowledged.keys(), ...unknown]) present += (await store.readStream(commandId, 0, 9)).length;
    const { events, findings } = await verifyLog(store);
    expect(findings).toEqual([]);
    expect(events).toBe(present);
    expect(present).toBeGreaterThanOrEqual(acknowledged.size * 2);
    if (process.env['AFTERCARE_FIGURES']) process.stderr.write(`PostgreSQL killed ${KILLS} times: ${acknowledged.size} acknowledged, ${unknown.size} not, ${present / 2} present, 0 lost\n`);
  }, 60_000 + KILLS * 20_000);

  async function administer(sql: string): Promise<void> {
    const client = new pg.Client({ connectionString: cluster.url() });
    await client.connect();
    await client.query(sql);
    await client.end();
  }

  async function databaseName(): Promise<string> {
    return new URL(await place.url()).pathname.slice(1);
  }
});
