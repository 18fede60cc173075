import { setTimeout as pause } from 'node:timers/promises';
import { jest } from '@jest/globals';
import type pg from 'pg';
import { anAppend, anEvent } from '../contract/builders.js';
import { CuttingProxy } from '../contract/cutting-proxy.js';
import { startPrivateCluster, temporaryPlaceIn, type PostgresPlace, type PrivateCluster } from '../contract/temporary-postgres.js';
import type { EventStore } from '../port.js';
import { verifyLog } from '../verify-log.js';
import { openPostgresStore } from './open-postgres-store.js';
import { appendAsExpected } from './statements.js';

/** On a machine that does much else, a server takes its time. */
jest.setTimeout(60_000);

describe('a log in PostgreSQL whose only writer records a group with one question', () => {
  let cluster: PrivateCluster;
  let place: PostgresPlace;
  let proxy: CuttingProxy;
  let asked: unknown[] = [];
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

  /** With one event in complaint-1, after which the store takes itself for the only writer; `asked` holds what follows. */
  const alone = async (over: Partial<Parameters<typeof openPostgresStore>[0]> = {}): Promise<EventStore> => {
    const tap = (client: pg.Client): void => {
      const query = client.query.bind(client) as (...given: unknown[]) => Promise<unknown>;
      client.query = ((question: string | { name: string }, ...more: unknown[]) => {
        asked.push(typeof question === 'string' ? question : question.name);
        return query(question, ...more);
      }) as typeof client.query;
    };
    const store = await openPostgresStore({ url: proxy.urlOf(await place.url()), log: 'intake', tap, ...over });
    stores.push(store);
    await store.append(anAppend({ commandId: 'first' }));
    asked = [];
    return store;
  };
  const outcomeOf = async (answer: Promise<{ outcome: string }>): Promise<string> => answer.then(({ outcome }) => outcome, () => 'unavailable');
  const accepting = async (store: EventStore): Promise<void> => {
    for (const end = Date.now() + 10_000; !store.status().accepting && Date.now() < end;) await pause(5);
    expect(store.status()).toEqual({ accepting: true });
  };

  it('given requests that continue their streams, then each group is one question, with its events, receipts and marks', async () => {
    const store = await alone();
    const results = await Promise.all([
      store.append(anAppend({ expectedVersion: 0, commandId: 'a', events: [anEvent(), anEvent()], inbox: { source: 'quality', index: 0 } })),
      store.append(anAppend({ expectedVersion: 2, commandId: 'b' })),
    ]);
    expect(results.map(({ outcome }) => outcome)).toEqual(['appended', 'appended']);
    expect(asked).toEqual([appendAsExpected.name]);
    expect([await store.head(), await store.inboxPosition('quality'), (await store.findCommand('b'))?.firstIndex]).toEqual([4, 1, 3]);
    expect(await verifyLog(store)).toEqual({ events: 4, findings: [] });
  });

  it('given a command that is late within its own group, then its receipt is looked for before it is told so', async () => {
    const store = await alone();
    const [ahead, again, reused, late] = await Promise.all([
      store.append(anAppend({ expectedVersion: 0, commandId: 'a' })), store.append(anAppend({ expectedVersion: 0, commandId: 'first' })),
      store.append(anAppend({ expectedVersion: 0, commandId: 'first', fingerprint: 'other' })), store.append(anAppend({ expectedVersion: 0, commandId: 'c' })),
    ]);
    expect([ahead.outcome, again.outcome, reused.outcome, late.outcome]).toEqual(['appended', 'repeated', 'command-id-reused', 'conflict']);
    expect(await verifyLog(store)).toEqual({ events: 2, findings: [] });
  });

  it.each([
    ['a stream that is longer than expected', { expectedVersion: -1, commandId: 'a' }, { outcome: 'conflict', actualVersion: 0 }],
    ['a stream that is shorter than expected', { expectedVersion: 7, commandId: 'a' }, { outcome: 'conflict', actualVersion: 0 }],
    ['a command that was recorded before', { commandId: 'first' }, { outcome: 'repeated', record: { firstIndex: 0 } }],
    ['a command id that was used for something else', { commandId: 'first', expectedVersion: 0, fingerprint: 'other' }, { outcome: 'command-id-reused' }],
  ])('given %s, then it is told so, nothing is recorded, and the others of its group are recorded with the right bytes', async (_, request, answer) => {
    const store = await alone();
    const [found, beside] = await Promise.all([store.append(anAppend(request)), store.append(anAppend({ stream: 'b-1', commandId: 'b' }))]);
    expect(asked[0]).toBe(appendAsExpected.name);
    expect(found).toMatchObject(answer);
    expect(beside).toMatchObject({ outcome: 'appended', record: { firstIndex: 1 } });
    expect(await verifyLog(store)).toEqual({ events: 2, findings: [] });
  });

  it.each([['events', { events: [anEvent()] }], ['a receipt alone', { events: [] }]])('given that another instance recorded %s meanwhile, then nothing of it is missed', async (_, other) => {
    const store = await alone();
    const second = await openPostgresStore({ url: await place.url(), log: 'intake' });
    stores.push(second);
    await second.append(anAppend({ stream: 'b-1', commandId: 'b', ...other }));
    expect(await Promise.all([outcomeOf(store.append(anAppend({ stream: 'b-1', commandId: 'b', ...other }))), outcomeOf(store.append(anAppend({ expectedVersion: 0, commandId: 'c' })))]))
      .toEqual(['repeated', 'appended']);
    expect((await verifyLog(store)).findings).toEqual([]);
  });

  it('given a question that waits for another instance which records the same command, then it sees what that one committed', async () => {
    let [reached, go] = [(): void => undefined, (): void => undefined];
    const holding = new Promise<void>((resolve) => { reached = resolve; });
    const released = new Promise<void>((resolve) => { go = resolve; });
    const store = await alone();
    const second = await openPostgresStore({ url: await place.url(), log: 'intake', at: (stage) => {
      if (stage !== 'written') return undefined;
      reached();
      return released;
    } });
    stores.push(second);
    const request = anAppend({ expectedVersion: 0, commandId: 'same', events: [] });
    const theirs = second.append(request);
    await holding;
    const ours = store.append(request);
    await pause(100);
    go();
    expect([await outcomeOf(theirs), await outcomeOf(ours), asked[0]]).toEqual(['appended', 'repeated', appendAsExpected.name]);
  });

  it.each([['after-the-commit', 'appended', 'repeated'], ['before-the-commit', 'unavailable', 'appended']] as const)(
    'given that the link is cut %s, then the caller is told "%s", and the repeat is %s', async (cut, told, repeated) => {
      const store = await alone();
      proxy.arm(cut);
      const request = anAppend({ stream: 'b-1', commandId: 'b' });
      expect([await outcomeOf(store.append(request)), proxy.cuts, asked[0]]).toEqual([told, 1, appendAsExpected.name]);
      await accepting(store);
      expect([await outcomeOf(store.append(request)), await store.head()]).toEqual([repeated, 2]);
    });

  it.each(['events', 'commands'])('given an insert into %s that quietly does less than it was told, then nobody is acknowledged and nothing is recorded', async (table) => {
    const store = await alone();
    await place.asOwner(`CREATE FUNCTION skip() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
      CREATE TRIGGER quiet BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION skip()`);
    expect([await outcomeOf(store.append(anAppend({ stream: 'b-1', commandId: 'b' }))), asked[0]]).toEqual(['unavailable', appendAsExpected.name]);
    await place.asOwner(`DROP TRIGGER quiet ON ${table}`);
    await accepting(store);
    expect([await store.head(), await store.findCommand('b')]).toEqual([1, null]);
  });
});
