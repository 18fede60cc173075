import type Database from 'better-sqlite3';
import type { Decode } from '../decode.js';
import type { Now } from '../log-clock.js';
import {
  StoreUnavailable, type AppendRequest, type AppendResult, type CommandRecord, type EventStore, type InboxMark,
  type QuarantineEntry, type StoredEvent, type StoreStatus,
} from '../port.js';
import { prepareAppend, requireMark } from '../prepared-append.js';
import { whyClosed, type Standing } from '../standing.js';
import type { StoreTransfer } from '../transfer.js';
import { Subscribers } from '../subscribers.js';
import { GroupCommit } from './group-commit.js';
import { LogReader } from './log-reader.js';
import { LogTables, type Head } from './log-tables.js';
import { SqliteTransfer, standingIn } from './transfer.js';
import { prepareStatements, type Statements } from './statements.js';
import { isBusy, sqliteCode } from './writer-lock.js';

/** Needs to be the only writer of `db`: it keeps the head in memory between commits. */
export class SqliteStore implements EventStore {
  private readonly sql: Statements;
  private readonly tables: LogTables;
  private readonly reader: LogReader;
  private readonly commits: GroupCommit;
  private readonly subscribers = new Subscribers();
  private durable: Head;

  constructor(
    readonly log: string, private readonly db: Database.Database, now: Now, decode: Decode,
    private readonly closed: () => void,
  ) {
    this.sql = prepareStatements(db);
    this.tables = new LogTables(this.sql, now);
    this.reader = new LogReader(this.sql, decode);
    this.durable = this.tables.head;
    this.commits = new GroupCommit({
      begin: () => { this.sql.begin.run(); },
      commit: () => { this.sql.commit.run(); },
      rollback: () => {
        this.tables.head = this.durable;
        if (db.inTransaction) this.sql.rollback.run();
      },
      committed: () => { this.settle(); },
    });
    this.heed(standingIn(this.sql));
  }

  async append(request: AppendRequest): Promise<AppendResult> {
    const prepared = prepareAppend(this.log, request);
    return this.commits.run(() => this.tables.record(prepared));
  }

  async findCommand(commandId: string): Promise<CommandRecord | null> {
    return this.read(() => this.sql.findCommand.get(commandId) ?? null);
  }

  async readStream(stream: string, fromVersion: number, limit: number): Promise<readonly StoredEvent[]> {
    return this.read(() => this.reader.stream(stream, fromVersion, limit));
  }

  async readLog(fromIndex: number, limit: number): Promise<readonly StoredEvent[]> {
    return this.read(() => this.reader.log(fromIndex, limit));
  }

  async readBytes(fromIndex: number, limit: number): Promise<readonly Uint8Array[]> {
    return this.read(() => this.reader.bytes(fromIndex, limit));
  }

  async readCorrelation(correlationId: string, fromIndex: number, limit: number): Promise<readonly StoredEvent[]> {
    return this.read(() => this.reader.correlation(correlationId, fromIndex, limit));
  }

  async head(): Promise<number> {
    return this.read(() => this.durable.next);
  }

  async headAt(instant: string): Promise<number> {
    return this.read(() => this.reader.until(instant, this.durable.next));
  }

  async inboxPosition(source: string): Promise<number> {
    return this.read(() => this.tables.inbox.position(source));
  }

  async inboxSeen(mark: InboxMark): Promise<boolean> {
    return this.read(() => this.tables.inbox.seen(mark));
  }

  async markInbox({ source, index }: InboxMark): Promise<void> {
    requireMark({ source, index });
    return this.commits.run(() => { this.tables.inbox.mark({ source, index }); });
  }

  async quarantine(entry: QuarantineEntry): Promise<void> {
    requireMark(entry);
    const { source, index, type, reason, at } = entry;
    const kept = { source, index, type, reason, at, bytes: Buffer.from(entry.bytes) };
    return this.commits.run(() => { this.tables.quarantine(kept); });
  }

  async quarantined(): Promise<readonly QuarantineEntry[]> {
    return this.read(() => this.sql.quarantined.all());
  }

  async releaseFromQuarantine({ source, index }: InboxMark): Promise<void> {
    requireMark({ source, index });
    return this.commits.run(() => { this.tables.release({ source, index }); });
  }

  subscribe(wake: (head: number) => void): () => void {
    return this.subscribers.add(wake);
  }

  status(): StoreStatus {
    const reason = this.commits.stopped;
    return reason === null ? { accepting: true } : { accepting: false, reason };
  }

  transfer(): StoreTransfer {
    return new SqliteTransfer(this.log, this.db, this.sql, {
      changed: (standing) => { this.heed(standing); },
      taken: () => { this.durable = this.tables.head = this.sql.head.get() as Head; },
    });
  }

  async close(): Promise<void> {
    if (!this.db.open) return;
    this.commits.close();
    this.db.close();
    this.closed();
  }

  /** Once closed, only opening it again opens it. */
  private heed(standing: Standing): void {
    const reason = whyClosed(standing, this.log);
    if (reason !== null) this.commits.stop(reason);
  }

  private settle(): void {
    const grown = this.tables.head.next > this.durable.next;
    this.durable = this.tables.head;
    if (grown) this.subscribers.wakeAll(this.durable.next);
  }

  /** Reading stays possible after writing was stopped, because an operator needs to see what is there. */
  private read<T>(question: () => T): T {
    if (!this.db.open) throw new StoreUnavailable('The store is closed');
    try {
      return question();
    } catch (error) {
      const code = sqliteCode(error);
      if (code === null) throw error;
      if (!isBusy(error)) this.commits.stop(`The log cannot be read (${code})`);
      throw new StoreUnavailable(`The log cannot be read (${code})`, { cause: error });
    }
  }
}
