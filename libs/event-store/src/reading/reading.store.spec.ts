import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startPrivateCluster, type PrivateCluster } from '../contract/temporary-postgres.js';
import { connectionTo, StreamDouble } from '../kurrentdb/double/stream-double.js';
import { openOver } from '../kurrentdb/open-kurrentdb-store.js';
import { openStore } from '../open-store.js';
import type { EventStore, EventToAppend } from '../port.js';
import { LogUnreadable } from './case-reading.js';
import { openForReading } from './open-for-reading.js';

const event = (correlationId: string, place: number): EventToAppend => ({
  id: `01890000-0000-7000-8000-${String(place).padStart(12, '0')}`, type: 'Noted', schema: 1, occurredAt: '2026-03-02T01:30:00.000Z', actor: { id: 'u', role: 'r' }, onBehalfOf: null, reason: null,
  correlationId, causationId: null, policy: null, signature: null, data: { place }, personal: null,
});

/** Case b, a, b again, and c, each event in its own append; stream `x` is written to by all. */
async function filled(store: EventStore): Promise<void> {
  for (const [place, correlationId] of ['b', 'a', 'b', 'c'].entries()) {
    await store.append({ stream: 'x', expectedVersion: place - 1, events: [event(correlationId, place)], commandId: `c-${place}`, fingerprint: 'f' });
  }
}

describe('reading a log case by case', () => {
  let folder: string;
  let cluster: PrivateCluster;
  const url = new Map<string, string>();

  beforeAll(async () => {
    cluster = await startPrivateCluster();
    for (const name of ['filled', 'empty']) url.set(name, await cluster.createDatabase());
  }, 120_000);
  afterAll(() => cluster.remove());
  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'reading-')); });
  afterEach(() => { rmSync(folder, { recursive: true }); });

  const opened = (setting: string): Promise<EventStore> => openStore(setting, { log: 'intake', dataDir: folder });
  it.each<[string, () => string, (setting: string) => Promise<EventStore>]>([
    ['sqlite', () => 'sqlite', opened],
    ['postgres', () => url.get('filled') as string, opened],
    // What is read is the department's own copy, so whoever reads needs no server, and the address is nobody's.
    ['kurrentdb', () => 'kurrentdb://127.0.0.1:1', () => openOver(connectionTo(new StreamDouble()), 'aftercare-reading', { log: 'intake', dataDir: folder }, { retryMs: [1], awayMs: 10 })],
  ])('%s: ids in their order, records by case, a stream of many cases; while a department has it open', async (_, setting, open) => {
    const store = await open(setting());
    await filled(store);
    const reading = await openForReading(setting(), { log: 'intake', dataDir: folder });
    try {
      expect(await reading.caseIds('', '~', 10)).toEqual(['a', 'b', 'c']);
      expect(await reading.caseIds('a', 'c', 10)).toEqual(['b']);
      expect(await reading.caseIds('', '~', 2)).toEqual(['a', 'b']);
      const records = await reading.recordsOfCases('a', 'b');
      expect(records.map(({ caseId, stored }) => [caseId, (reading.decode(stored).data as unknown as { place: number }).place])).toEqual([['a', 1], ['b', 0], ['b', 2]]);
      expect((await reading.readStream('x', 1, 2)).map(({ event: { correlationId } }) => correlationId)).toEqual(['a', 'b']);
      await store.append({ stream: 'x', expectedVersion: 3, events: [event('d', 4)], commandId: 'c-4', fingerprint: 'f' });
      expect(await reading.caseIds('c', '~', 10)).toEqual(['d']);
    } finally {
      await reading.close();
      await store.close();
    }
  });

  it('sqlite: the file stays what it is to the byte, and a stopped department needs not start', async () => {
    const store = await openStore('sqlite', { log: 'intake', dataDir: folder });
    await filled(store);
    await store.close();
    const digest = (): string => createHash('sha256').update(readFileSync(join(folder, 'log.db'))).digest('hex');
    const before = digest();
    const reading = await openForReading('sqlite', { log: 'intake', dataDir: folder });
    expect(await reading.caseIds('', '~', 10)).toHaveLength(3);
    await reading.close();
    expect(digest()).toBe(before);
  });

  it('makes nothing where nothing is', async () => {
    await expect(openForReading('sqlite', { log: 'quality', dataDir: join(folder, 'quality') })).rejects.toThrow(/there is no log .*quality/);
    expect(existsSync(join(folder, 'quality'))).toBe(false);
    const empty = url.get('empty') as string;
    await expect(openForReading(empty, { log: 'quality', dataDir: folder })).rejects.toThrow(LogUnreadable);
    const client = new pg.Client({ connectionString: empty });
    await client.connect();
    expect((await client.query("SELECT 1 FROM pg_namespace WHERE nspname LIKE 'aftercare%'")).rows).toEqual([]);
    await client.end();
  });

  it('refuses the log of another department, and a server that does not answer, without the password', async () => {
    await (await openStore('sqlite', { log: 'intake', dataDir: folder })).close();
    await expect(openForReading('sqlite', { log: 'quality', dataDir: folder })).rejects.toThrow(/holds the log "intake", not "quality"/);
    const away = openForReading('postgres://u:secret@127.0.0.1:1/db', { log: 'quality', dataDir: folder });
    await expect(away).rejects.toThrow(LogUnreadable);
    await expect(away).rejects.not.toThrow(/secret/);
  });
});
