import { rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { createIndexSql, createTableSql, liveTable, quoted, signatureOf } from './table-sql.js';
import { codeOf } from './thrown.js';
import type { View } from './view.js';

/** The one row that says what the live tables are: whose log, which shapes, and how far they have come. */
export interface Mark {
  readonly log: string;
  readonly signature: string;
  /** Next log index to fold. */
  readonly position: number;
  /** Id of the event before `position`; tells a log that was restored from a backup from the one that was folded. */
  readonly lastEvent: string | null;
  /** Changes whenever the tables are replaced, so that rows remembered from the earlier ones are dropped. */
  readonly generation: string;
  /** JSON of the views that stopped. */
  readonly failures: string;
}

const MARK = `CREATE TABLE IF NOT EXISTS mark (
  one INTEGER PRIMARY KEY CHECK (one = 1), log TEXT NOT NULL, signature TEXT NOT NULL, position INTEGER NOT NULL,
  lastEvent TEXT, generation TEXT NOT NULL, failures TEXT NOT NULL) STRICT`;

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
    db.exec(MARK);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

export function readMark(db: Database.Database): Mark | null {
  return db.prepare<[], Mark>('SELECT log, signature, position, lastEvent, generation, failures FROM mark').get() ?? null;
}

/** Makes sure the live tables fit the views; when they do not, they are emptied and start again at index 0. */
export function fitTables(db: Database.Database, log: string, views: readonly View[]): void {
  db.transaction(() => {
    const mark = readMark(db);
    if (mark?.log !== log || mark.signature !== signatureOf(views)) emptyTables(db, log, views);
  }).immediate();
}

/** Drops every table of rows and starts at index 0. Runs inside the caller's transaction. */
export function emptyTables(db: Database.Database, log: string, views: readonly View[]): void {
  const generation = newGeneration();
  dropTables(db, (name) => name !== 'mark');
  for (const view of views) {
    db.exec(createTableSql(view, liveTable(view)));
    for (const sql of createIndexSql(view, liveTable(view), generation)) db.exec(sql);
  }
  db.prepare(`INSERT OR REPLACE INTO mark (one, log, signature, position, lastEvent, generation, failures) VALUES (1, ?, ?, 0, NULL, ?, '[]')`)
    .run(log, signatureOf(views), generation);
}

export function dropTables(db: Database.Database, which: (name: string) => boolean): void {
  const names = db.prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'`).pluck().all();
  for (const name of names) if (which(name)) db.exec(`DROP TABLE ${quoted(name)}`);
}

let made = 0;
/** Short, and unlike any other made on this machine: it becomes part of table and index names. */
export function newGeneration(): string {
  made += 1;
  return `${process.pid.toString(36)}x${Date.now().toString(36)}x${made.toString(36)}`;
}
