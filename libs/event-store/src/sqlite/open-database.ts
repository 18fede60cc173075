import Database from 'better-sqlite3';
import { requireOpen, standingOf } from '../standing.js';
import { APPLICATION_ID, MIGRATIONS } from './schema.js';
import { requireSoundTail } from './sound-tail.js';

/** How long a commit waits for a backup or another reader that holds the file, in milliseconds. */
const BUSY_MS = 5_000;
const SYNCHRONOUS_FULL = 2;

/**
 * Opens and, if needed, creates or upgrades the file of one department's log.
 * @throws Error when the file is not ours, newer than this version, of another log, or cannot be made durable.
 */
export function openDatabase(file: string, log: string, forTransfer = false): Database.Database {
  const db = new Database(file, { timeout: BUSY_MS });
  try {
    refuseForeignFile(db, file);
    requireDurability(db);
    migrate(db, file);
    requireLog(db, file, log);
    if (!forTransfer) requireWorkable(db, file, log);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function refuseForeignFile(db: Database.Database, file: string): void {
  const id = db.pragma('application_id', { simple: true });
  const tables = db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get();
  if (id !== APPLICATION_ID && tables !== 0) throw new Error(`${file} is a database, but not one of an event log`);
}

/**
 * Without FULL a power cut loses acknowledged events. The driver reports FULL when WAL is first set and NORMAL after
 * the file is opened again, so the setting is made on every open and believed only when read back.
 */
function requireDurability(db: Database.Database): void {
  const mode = db.pragma('journal_mode = WAL', { simple: true });
  if (mode !== 'wal') throw new Error(`The file system does not allow write-ahead logging (journal mode is ${String(mode)})`);
  db.pragma('synchronous = FULL');
  const level = db.pragma('synchronous', { simple: true });
  if (level !== SYNCHRONOUS_FULL) throw new Error(`synchronous is ${String(level)} instead of FULL; the log would not be durable`);
  db.pragma('foreign_keys = ON');
  db.pragma('secure_delete = ON');
  db.pragma('recursive_triggers = ON');
}

function migrate(db: Database.Database, file: string): void {
  db.transaction(() => {
    const version = Number(db.pragma('user_version', { simple: true }));
    if (version > MIGRATIONS.length) throw new Error(`${file} was written by a newer version (schema ${version})`);
    if (version === MIGRATIONS.length) return;
    for (const step of MIGRATIONS.slice(version)) db.exec(step);
    db.pragma(`application_id = ${APPLICATION_ID}`);
    db.pragma(`user_version = ${MIGRATIONS.length}`);
  }).exclusive();
}

function requireLog(db: Database.Database, file: string, log: string): void {
  db.prepare(`INSERT INTO head (one, log, next, recorded_at) SELECT 1, ?, 0, '' WHERE NOT EXISTS (SELECT 1 FROM head)`).run(log);
  const head = db.prepare('SELECT log FROM head').get() as { log: string };
  if (head.log !== log) throw new Error(`${file} holds the log "${head.log}", not "${log}"`);
  requireSoundTail(db, file);
}

function requireWorkable(db: Database.Database, file: string, log: string): void {
  const { filling, departure } = db.prepare('SELECT filling, departure FROM head').get() as { filling: number; departure: string | null };
  requireOpen(standingOf(filling === 1, departure), log, file);
}
