import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { jest } from '@jest/globals';
import { anAppend, anEvent, aQuarantineEntry } from '../contract/builders.js';
import { startPrivateCluster, temporaryPlaceIn, type PostgresPlace, type PrivateCluster } from '../contract/temporary-postgres.js';
import { temporaryPlace } from '../contract/temporary-sqlite.js';
import { digestOf } from '../digests.js';
import { migrateStore } from '../migrate-store.js';
import { openStore } from '../open-store.js';
import type { EventStore } from '../port.js';
import { verifyLog } from '../verify-log.js';

/** On a machine that does much else, a server takes its time. */
jest.setTimeout(60_000);

const run = promisify(execFile);

describe('a log that leaves PostgreSQL and comes back', () => {
  let cluster: PrivateCluster;
  let place: PostgresPlace;
  beforeAll(async () => { cluster = await startPrivateCluster(); }, 180_000);
  afterAll(async () => { await cluster.remove(); });
  beforeEach(() => { place = temporaryPlaceIn(() => cluster); });
  afterEach(async () => { await place.remove(); });

  /** Of everything that a log can hold, and of what a database could alter on its way: order of members, U+0000, quotes. */
  const work = async (store: EventStore): Promise<void> => {
    for (let i = 0; i < 40; i += 1) {
      const events = Array.from({ length: i % 4 }, (_, n) => anEvent({ data: { z: n, a: '药\u0000\\x41"\u2028', 10: 1, 9: 2, n: Number.MAX_SAFE_INTEGER } }));
      await store.append(anAppend({ stream: `s-${i % 10}`, expectedVersion: (await store.readStream(`s-${i % 10}`, 0, 99)).length - 1, commandId: `c\u0000-${i}`, events, inbox: { source: 'quality', index: i } }));
    }
    await store.markInbox({ source: 'quality', index: 77 });
    await store.quarantine(aQuarantineEntry({ source: 'billing', reason: 'a\u0000b', bytes: Buffer.from([0, 255, 92, 120]) }));
  };
  const digest = async (store: EventStore) => digestOf(store, () => undefined);

  it('given a log, when it is dumped and restored into another database, then every byte is the same, the guards stand, and it goes on', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'aftercare-dump-'));
    const restored = temporaryPlaceIn(() => cluster);
    const store = await place.open();
    await work(store);
    const before = await digest(store);
    try {
      const file = join(folder, 'log.dump');
      await run(join(cluster.programs, 'pg_dump'), ['--format=custom', '--file', file, await place.url()]);
      await run(join(cluster.programs, 'pg_restore'), ['--exit-on-error', '--dbname', await restored.url(), file]);
      const again = await restored.open();
      expect(await digest(again)).toEqual(before);
      expect(await verifyLog(again)).toEqual({ events: before.events, findings: [] });
      await expect(restored.asDepartment('DELETE FROM events')).rejects.toThrow('permission denied');
      await expect(restored.asOwner('DELETE FROM events')).rejects.toThrow('DELETE of events is refused');
      expect(await again.append(anAppend({ commandId: 'c\u0000-3' }))).toMatchObject({ outcome: expect.stringMatching(/repeated|reused/) as string });
      expect(await again.append(anAppend({ stream: 'new-1' }))).toMatchObject({ outcome: 'appended', record: { firstIndex: before.events } });
      await again.close();
    } finally {
      rmSync(folder, { recursive: true, force: true });
      await store.close();
      await restored.remove();
    }
  });

  it('given a log in SQLite, when it moves to PostgreSQL and back, then it is the same at each end and goes on at each', async () => {
    const [from, back] = [temporaryPlace(), temporaryPlace()];
    const sqlite = await from.open();
    await work(sqlite);
    const postgres = await openStore(await place.url(), { log: 'intake', dataDir: '/nowhere', forTransfer: true });
    const there = await migrateStore(sqlite, postgres, { place: 'postgres' });
    expect(there).toMatchObject({ same: true, to: await digest(sqlite) });
    await postgres.close();

    const working = await openStore(await place.url(), { log: 'intake', dataDir: '/nowhere' });
    expect(await working.append(anAppend({ stream: 's-0', commandId: 'c\u0000-39' }))).toMatchObject({ outcome: 'repeated' });
    expect(await working.append(anAppend({ stream: 'new-1' }))).toMatchObject({ outcome: 'appended' });
    await working.close();
    const leaving = await openStore(await place.url(), { log: 'intake', dataDir: '/nowhere', forTransfer: true });
    for (const [home, at] of [[sqlite, 'home'], [await back.openForTransfer?.() as EventStore, 'elsewhere']] as const) {
      if (at === 'elsewhere') await expect(migrateStore(leaving, home, { place: at })).rejects.toThrow('moved to home');
      else expect(await migrateStore(leaving, home, { place: at })).toMatchObject({ same: true, to: await digest(leaving) });
      await home.close();
    }
    await leaving.close();
    const again = await from.open();
    expect((await verifyLog(again)).findings).toEqual([]);
    expect((await again.readLog(0, 999)).length).toBe(there.from.events + 1);
    await again.close();
    await Promise.all([from.remove(), back.remove()]);
  });

  it('given a service that writes while its log is moved, then what it acknowledged is at the new place, and it says why it stopped', async () => {
    const [running, target] = [await place.open(), temporaryPlace()];
    const acknowledged: string[] = [];
    const writing = (async () => {
      for (let i = 0; ; i += 1) {
        const error = await running.append(anAppend({ stream: `w-${i}`, commandId: `w-${i}` })).then(() => null, (refusal: unknown) => refusal);
        if (error !== null) return error;
        acknowledged.push(`w-${i}`);
      }
    })();
    for (const end = Date.now() + 10_000; acknowledged.length < 20 && Date.now() < end;) await new Promise((turn) => { setTimeout(turn, 5); });
    const leaving = await openStore(await place.url(), { log: 'intake', dataDir: '/nowhere', forTransfer: true });
    const there = await target.openForTransfer?.() as EventStore;
    expect(await migrateStore(leaving, there, { place: 'sqlite:/there' })).toMatchObject({ same: true });
    expect(await writing).toMatchObject({ name: 'StoreUnavailable', message: expect.stringMatching(/(being moved|moved) to sqlite:\/there .*AFTERCARE_STORE_INTAKE|--give-up/) as string });
    expect(running.status()).toMatchObject({ accepting: false, reason: expect.stringContaining('moved to sqlite:/there') as string });
    await there.close();
    const moved = await target.open();
    const missing = (await Promise.all(acknowledged.map(async (id) => [id, await moved.findCommand(id)] as const))).filter(([, found]) => found === null);
    expect([missing, await moved.head()]).toEqual([[], acknowledged.length]);
    await Promise.all([running.close(), leaving.close(), moved.close()]);
    await target.remove();
  });

  it('given a move that is given up, then a service that waited goes on by itself', async () => {
    const running = await place.open();
    await running.append(anAppend());
    const leaving = await openStore(await place.url(), { log: 'intake', dataDir: '/nowhere', forTransfer: true });
    await leaving.transfer().fence({ to: 'sqlite:/there', at: '2026-03-02T03:00:00.000Z' });
    await expect(running.append(anAppend({ stream: 'b' }))).rejects.toThrow('--give-up');
    await leaving.transfer().stay();
    for (const end = Date.now() + 10_000; !running.status().accepting && Date.now() < end;) await new Promise((turn) => { setTimeout(turn, 20); });
    expect(await running.append(anAppend({ stream: 'b', commandId: 'again' }))).toMatchObject({ outcome: 'appended' });
    await Promise.all([running.close(), leaving.close()]);
  });

  it('given a department that is not the owner, then it cannot move its log, and says whose url is needed', async () => {
    const running = await place.open();
    await expect(running.transfer().fence({ to: 'sqlite:/there', at: '2026-03-02T03:00:00.000Z' })).rejects.toThrow('Only the owner');
    expect(await running.append(anAppend())).toMatchObject({ outcome: 'appended' });
    await running.close();
  });

  it('given a url with a password that opens nothing, then the refusal does not repeat it', async () => {
    const url = new URL(await place.url());
    url.password = 'a-secret';
    const refusal = await openStore(url.toString(), { log: 'intake', dataDir: '/nowhere' }).catch((error: unknown) => error);
    expect(String(refusal)).toContain('password authentication failed');
    expect(JSON.stringify(refusal, Object.getOwnPropertyNames(refusal)) + String((refusal as Error).stack)).not.toContain('a-secret');
    url.port = '1';
    const unreachable = await openStore(url.toString(), { log: 'intake', dataDir: '/nowhere' }).catch((error: unknown) => error);
    expect(String(unreachable)).toBe('StoreUnavailable: PostgreSQL does not answer (ECONNREFUSED)');
  });
});
