import type Database from 'better-sqlite3';
import type { CommandRecord, QuarantineEntry } from '../port.js';

export interface EventRow { readonly idx: number; readonly bytes: Buffer }
export type Statements = ReturnType<typeof prepareStatements>;

const COMMAND = `id AS commandId, fingerprint, stream, version, first_index AS firstIndex, next_index AS nextIndex, recorded_at AS recordedAt`;

/** One name for each question that is asked and each change that is made. */
export function prepareStatements(db: Database.Database) {
  return {
    begin: db.prepare('BEGIN IMMEDIATE'),
    commit: db.prepare('COMMIT'),
    rollback: db.prepare('ROLLBACK'),
    head: db.prepare<[], { next: number; recordedAt: string }>('SELECT next, recorded_at AS recordedAt FROM head'),
    moveHead: db.prepare<[number, string]>('UPDATE head SET next = ?, recorded_at = ?'),
    versionOf: db.prepare<[string], number>('SELECT coalesce(max(version), -1) FROM events WHERE stream = ?').pluck(),
    insertEvent: db.prepare<[number, string, number, string, string, Buffer]>(
      'INSERT INTO events (idx, stream, version, correlation, type, bytes) VALUES (?, ?, ?, ?, ?, ?)'),
    readStream: db.prepare<[string, number, number], EventRow>(
      'SELECT idx, bytes FROM events WHERE stream = ? AND version >= ? ORDER BY version LIMIT ?'),
    readLog: db.prepare<[number, number], EventRow>('SELECT idx, bytes FROM events WHERE idx >= ? ORDER BY idx LIMIT ?'),
    readCorrelation: db.prepare<[string, number, number], EventRow>(
      'SELECT idx, bytes FROM events WHERE correlation = ? AND idx >= ? ORDER BY idx LIMIT ?'),
    eventsFrom: db.prepare<[number], { type: string; bytes: Buffer }>('SELECT type, bytes FROM events WHERE idx >= ? ORDER BY idx'),
    findCommand: db.prepare<[string], CommandRecord>(`SELECT ${COMMAND} FROM commands WHERE id = ?`),
    insertCommand: db.prepare<[string, string, string, number, number, number, string]>(
      'INSERT INTO commands (id, fingerprint, stream, version, first_index, next_index, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?)'),
    inboxNext: db.prepare<[string], number>('SELECT next FROM inbox WHERE source = ?').pluck(),
    setInboxNext: db.prepare<[string, number]>(
      'INSERT INTO inbox (source, next) VALUES (?, ?) ON CONFLICT (source) DO UPDATE SET next = excluded.next'),
    isAhead: db.prepare<[string, number], number>('SELECT 1 FROM inbox_ahead WHERE source = ? AND idx = ?').pluck(),
    markAhead: db.prepare<[string, number]>('INSERT OR IGNORE INTO inbox_ahead (source, idx) VALUES (?, ?)'),
    forgetAhead: db.prepare<[string, number]>('DELETE FROM inbox_ahead WHERE source = ? AND idx = ?'),
    quarantine: db.prepare<[string, number, string, string, Uint8Array, string]>(
      `INSERT INTO quarantine (source, idx, type, reason, bytes, at) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (source, idx) DO UPDATE SET type = excluded.type, reason = excluded.reason, bytes = excluded.bytes, at = excluded.at`),
    quarantined: db.prepare<[], QuarantineEntry>(
      'SELECT source, idx AS "index", type, reason, bytes, at FROM quarantine ORDER BY source, idx'),
    // BINARY, the usual collation, compares UTF-8 bytes, which is the order of code points.
    commandsAfter: db.prepare<[string, number], CommandRecord>(`SELECT ${COMMAND} FROM commands WHERE id > ? ORDER BY id LIMIT ?`),
    inboxSources: db.prepare<[], string>('SELECT source FROM inbox UNION SELECT source FROM inbox_ahead ORDER BY source').pluck(),
    aheadOf: db.prepare<[string], number>('SELECT idx FROM inbox_ahead WHERE source = ? ORDER BY idx').pluck(),
    forgetAllAhead: db.prepare<[string]>('DELETE FROM inbox_ahead WHERE source = ?'),
    standing: db.prepare<[], { closed: number; departure: string | null }>('SELECT filling AS closed, departure FROM head'),
    setStanding: db.prepare<[number, string | null]>('UPDATE head SET filling = ?, departure = ?'),
    traces: db.prepare<[], number>(`SELECT (SELECT next FROM head) + EXISTS (SELECT 1 FROM commands) + EXISTS (SELECT 1 FROM inbox)
      + EXISTS (SELECT 1 FROM inbox_ahead) + EXISTS (SELECT 1 FROM quarantine)`).pluck(),
    releaseAll: db.prepare<[]>('DELETE FROM quarantine'),
    release: db.prepare<[string, number]>('DELETE FROM quarantine WHERE source = ? AND idx = ?'),
  };
}
