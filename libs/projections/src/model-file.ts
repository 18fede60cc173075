import { rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { quoted } from './table-sql.js';
import { codeOf } from './thrown.js';

/** The one row that says whose log the live tables fold, for which program, and how far they have come. */
export interface Mark {
  readonly log: string;
  readonly signature: string;
  /** Next log index to fold into the live tables, which all share it. */
  readonly position: number;
  /** Id of the event before `position`; tells a log that was restored from a backup from the one that was folded. */
  readonly lastEvent: string | null;
  /** Changes whenever a table is replaced, so that rows remembered from the earlier one are dropped. */
  readonly generation: string;
  /** JSON of the views that stopped. */
  readonly failures: string;
}

/** `live` is read by everybody, `kept` was put aside by the last switch, `returning` was kept and folds what it missed. */
export type Role = 'live' | 'kept' | 'returning';

/** One table of rows. The position of a live one is that of the mark; one that is filled from index 0 has no entry. */
export interface TableEntry {
  readonly view: string;
  readonly role: Role;
  readonly shape: string;
  readonly position: number;
  readonly lastEvent: string | null;
}

/** Another number means another layout of this file; its rows are then computed again. */
const LAYOUT = 2;

const SCHEMA = `
CREATE TABLE IF NOT EXISTS mark (
  one INTEGER PRIMARY KEY CHECK (one = 1), log TEXT NOT NULL, signature TEXT NOT NULL, position INTEGER NOT NULL,
  lastEvent TEXT, generation TEXT NOT NULL, failures TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS tables (
  view TEXT NOT NULL, role TEXT NOT NULL CHECK (role IN ('live', 'kept', 'returning')), shape TEXT NOT NULL,
  position INTEGER NOT NULL, lastEvent TEXT, PRIMARY KEY (view, role)) STRICT`;

/** Opens the file of read models. It is a copy: an unreadable one is thrown away and computed again. */
export function openModelFile(file: string): Database.Database {
  try {
    return connect(file);
  } catch (error) {
    if (!['SQLITE_NOTADB', 'SQLITE_CORRUPT'].includes(codeOf(error))) throw error;
    for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
    return connect(file);
  }
}

function connect(file: string): Database.Database {
  const db = new Database(file);
  try {
    db.pragma('busy_timeout = 5000');
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    db.pragma('wal_autocheckpoint = 4000');
    db.transaction(() => {
      if (db.pragma('user_version', { simple: true }) !== LAYOUT) dropTables(db, () => true);
      db.exec(SCHEMA);
      db.pragma(`user_version = ${LAYOUT}`);
    }).immediate();
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

export function readMark(db: Database.Database): Mark | null {
  return db.prepare<[], Mark>('SELECT log, signature, position, lastEvent, generation, failures FROM mark').get() ?? null;
}

export function readTables(db: Database.Database): readonly TableEntry[] {
  return db.prepare<[], TableEntry>('SELECT view, role, shape, position, lastEvent FROM tables').all();
}

export function writeEntry(db: Database.Database, { view, role, shape, position, lastEvent }: TableEntry): void {
  db.prepare('INSERT OR REPLACE INTO tables (view, role, shape, position, lastEvent) VALUES (?, ?, ?, ?, ?)').run(view, role, shape, position, lastEvent);
}

export function removeEntry(db: Database.Database, view: string, role: Role): void {
  db.prepare('DELETE FROM tables WHERE view = ? AND role = ?').run(view, role);
}

export function dropTables(db: Database.Database, which: (name: string) => boolean): void {
  const names = db.prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'`).pluck().all();
  for (const name of names) if (which(name)) db.exec(`DROP TABLE ${quoted(name)}`);
}

export function renameTable(db: Database.Database, from: string, to: string): void {
  db.exec(`ALTER TABLE ${quoted(from)} RENAME TO ${quoted(to)}`);
}

let made = 0;
/** Short, and unlike any other made on this machine: it becomes part of table and index names. */
export function newGeneration(): string {
  made += 1;
  return `${process.pid.toString(36)}x${Date.now().toString(36)}x${made.toString(36)}`;
}
