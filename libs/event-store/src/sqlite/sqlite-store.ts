import type Database from 'better-sqlite3';
import type { Decode } from '../decode.js';
import { recordBytes } from '../envelope.js';
import { neverBefore, type Now } from '../log-clock.js';
import {
  StoreUnavailable, type AppendRequest, type AppendResult, type CommandRecord, type EventStore, type InboxMark,
  type QuarantineEntry, type StoredEvent, type StoreStatus,
} from '../port.js';
import { prepareAppend, requireMark, requirePosition, type PreparedAppend } from '../prepared-append.js';
import type { StoreTransfer } from '../transfer.js';
import { Subscribers } from '../subscribers.js';
import { GroupCommit } from './group-commit.js';
import { Inbox } from './inbox.js';
import { prepareStatements, type EventRow, type Statements } from './statements.js';
import { isBusy, sqliteCode } from './writer-lock.js';

interface Head { readonly next: number; readonly recordedAt: string }

/** Needs to be the only writer of `db`: it keeps the head in memory between commits. */
export class SqliteStore implements EventStore {
  private readonly sql: Statements;
  private readonly commits: GroupCommit;
  private readonly inbox: Inbox;
  private readonly subscribers = new Subscribers();
  private durable: Head;
  private pending: Head;

  constructor(
    readonly log: string, private readonly db: Database.Database, private readonly now: Now, private readonly decode: Decode,
    private readonly closed: () => void,
  ) {
    this.sql = prepareStatements(db);
    this.inbox = new Inbox(this.sql);
    this.durable = this.pending = this.sql.head.get() as Head;
    this.commits = new GroupCommit({
      begin: () => { this.sql.begin.run(); },
      commit: () => { this.sql.commit.run(); },
      rollback: () => {
        this.pending = this.durable;
        if (db.inTransaction) this.sql.rollback.run();
      },
      committed: () => { this.settle(); },
    });
  }

  async append(request: AppendRequest): Promise<AppendResult> {
    const prepared = prepareAppend(this.log, request);
    return this.commits.run(() => this.record(prepared));
  }

  async findCommand(commandId: string): Promise<CommandRecord | null> {
    return this.read(() => this.sql.findCommand.get(commandId) ?? null);
  }

  async readStream(stream: string, fromVersion: number, limit: number): Promise<readonly StoredEvent[]> {
    requireRange(fromVersion, limit);
    return this.read(() => this.sql.readStream.all(stream, fromVersion, limit).map(this.stored));
  }

  async readLog(fromIndex: number, limit: number): Promise<readonly StoredEvent[]> {
    requireRange(fromIndex, limit);
    return this.read(() => this.sql.readLog.all(fromIndex, limit).map(this.stored));
  }

  async readBytes(fromIndex: number, limit: number): Promise<readonly Uint8Array[]> {
    requireRange(fromIndex, limit);
    return this.read(() => this.sql.readLog.all(fromIndex, limit).map(({ bytes }) => bytes));
  }

  async readCorrelation(correlationId: string, fromIndex: number, limit: number): Promise<readonly StoredEvent[]> {
    requireRange(fromIndex, limit);
    return this.read(() => this.sql.readCorrelation.all(correlationId, fromIndex, limit).map(this.stored));
  }

  async head(): Promise<number> {
    return this.read(() => this.durable.next);
  }

  async headAt(instant: string): Promise<number> {
    return this.read(() => firstAfter(this.durable.next, (index) => this.recordedAt(index) > instant));
  }

  async inboxPosition(source: string): Promise<number> {
    return this.read(() => this.inbox.position(source));
  }

  async inboxSeen(mark: InboxMark): Promise<boolean> {
    return this.read(() => this.inbox.seen(mark));
  }

  async markInbox({ source, index }: InboxMark): Promise<void> {
    requireMark({ source, index });
    return this.commits.run(() => { this.inbox.mark({ source, index }); });
  }

  async quarantine(entry: QuarantineEntry): Promise<void> {
    requireMark(entry);
    const { source, index, type, reason, at } = entry;
    const bytes = Buffer.from(entry.bytes);
    return this.commits.run(() => {
      this.sql.quarantine.run(source, index, type, reason, bytes, at);
      this.inbox.mark({ source, index });
    });
  }

  async quarantined(): Promise<readonly QuarantineEntry[]> {
    return this.read(() => this.sql.quarantined.all());
  }

  async releaseFromQuarantine({ source, index }: InboxMark): Promise<void> {
    requireMark({ source, index });
    return this.commits.run(() => { this.sql.release.run(source, index); });
  }

  subscribe(wake: (head: number) => void): () => void {
    return this.subscribers.add(wake);
  }

  status(): StoreStatus {
    const reason = this.commits.stopped;
    return reason === null ? { accepting: true } : { accepting: false, reason };
  }

  transfer(): StoreTransfer {
    throw new Error('this engine does not move logs yet');
  }

  async close(): Promise<void> {
    if (!this.db.open) return;
    this.commits.close();
    this.db.close();
    this.closed();
  }

  /** Runs inside the transaction; reads the stream's version there, so that it sees what its group wrote before it. */
  private record(request: PreparedAppend): AppendResult {
    const known = this.sql.findCommand.get(request.commandId);
    if (known !== undefined) return this.recognise(known, request);
    const actualVersion = this.sql.versionOf.get(request.stream) as number;
    if (actualVersion !== request.expectedVersion) return { outcome: 'conflict', actualVersion };
    const record = this.write(request, actualVersion);
    this.settleMessages(request);
    return { outcome: 'appended', record };
  }

  private recognise(record: CommandRecord, request: PreparedAppend): AppendResult {
    if (record.fingerprint !== request.fingerprint) return { outcome: 'command-id-reused', record };
    this.settleMessages(request);
    return { outcome: 'repeated', record };
  }

  private settleMessages({ inbox, releases }: PreparedAppend): void {
    if (inbox !== null) this.inbox.mark(inbox);
    if (releases !== null) this.sql.release.run(releases.source, releases.index);
  }

  private write({ stream, commandId, fingerprint, events }: PreparedAppend, actualVersion: number): CommandRecord {
    const { insertEvent, insertCommand, moveHead } = this.sql;
    const recordedAt = neverBefore(this.pending.recordedAt, this.now);
    const firstIndex = this.pending.next;
    let nextIndex = firstIndex;
    let version = actualVersion;
    for (const event of events.each) {
      version += 1;
      insertEvent.run(nextIndex, stream, version, event.correlationId, event.type, recordBytes(events.block, event, nextIndex, version, recordedAt));
      nextIndex += 1;
    }
    insertCommand.run(commandId, fingerprint, stream, version, firstIndex, nextIndex, recordedAt);
    moveHead.run(nextIndex, recordedAt);
    this.pending = { next: nextIndex, recordedAt };
    return { commandId, fingerprint, stream, version, firstIndex, nextIndex, recordedAt };
  }

  private recordedAt(index: number): string {
    const [row] = this.sql.readLog.all(index, 1);
    if (!row) throw new Error(`index ${index} is missing in the log`);
    return this.decode(row.bytes).recordedAt;
  }

  private readonly stored = ({ idx, bytes }: EventRow): StoredEvent => ({ index: idx, bytes, event: this.decode(bytes) });

  private settle(): void {
    const grown = this.pending.next > this.durable.next;
    this.durable = this.pending;
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

/** First of 0 … `end` for which `isAfter` holds, or `end`; it must hold for all behind the first. */
function firstAfter(end: number, isAfter: (index: number) => boolean): number {
  let from = 0;
  for (let to = end; from < to;) {
    const middle = Math.floor((from + to) / 2);
    if (isAfter(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}

function requireRange(from: number, limit: number): void {
  requirePosition(from, 'from');
  requirePosition(limit, 'limit');
}

