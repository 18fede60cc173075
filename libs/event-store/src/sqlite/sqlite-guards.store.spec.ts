import { readFileSync, symlinkSync } from 'node:fs';
import Database from 'better-sqlite3';
import { anAppend, anEvent } from '../contract/builders.js';
import { temporaryPlace } from '../contract/temporary-sqlite.js';
import { decode } from '../decode.js';
import { StoreUnavailable } from '../port.js';
import { openDatabase } from './open-database.js';
import { openSqliteStore } from './open-sqlite-store.js';
import { SqliteStore } from './sqlite-store.js';
import { AlreadyBeingWritten } from './writer-lock.js';

const FREELY = 'DROP TRIGGER events_never_change;';

describe('a log in a SQLite file', () => {
  let place: ReturnType<typeof temporaryPlace>;
  beforeEach(() => { place = temporaryPlace(); });
  afterEach(async () => { await place.remove(); });

  const withRecord = async (): Promise<void> => {
    const store = await place.open();
    await store.append(anAppend({ events: [anEvent(), anEvent()] }));
    await store.close();
  };
  const tampering = async (sql: string): Promise<void> => {
    await withRecord();
    const db = new Database(place.file);
    try {
      db.exec(sql);
    } catch (error) {
      throw new Error(String(error));
    } finally {
      db.close();
    }
  };

  it('is synced in full on the first and on every later opening', () => {
    for (const opening of ['first', 'second', 'third']) {
      const db = openDatabase(place.file, 'intake');
      const settings = ['journal_mode', 'synchronous', 'foreign_keys', 'secure_delete'].map((name) => db.pragma(name, { simple: true }));
      db.close();
      expect([opening, ...settings]).toEqual([opening, 'wal', 2, 1, 1]);
    }
  });

  it('says what it is, so that other tools and later versions know it', async () => {
    await withRecord();
    expect(readFileSync(place.file).subarray(68, 72).toString('latin1')).toBe('AFTC');
  });

  it('lets one writer in, also under another name of the file, and the next one after it closed', async () => {
    const first = await place.open();
    await first.append(anAppend());
    symlinkSync(place.file, `${place.file}.link`);
    for (const file of [place.file, `${place.file}.link`]) {
      expect(() => openSqliteStore({ file, log: 'intake' })).toThrow(AlreadyBeingWritten);
    }
    await first.close();
    const second = await place.open();
    expect(await second.head()).toBe(1);
    await second.close();
  });

  it.each([
    ['an update of an event', `UPDATE events SET bytes = x'00'`, 'never changed'],
    ['a deletion of an event', 'DELETE FROM events WHERE idx = 1', 'never deleted'],
    ['a replacement by index', `INSERT OR REPLACE INTO events VALUES (0, 'z', 9, 'c', 't', x'00')`, 'never replaced'],
    ['a replacement by version', `INSERT OR REPLACE INTO events VALUES (9, 'complaint-1', 0, 'c', 't', x'00')`, 'never replaced'],
    ['an update of a receipt', `UPDATE commands SET fingerprint = ''`, 'never changed'],
    ['a deletion of a receipt', 'DELETE FROM commands', 'never deleted'],
    ['another name of the log', `UPDATE head SET log = 'quality'`, 'keeps its name'],
    ['a deletion of the head', 'DELETE FROM head', 'never deleted'],
  ])('refuses %s through any connection', async (_, sql, message) => {
    await expect(tampering(sql)).rejects.toThrow(message);
  });

  it.each([
    ['another log', `DROP TRIGGER head_keeps_its_log; UPDATE head SET log = 'quality'`, 'holds the log "quality"'],
    ['a lost event', 'DROP TRIGGER events_never_vanish; DELETE FROM events WHERE idx = 1', 'damaged'],
    ['a lost event in the middle', 'DROP TRIGGER events_never_vanish; DELETE FROM events WHERE idx = 0', 'index 0 is missing'],
    ['an edited event', `DROP TRIGGER events_never_change; UPDATE events SET bytes = x'7b' WHERE idx = 1`, 'index 1 are no record'],
    ['events with each other\'s bytes', `${FREELY} UPDATE events SET bytes = (SELECT other.bytes FROM events other WHERE other.idx = 1 - events.idx)`, 'bytes of index 0'],
    ['an event moved to another stream', `${FREELY} UPDATE events SET stream = 'b-1', version = 0 WHERE idx = 1`, 'bytes of index 1'],
    ['an event moved to another case', `${FREELY} UPDATE events SET correlation = 'x' WHERE idx = 1`, 'bytes of index 1'],
    ['a stream without its beginning', `${FREELY} UPDATE events SET version = 2, bytes = CAST(replace(CAST(bytes AS TEXT), '"version":1}', '"version":2}') AS BLOB) WHERE idx = 1`, 'lacks a version'],
    ['a head that is too old', `UPDATE head SET recorded_at = '2001-01-01T00:00:00.000Z'`, 'older than its last event'],
    ['a head set back', 'UPDATE head SET next = 1', 'its head says 1 events, the last index says 2'],
    ['an event that was added beside the store', `INSERT INTO events (idx, stream, version, correlation, type, bytes) SELECT 2, 'c', 0, correlation, type, bytes FROM events WHERE idx = 1`, 'head says 2 events'],
    ['a newer version', 'PRAGMA user_version = 99', 'newer version'],
    ['another application', 'PRAGMA application_id = 7', 'not one of an event log'],
  ])('is not opened over %s, and the lock is free afterwards', async (_, sql, message) => {
    await tampering(sql);
    await expect(place.open()).rejects.toThrow(message);
    await expect(place.open()).rejects.toThrow(message);
  });

  it('when the disk is full: acknowledges nobody of the group, stops, says so, and holds what it acknowledged before', async () => {
    const db = openDatabase(place.file, 'intake');
    const store = new SqliteStore('intake', db, () => '2026-03-02T01:30:00.000Z', decode, () => {});
    await store.append(anAppend({ commandId: 'kept' }));
    db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true })) + 1}`);
    const wakes: number[] = [];
    store.subscribe((head) => wakes.push(head));
    const large = { events: [anEvent({ data: { text: 'x'.repeat(50_000) } })] };
    const group = await Promise.allSettled([
      store.append(anAppend({ stream: 'small-1', commandId: 'small' })), store.append(anAppend({ stream: 'large-1', ...large })),
    ]);
    expect(group.map((result) => result.status === 'rejected' && result.reason instanceof StoreUnavailable)).toEqual([true, true]);
    expect(store.status()).toEqual({ accepting: false, reason: expect.stringContaining('SQLITE_FULL') as string });
    await expect(store.append(anAppend({ stream: 'later-1' }))).rejects.toThrow(StoreUnavailable);
    await expect(store.markInbox({ source: 'quality', index: 0 })).rejects.toThrow(StoreUnavailable);
    expect([await store.head(), wakes]).toEqual([1, []]);
    await store.close();

    const reopened = await place.open();
    expect(reopened.status()).toEqual({ accepting: true });
    expect(await reopened.findCommand('kept')).not.toBeNull();
    expect(await reopened.findCommand('small')).toBeNull();
    expect(await reopened.append(anAppend({ stream: 'small-1', commandId: 'small' }))).toMatchObject({ record: { firstIndex: 1 } });
    await reopened.close();
  });

  it('when a defect ends a group half-way: nothing of it is kept, and the next append takes the index it would have had', async () => {
    const readings = ['2026-03-02T01:30:00.000Z', 'half past nine'];
    const store = await place.open(() => readings.shift() ?? '2026-03-02T01:30:01.000Z');
    const group = await Promise.allSettled([store.append(anAppend({ stream: 'a-1' })), store.append(anAppend({ stream: 'a-2' }))]);
    expect(group.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await store.append(anAppend({ stream: 'a-3' }))).toMatchObject({ record: { firstIndex: 0, recordedAt: '2026-03-02T01:30:01.000Z' } });
    expect((await store.readLog(0, 9)).map(({ event }) => event.stream)).toEqual(['a-3']);
    await store.close();
  });

  it('when another program holds the file: refuses for now and takes the retry, with no index lost', async () => {
    const db = openDatabase(place.file, 'intake');
    db.pragma('busy_timeout = 1');
    const store = new SqliteStore('intake', db, () => '2026-03-02T01:30:00.000Z', decode, () => {});
    const other = new Database(place.file);
    other.exec('BEGIN IMMEDIATE');
    await expect(store.append(anAppend({ commandId: 'a' }))).rejects.toThrow(StoreUnavailable);
    expect(store.status()).toEqual({ accepting: true });
    other.exec('ROLLBACK');
    other.close();
    expect(await store.append(anAppend({ commandId: 'a' }))).toMatchObject({ outcome: 'appended', record: { firstIndex: 0 } });
    await store.close();
  });
});
