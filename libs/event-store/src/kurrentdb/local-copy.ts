import { rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { Decode } from '../decode.js';
import type { Now } from '../log-clock.js';
import { Fill } from '../sqlite/fill.js';
import { LogReader } from '../sqlite/log-reader.js';
import { LogTables, type Head } from '../sqlite/log-tables.js';
import { MIGRATIONS } from '../sqlite/schema.js';
import { prepareStatements, type Statements } from '../sqlite/statements.js';
import { whyClosed, type Standing } from '../standing.js';
import type { TransferPart } from '../transfer.js';
import { standingIn, type Commit } from './commit.js';

/** "AFTK": no log, and never to be opened as one. */
const APPLICATION_ID = 0x4146544b;

const FOLLOWS = `
  CREATE TABLE follows (one INTEGER PRIMARY KEY CHECK (one = 1), stream TEXT NOT NULL, revision INTEGER NOT NULL, entry TEXT NOT NULL,
    transfer TEXT NOT NULL, shape TEXT NOT NULL) STRICT;`;

interface Follows { readonly stream: string; readonly revision: number; readonly entry: string; readonly transfer: string; readonly shape: string }

/**
 * The department's stream as tables, so that a stream of events, a case or a receipt is found without a server-side index.
 * A copy: thrown away when it does not fit, and computed again. Changes are made on one connection and seen on
 * another, so that readers see whole commits only, however long the server takes to confirm one.
 */
export class LocalCopy {
  readonly tables: LogTables;
  readonly sql: Statements;
  readonly seen: Statements;
  readonly reader: LogReader;
  private readonly fill: Fill;
  private readonly setFollows: Database.Statement<[number, string, string]>;
  private readonly getFollows: Database.Statement<[], Follows>;

  private constructor(private readonly log: string, private readonly writing: Database.Database, private readonly reading: Database.Database, now: Now, decode: Decode) {
    this.sql = prepareStatements(writing);
    this.seen = prepareStatements(reading);
    this.tables = new LogTables(this.sql, now);
    this.reader = new LogReader(this.seen, decode);
    this.fill = new Fill(log, this.sql);
    this.setFollows = writing.prepare('UPDATE follows SET revision = ?, entry = ?, transfer = ?');
    this.getFollows = writing.prepare('SELECT * FROM follows');
  }

  static open(file: string, stream: string, log: string, now: Now, decode: Decode): LocalCopy {
    const writing = connect(file, stream, log) ?? connectAnew(file, stream, log);
    return new LocalCopy(log, writing, new Database(file, { readonly: true }), now, decode);
  }

  static discard(file: string): void {
    for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  }

  /** Revision of the last entry that the tables hold, and its id; -1 before the first. */
  get follows(): Follows {
    return this.getFollows.get() as Follows;
  }

  get standing(): Standing {
    return standingIn(this.follows.transfer);
  }

  /** Why the log may not be worked on, or null. */
  get closed(): string | null {
    return whyClosed(this.standing, this.log);
  }

  /** Applies what another program, or this one before a crash, has committed. */
  apply(commits: readonly Commit[], lastEntry: string): void {
    const last = commits.at(-1);
    if (!last) return;
    this.begin();
    try {
      for (const commit of commits) this.applyOne(commit);
      this.commit(last.revision, lastEntry, commits.findLast(({ note }) => note.transfer !== null)?.note.transfer ?? null);
    } catch (error) {
      this.rollback();
      throw error;
    }
  }

  begin(): void {
    this.sql.begin.run();
  }

  commit(revision: number, entry: string, transfer: string | null): void {
    this.setFollows.run(revision, entry, transfer ?? this.follows.transfer);
    this.sql.commit.run();
  }

  rollback(): void {
    if (this.writing.inTransaction) this.sql.rollback.run();
    this.tables.head = this.seen.head.get() as Head;
  }

  close(): void {
    this.writing.close();
    this.reading.close();
  }

  /** Inside the transaction. @throws Error for a commit that does not continue the log: then it is not ours, or not whole. */
  applyOne({ events, note }: Commit): void {
    this.take({ kind: 'events', events });
    this.take({ kind: 'commands', commands: note.receipts });
    this.take({ kind: 'inbox', states: note.positions });
    for (const mark of note.marks) this.tables.inbox.mark(mark);
    for (const entry of note.quarantined) this.tables.quarantine(entry);
    for (const mark of note.releases) this.tables.release(mark);
  }

  /** Inside the transaction. */
  take(part: TransferPart): void {
    this.fill.take(part);
    this.tables.head = this.sql.head.get() as Head;
  }
}

function connect(file: string, stream: string, log: string): Database.Database | null {
  const db = new Database(file);
  try {
    db.pragma('journal_mode = WAL');
    // A power cut may take the newest commits: the server still has them.
    db.pragma('synchronous = NORMAL');
    if (db.pragma('application_id', { simple: true }) === 0) create(db, stream, log);
    const follows = db.prepare('SELECT * FROM follows').get() as Follows;
    if (follows.stream === stream && follows.shape === shape()) return db;
  } catch {
    // Unreadable, or of another program: thrown away below.
  }
  db.close();
  return null;
}

function connectAnew(file: string, stream: string, log: string): Database.Database {
  LocalCopy.discard(file);
  const db = connect(file, stream, log);
  if (!db) throw new Error(`${file} cannot be used for the copy of the log`);
  return db;
}

function create(db: Database.Database, stream: string, log: string): void {
  db.transaction(() => {
    for (const step of MIGRATIONS) db.exec(step);
    db.exec(FOLLOWS);
    db.prepare(`INSERT INTO head (one, log, next, recorded_at) VALUES (1, ?, 0, '')`).run(log);
    db.prepare(`INSERT INTO follows VALUES (1, ?, -1, '', '', ?)`).run(stream, shape());
    db.pragma(`application_id = ${APPLICATION_ID}`);
  }).exclusive();
}

function shape(): string {
  return String(MIGRATIONS.length);
}
