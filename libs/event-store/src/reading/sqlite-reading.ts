import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { Decode } from '../decode.js';
import type { StoredEvent } from '../port.js';
import type { EventRow } from '../sqlite/statements.js';
import { LogUnreadable, type CaseReading, type CaseRecord } from './case-reading.js';

const BUSY_MS = 5_000;

/** @throws LogUnreadable */
export function readSqliteLog(file: string, log: string, decode: Decode): CaseReading {
  if (!existsSync(file)) throw new LogUnreadable(`there is no log ${file}`);
  try {
    const db = new Database(file, { readonly: true, timeout: BUSY_MS });
    try {
      const found = db.prepare<[], string>('SELECT log FROM head').pluck().get();
      if (found !== log) throw new LogUnreadable(`${file} holds the log "${found ?? ''}", not "${log}"`);
      return new SqliteReading(log, db, decode);
    } catch (error) {
      db.close();
      throw error;
    }
  } catch (error) {
    if (error instanceof LogUnreadable) throw error;
    throw new LogUnreadable(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

class SqliteReading implements CaseReading {
  private readonly ids: Database.Statement<[string, string, number], string>;
  private readonly cases: Database.Statement<[string, string], CaseRecord>;
  private readonly stream: Database.Statement<[string, number, number], EventRow>;

  constructor(readonly log: string, private readonly db: Database.Database, readonly decode: Decode) {
    this.ids = db.prepare<[string, string, number], string>('SELECT DISTINCT correlation FROM events WHERE correlation > ? AND correlation < ? ORDER BY correlation LIMIT ?').pluck();
    // As text: to give a record away as bytes and make text of them afterwards takes longer than reading it.
    this.cases = db.prepare('SELECT correlation AS caseId, CAST(bytes AS TEXT) AS stored FROM events WHERE correlation BETWEEN ? AND ? ORDER BY correlation, idx');
    this.stream = db.prepare('SELECT idx, bytes FROM events WHERE stream = ? AND version >= ? ORDER BY version LIMIT ?');
  }

  caseIds(after: string, before: string, limit: number): Promise<readonly string[]> {
    return Promise.resolve(this.ids.all(after, before, limit));
  }

  recordsOfCases(first: string, last: string): Promise<readonly CaseRecord[]> {
    return Promise.resolve(this.cases.all(first, last));
  }

  readStream(stream: string, fromVersion: number, limit: number): Promise<readonly StoredEvent[]> {
    return Promise.resolve(this.stream.all(stream, fromVersion, limit).map(this.stored));
  }

  close(): Promise<void> {
    this.db.close();
    return Promise.resolve();
  }

  private readonly stored = ({ idx, bytes }: EventRow): StoredEvent => ({ index: idx, bytes, event: this.decode(bytes) });
}
