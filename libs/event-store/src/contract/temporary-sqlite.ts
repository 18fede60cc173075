import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { decode } from '../decode.js';
import { systemNow } from '../log-clock.js';
import { openDatabase } from '../sqlite/open-database.js';
import { openSqliteStore } from '../sqlite/open-sqlite-store.js';
import { SqliteStore } from '../sqlite/sqlite-store.js';
import { lockForWriting } from '../sqlite/writer-lock.js';
import type { Place, Tampering } from './place.js';

const LOG = 'intake';
/** What a killed process leaves; the shared-memory index is built anew from the write-ahead log. */
const LEFT_BEHIND = ['', '-wal'];

/** A log file of its own that disappears with the test. */
export function temporaryPlace(transactions: Transactions = 'kept'): Place & { readonly file: string } {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-store-'));
  const file = join(folder, 'intake.db');
  return {
    file,
    open: async (now) => openSqliteStore({ file, log: LOG, now }),
    openDying: async (afterStatements, now = systemNow) => {
      const lock = lockForWriting(file);
      const { db, dieAfter } = dyingDatabase(file, transactions);
      const store = new SqliteStore(LOG, db, now, decode, lock.release);
      dieAfter(afterStatements);
      return store;
    },
    openForTransfer: async () => openSqliteStore({ file, log: LOG, forTransfer: true }),
    tamper: tamperings(file),
    remove: async () => { rmSync(folder, { recursive: true, force: true }); },
  };
}

function tamperings(file: string): Record<Tampering, () => Promise<void>> {
  const by = (sql: string) => async () => {
    const db = new Database(file);
    try {
      db.exec(sql);
    } catch (error) {
      throw new Error(String(error), { cause: error });
    } finally {
      db.close();
    }
  };
  return {
    edit: by(`UPDATE events SET bytes = CAST(replace(CAST(bytes AS TEXT), '"quantity":3', '"quantity":4') AS BLOB) WHERE idx = 1`),
    delete: by('DELETE FROM events WHERE idx = 1'),
    reorder: by('UPDATE events SET idx = 9 WHERE idx = 1'),
    insert: by(`INSERT OR REPLACE INTO events (idx, stream, version, correlation, type, bytes) SELECT 1, 'c-1', 0, correlation, type, bytes FROM events WHERE idx = 1`),
    truncate: by('DELETE FROM events'),
    swap: by('UPDATE events SET bytes = (SELECT other.bytes FROM events other WHERE other.idx = 5 - events.idx) WHERE idx IN (2, 3)'),
  };
}

type Run = (...parameters: unknown[]) => unknown;

/**
 * The database as a process sees it that is killed before its (n+1)-th statement: at that moment the files are set
 * aside as they are, every further statement fails, and closing puts back what was set aside, so that nothing which the
 * connection does while it is torn down reaches the log.
 */
function dyingDatabase(file: string, transactions: Transactions): { readonly db: Database.Database; dieAfter(statements: number): void } {
  const db = openDatabase(file, LOG);
  let left = Infinity;
  let dead = false;
  const live = (): void => {
    if (!dead && left > 0) {
      left -= 1;
      return;
    }
    if (!dead) for (const end of LEFT_BEHIND) if (existsSync(file + end)) copyFileSync(file + end, `${file}${end}.at-death`);
    dead = true;
    throw Object.assign(new Error('the process is gone'), { code: 'SQLITE_IOERR_DEAD' });
  };
  const close = (): void => {
    db.close();
    if (!dead) return;
    for (const end of LEFT_BEHIND) {
      rmSync(file + end, { force: true });
      if (existsSync(`${file}${end}.at-death`)) copyFileSync(`${file}${end}.at-death`, file + end);
      rmSync(`${file}${end}.at-death`, { force: true });
    }
  };
  return {
    db: overlaid(db, { close, prepare: (sql: string) => mortal(bracket(db, sql, transactions), live) }),
    dieAfter: (statements) => { left = statements; },
  };
}

/** Two ways of losing a transaction, with which the suite is itself tried. */
type Transactions = 'kept' | 'missing' | 'answered too early';

function bracket(db: Database.Database, sql: string, transactions: Transactions): Database.Statement {
  const statement = db.prepare(sql);
  const isBracket = sql.startsWith('BEGIN') || sql.startsWith('COMMIT');
  if (transactions === 'missing' && isBracket) return overlaid(statement, { run: () => undefined });
  if (transactions === 'answered too early' && sql.startsWith('COMMIT')) return overlaid(statement, { run: () => { setImmediate(() => { if (db.open) statement.run(); }); } });
  return statement;
}

function mortal(statement: Database.Statement, live: () => void): Database.Statement {
  const guarded = (run: Run): Run => (...parameters) => {
    live();
    return run.apply(statement, parameters);
  };
  const { run, get, all } = statement as unknown as Record<'run' | 'get' | 'all', Run>;
  return overlaid(statement, { run: guarded(run), get: guarded(get), all: guarded(all), pluck: () => mortal(statement.pluck(), live) });
}

function overlaid<T extends object>(target: T, over: Readonly<Record<string, unknown>>): T {
  return new Proxy(target, {
    get: (_, name) => {
      if (typeof name === 'string' && name in over) return over[name];
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value as Run).bind(target) : value;
    },
  });
}
