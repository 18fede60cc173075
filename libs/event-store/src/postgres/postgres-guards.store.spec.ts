import { jest } from '@jest/globals';
import pg from 'pg';
import { anAppend, anEvent } from '../contract/builders.js';
import { startPrivateCluster, temporaryPlaceIn, type PostgresPlace, type PrivateCluster } from '../contract/temporary-postgres.js';
import type { EventStore } from '../port.js';
import { migratePostgresLog } from './migrate.js';
import { openPostgresStore } from './open-postgres-store.js';

/** On a machine that does much else, a server takes its time. */
jest.setTimeout(60_000);

describe('a log in PostgreSQL', () => {
  let cluster: PrivateCluster;
  let place: PostgresPlace;
  let store: EventStore | null = null;
  beforeAll(async () => { cluster = await startPrivateCluster(); }, 180_000);
  afterAll(async () => { await cluster.remove(); });
  beforeEach(() => { place = temporaryPlaceIn(() => cluster); });
  afterEach(async () => {
    await store?.close();
    store = null;
    await place.remove();
  });

  const withRecord = async (): Promise<EventStore> => {
    store = await place.open();
    await store.append(anAppend({ commandId: 'c-1', events: [anEvent(), anEvent()] }));
    return store;
  };
  const newEvent = (idx: number, stream: string, version: number): string =>
    `INSERT INTO events (idx, stream, version, correlation, recorded_at, bytes) VALUES (${idx}, '${stream}', ${version}, 'c', '9', 'b')`;

  const refusals: readonly (readonly [string, string, string])[] = [
    ['an update of an event', `UPDATE events SET bytes = ''`, 'permission denied for table events'],
    ['a deletion of an event', 'DELETE FROM events', 'permission denied for table events'],
    ['emptying the events', 'TRUNCATE events', 'permission denied for table events'],
    ['dropping the events', 'DROP TABLE events', 'must be owner of table events'],
    ['altering the events', 'ALTER TABLE events ALTER bytes DROP NOT NULL', 'must be owner of table events'],
    ['switching the guards off', 'ALTER TABLE events DISABLE TRIGGER ALL', 'must be owner of table events'],
    ['switching the guards off for a session', 'SET session_replication_role = replica', 'permission denied to set parameter'],
    ['replacing a guard', `CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'`, 'permission denied'],
    ['a used index', newEvent(1, 'other', 0), 'an_index_is_given_once'],
    ['a used version', newEvent(2, 'complaint-1', 1), 'a_version_is_given_once'],
    ['a replacement', `${newEvent(1, 'complaint-1', 1)} ON CONFLICT (idx) DO UPDATE SET bytes = excluded.bytes`, 'permission denied for table events'],
    ['an index that leaves a gap', `${newEvent(7, 'other', 0)}; `, 'the log has no gaps'],
    ['a head that leaps over what was never recorded', 'UPDATE head SET next = 99', 'it moves with the events'],
    ['a head that leaps over a session\'s own events', 'CREATE TEMP TABLE events AS SELECT 98 AS idx; SET search_path = pg_temp, aftercare_intake; UPDATE head SET next = 99', 'it moves with the events'],
    ['closing the log for a transfer', 'UPDATE head SET filling = true', 'permission denied for table head'],
    ['saying that the log moved', `UPDATE head SET departure = '{}'`, 'permission denied for table head'],
    ['an event past the head', newEvent(2, 'other', 0), 'its head moves with it'],
    ['a head that goes back', 'UPDATE head SET next = 1', 'a log only grows'],
    ['a clock that goes back', `UPDATE head SET recorded_at = ''`, 'a log only grows'],
    ['another name of the log', `UPDATE head SET log = 'quality'`, 'permission denied for table head'],
    ['an update of a receipt', `UPDATE commands SET fingerprint = ''`, 'permission denied for table commands'],
    ['a deletion of a receipt', 'DELETE FROM commands', 'permission denied for table commands'],
    ['emptying the receipts', 'TRUNCATE commands', 'permission denied for table commands'],
    ['a used command id', `INSERT INTO commands VALUES ('c-1', 'f', 's', 0, 0, 0, '')`, 'a_command_id_is_used_once'],
    ['a deletion of the head', 'DELETE FROM head', 'permission denied for table head'],
    ['undoing a migration', 'DELETE FROM steps', 'permission denied for table steps'],
  ];
  const everything = async (): Promise<unknown> => [
    (await store?.readLog(0, 99))?.map(({ bytes }) => Buffer.from(bytes).toString()), await store?.findCommand('c-1'), await store?.head(),
  ];

  it('refuses to its own department whatever would change the past, each by name', async () => {
    await withRecord();
    const before = await everything();
    const said: unknown[] = [];
    for (const [what, sql] of refusals) said.push([what, await place.asDepartment(sql).then(() => 'done', String)]);
    expect(said).toEqual(refusals.map(([what, , message]) => [what, expect.stringContaining(message) as string]));
    expect(await everything()).toEqual(before);
  });

  it('refuses the same to the owner and the superuser, also in a session without triggers, until they take the guards away', async () => {
    await withRecord();
    const before = await everything();
    for (const [sql, message] of [
      [`UPDATE events SET bytes = ''`, 'UPDATE of events is refused'], ['DELETE FROM events', 'DELETE of events is refused'], ['TRUNCATE events', 'TRUNCATE of events is refused'],
      [`UPDATE commands SET fingerprint = ''`, 'UPDATE of commands is refused'], ['DELETE FROM commands', 'DELETE of commands is refused'],
      ['TRUNCATE commands', 'TRUNCATE of commands is refused'], ['DELETE FROM head', 'DELETE of head is refused'], ['TRUNCATE head', 'TRUNCATE of head is refused'],
      ['UPDATE head SET next = 0', 'a log only grows'], [newEvent(7, 'x', 0), 'no gaps'],
    ] as const) {
      await expect(place.asOwner(sql)).rejects.toThrow(message);
      await expect(place.asOwner(`SET session_replication_role = replica; ${sql}`)).rejects.toThrow(message);
    }
    expect(await everything()).toEqual(before);
  });

  const [OFF, ON] = ['ALTER TABLE events DISABLE TRIGGER ALL',
    ['events_never_change', 'events_never_vanish', 'events_have_no_gap'].map((guard) => `ALTER TABLE events ENABLE ALWAYS TRIGGER ${guard}`).join('; ')];
  it.each([
    ['a guard that is switched off', 'ALTER TABLE events DISABLE TRIGGER events_never_change', 'guard events_never_change'],
    ['a guard that is silent for replicas', 'ALTER TABLE commands ENABLE TRIGGER receipts_never_vanish', 'guard receipts_never_vanish'],
    ['a table that a crash would empty', 'ALTER TABLE events SET UNLOGGED', 'events is not written to the WAL'],
    ['a lost event', 'ALTER TABLE events DISABLE TRIGGER ALL; DELETE FROM events WHERE idx = 1; ALTER TABLE events ENABLE ALWAYS TRIGGER events_never_change', 'damaged: its head says 2 events, the last index says 1'],
    ['an edited event', `${OFF}; UPDATE events SET bytes = convert_to(replace(convert_from(bytes, 'UTF8'), 'complaint-1', 'complaint-2'), 'UTF8') WHERE idx = 1; ${ON}`, 'beside the bytes of index 1'],
    ['bytes that are no record', `${OFF}; UPDATE events SET bytes = '\\xff' WHERE idx = 0; ${ON}`, 'bytes of index 0 are no record'],
    ['events that were swapped', `${OFF}; UPDATE events SET bytes = (SELECT bytes FROM events o WHERE o.idx = 1 - events.idx); ${ON}`, 'beside the bytes of index 0'],
    ['a lost version', `${OFF}; UPDATE events SET version = 2, bytes = convert_to(replace(convert_from(bytes, 'UTF8'), '"version":1}', '"version":2}'), 'UTF8') WHERE idx = 1; ${ON}`, 'lacks a version before it'],
    ['a newer version', 'INSERT INTO steps (step) VALUES (99)', 'newer version'],
    ['another log', `ALTER TABLE head DISABLE TRIGGER ALL; UPDATE head SET log = 'quality'`, 'holds the log "quality"'],
    ['a schema of somebody else', 'DROP TABLE steps', 'not one of an event log'],
  ])('is not opened over %s', async (_, sql, message) => {
    await (await withRecord()).close();
    await place.asOwner(sql);
    await expect(place.open()).rejects.toThrow(message);
  });

  it.each([
    ['fsync', 'off', 'fsync is off'],
    ['full_page_writes', 'off', 'full_page_writes is off'],
    ['synchronous_commit', 'off', 'synchronous_commit is off'],
    ['default_transaction_read_only', 'on', 'takes no changes'],
  ])('is not opened on a server with %s = %s, stops when that is set while it runs, and goes on by itself when it is set back', async (name, value, message) => {
    const running = await withRecord();
    const set = async (sql: string): Promise<void> => {
      await administer(`BEGIN READ WRITE; COMMIT; ${sql}`);
      await administer('SELECT pg_reload_conf()');
      await new Promise((reloaded) => { setTimeout(reloaded, 200); });
    };
    await set(`ALTER SYSTEM SET ${name} = ${value}`);
    try {
      await expect(place.open()).rejects.toThrow(message);
      await expect(running.append(anAppend({ stream: 'b-1', commandId: 'meanwhile' }))).rejects.toThrow();
      await until(() => running.status().reason?.includes(message) ?? false);
    } finally {
      await set(`ALTER SYSTEM RESET ${name}`);
    }
    await until(() => running.status().accepting);
    expect(await running.append(anAppend({ stream: 'b-1', commandId: 'meanwhile' }))).toMatchObject({ outcome: 'appended', record: { firstIndex: 2 } });
  });

  it('is not opened where a commit would not wait for the standbys that are configured', async () => {
    await (await withRecord()).close();
    const url = new URL(await place.url());
    url.searchParams.set('options', '-c synchronous_commit=local');
    await administer(`ALTER SYSTEM SET synchronous_standby_names = 'beside'`);
    await administer('SELECT pg_reload_conf()');
    await new Promise((reloaded) => { setTimeout(reloaded, 200); });
    try {
      await expect(openPostgresStore({ url: url.toString(), log: 'intake' })).rejects.toThrow('synchronous_commit is local although standbys are configured');
    } finally {
      await administer('ALTER SYSTEM RESET synchronous_standby_names');
      await administer('SELECT pg_reload_conf()');
    }
    await new Promise((reloaded) => { setTimeout(reloaded, 200); });
    await (await openPostgresStore({ url: url.toString(), log: 'intake' })).close();
  });

  it('works for a login that got only its role from the owner, who alone migrates', async () => {
    const ownerUrl = await place.url();
    await administer(`CREATE ROLE desk LOGIN PASSWORD 'desk-password'`);
    const url = new URL(ownerUrl);
    [url.username, url.password] = ['desk', 'desk-password'];
    await expect(openPostgresStore({ url: url.toString(), log: 'intake' })).rejects.toThrow('let the owner migrate it');
    await migratePostgresLog({ ownerUrl, log: 'intake', login: 'desk' });
    await migratePostgresLog({ ownerUrl, log: 'intake', login: 'desk' });
    store = await openPostgresStore({ url: url.toString(), log: 'intake' });
    expect(await store.append(anAppend())).toMatchObject({ outcome: 'appended' });
    await store.quarantine({ source: 'quality', index: 0, type: 't', reason: 'r', bytes: Buffer.from('b'), at: 'now' });
    await store.releaseFromQuarantine({ source: 'quality', index: 0 });
    const client = new pg.Client({ connectionString: url.toString() });
    await client.connect();
    await expect(client.query('DELETE FROM aftercare_intake.events')).rejects.toThrow('permission denied');
    await expect(client.query('TRUNCATE aftercare_intake.commands')).rejects.toThrow('permission denied');
    await client.end();
  });

  it('works for an owner who may not make roles, with the guards alone', async () => {
    const url = new URL(await cluster.createDatabase());
    await administer(`CREATE ROLE plain LOGIN PASSWORD 'plain-password'; GRANT CREATE ON DATABASE ${url.pathname.slice(1)} TO plain`);
    [url.username, url.password] = ['plain', 'plain-password'];
    for (let time = 0; time < 2; time += 1) {
      store = await openPostgresStore({ url: url.toString(), log: 'intake' });
      expect(await store.append(anAppend({ stream: `s-${time}` }))).toMatchObject({ outcome: 'appended' });
      await store.close();
    }
    await expect(migratePostgresLog({ ownerUrl: url.toString(), log: 'intake' })).rejects.toThrow('may not create it');
    await expect(administer('SET search_path = aftercare_intake; DELETE FROM events', url.toString())).rejects.toThrow('DELETE of events is refused');
  });

  it('gives even an owner who opens it only the rights of a department while it works', async () => {
    const writers: pg.Client[] = [];
    store = await openPostgresStore({ url: await place.url(), log: 'intake', tap: (client) => { writers.push(client); } });
    const client = new pg.Client({ connectionString: await place.url() });
    await client.connect();
    const role = `aftercare_intake@${new URL(await place.url()).pathname.slice(1)}`;
    const rights = await client.query(`SELECT bool_or(has_table_privilege($1, format('aftercare_intake.%I', t), r)) AS any
      FROM unnest('{events,commands}'::text[]) t, unnest('{UPDATE,DELETE,TRUNCATE,REFERENCES,TRIGGER}'::text[]) r`, [role]);
    expect(rights.rows).toEqual([{ any: false }]);
    expect((await writers[0]?.query('SELECT current_user::text AS name'))?.rows).toEqual([{ name: role }]);
    await client.end();
  });

  it.each([['Intake'], [''], ['in_take'], ['x'.repeat(41)], ['a"; DROP TABLE events; --']])('refuses the log name %j', async (log) => {
    await expect(openPostgresStore({ url: await place.url(), log })).rejects.toThrow(RangeError);
  });

  it('refuses a name that no index holds as a mistake of the caller, alone', async () => {
    const open = store = await place.open();
    const results = await Promise.allSettled([open.append(anAppend({ stream: 'x'.repeat(2_001) })), open.append(anAppend({ events: [anEvent({ correlationId: '药'.repeat(700) })] })),
      open.append(anAppend({ stream: 'x'.repeat(2_000), events: [anEvent({ correlationId: '药'.repeat(600) })] }))]);
    expect(results.map((result) => result.status === 'rejected' && result.reason instanceof RangeError)).toEqual([true, true, false]);
  });

  async function administer(sql: string, url = cluster.url()): Promise<void> {
    const client = new pg.Client({ connectionString: url, options: '-c default_transaction_read_only=off' });
    await client.connect();
    try {
      for (const each of sql.split('; ')) await client.query(each);
    } finally {
      await client.end();
    }
  }

  async function until(holds: () => boolean): Promise<void> {
    for (const end = Date.now() + 10_000; !holds() && Date.now() < end;) await new Promise((next) => { setTimeout(next, 10); });
    expect(holds()).toBe(true);
  }
});
