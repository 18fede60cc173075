import type { Decode } from '../decode.js';
import {
  type AppendRequest, type AppendResult, type CommandRecord, type EventStore, type InboxMark, type QuarantineEntry, type StoredEvent, type StoreStatus,
} from '../port.js';
import { prepareAppend, requireMark, requirePosition } from '../prepared-append.js';
import type { StoreTransfer } from '../transfer.js';
import type { Job } from './decide-group.js';
import { commandOf, entryOf, toName } from './encode.js';
import { GroupQueue } from './group-queue.js';
import type { HeadWatch } from './head-watch.js';
import { PostgresTransfer } from './postgres-transfer.js';
import type { Reader } from './reader.js';
import * as sql from './statements.js';
import type { Writer } from './writer.js';

/** An entry of an index on PostgreSQL holds less than 2,704 bytes. */
const LONGEST_NAME = 2_000;

/** One of the instances of a department that work on one log. It trusts nothing that it remembers of the log. */
export class PostgresStore implements EventStore {
  private readonly queue: GroupQueue<Job, AppendResult | undefined>;
  private closing: Promise<void> | null = null;

  constructor(
    readonly log: string, private readonly writer: Writer, private readonly reader: Reader, private readonly watch: HeadWatch, private readonly decode: Decode,
  ) {
    this.queue = new GroupQueue((jobs) => writer.commit(jobs), sizeOf);
  }

  async append(request: AppendRequest): Promise<AppendResult> {
    const prepared = prepareAppend(this.log, request);
    requireIndexable(prepared.stream, ...prepared.events.each.map(({ correlationId }) => correlationId), prepared.inbox?.source ?? '');
    return await this.queue.add({ kind: 'append', request: prepared }) as AppendResult;
  }

  async findCommand(commandId: string): Promise<CommandRecord | null> {
    const [row] = await this.reader.ask(sql.commandsOf, [toName(commandId)]);
    return row ? commandOf(row) : null;
  }

  async readStream(stream: string, fromVersion: number, limit: number): Promise<readonly StoredEvent[]> {
    requireRange(fromVersion, limit);
    return (await this.reader.ask(sql.readStream, toName(stream), fromVersion, limit)).map(this.stored);
  }

  async readLog(fromIndex: number, limit: number): Promise<readonly StoredEvent[]> {
    requireRange(fromIndex, limit);
    return (await this.reader.ask(sql.readLog, fromIndex, limit)).map(this.stored);
  }

  async readBytes(fromIndex: number, limit: number): Promise<readonly Uint8Array[]> {
    requireRange(fromIndex, limit);
    return (await this.reader.ask(sql.readLog, fromIndex, limit)).map(({ bytes }) => bytes);
  }

  async readCorrelation(correlationId: string, fromIndex: number, limit: number): Promise<readonly StoredEvent[]> {
    requireRange(fromIndex, limit);
    return (await this.reader.ask(sql.readCorrelation, toName(correlationId), fromIndex, limit)).map(this.stored);
  }

  async head(): Promise<number> {
    return (await this.reader.ask(sql.readHead))[0]?.next ?? 0;
  }

  async headAt(instant: string): Promise<number> {
    return (await this.reader.ask(sql.headAt, instant))[0]?.at ?? 0;
  }

  async inboxPosition(source: string): Promise<number> {
    return (await this.reader.ask(sql.inboxNext, toName(source)))[0]?.next ?? 0;
  }

  async inboxSeen({ source, index }: InboxMark): Promise<boolean> {
    return (await this.reader.ask(sql.inboxSeen, toName(source), index)).length > 0;
  }

  async markInbox({ source, index }: InboxMark): Promise<void> {
    requireMark({ source, index });
    requireIndexable(source);
    await this.queue.add({ kind: 'mark', mark: { source, index } });
  }

  async quarantine(entry: QuarantineEntry): Promise<void> {
    requireMark(entry);
    requireIndexable(entry.source);
    await this.queue.add({ kind: 'quarantine', entry: { ...entry, bytes: Buffer.from(entry.bytes) } });
  }

  async quarantined(): Promise<readonly QuarantineEntry[]> {
    return (await this.reader.ask(sql.quarantined)).map(entryOf);
  }

  async releaseFromQuarantine({ source, index }: InboxMark): Promise<void> {
    requireMark({ source, index });
    await this.queue.add({ kind: 'release', mark: { source, index } });
  }

  subscribe(wake: (head: number) => void): () => void {
    return this.watch.subscribe(wake);
  }

  status(): StoreStatus {
    const reason = this.closing === null ? this.writer.stopped : 'The store is closed';
    return reason === null ? { accepting: true } : { accepting: false, reason };
  }

  transfer(): StoreTransfer {
    return new PostgresTransfer(this.log, this.writer, this.reader);
  }

  close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  private async end(): Promise<void> {
    await this.queue.close();
    this.watch.close();
    this.writer.close();
    await this.reader.close();
  }

  private readonly stored = ({ idx, bytes }: sql.EventRow): StoredEvent => ({ index: idx, bytes, event: this.decode(bytes) });
}

function sizeOf(job: Job): number {
  switch (job.kind) {
    case 'append': return job.request.events.block.length;
    case 'quarantine': return job.entry.bytes.length;
    case 'mark':
    case 'release': return 0;
  }
}

/** Refused here, because one name that is too long for an index would fail everything that shares its commit. */
function requireIndexable(...names: readonly string[]): void {
  if (names.some((name) => Buffer.byteLength(name) > LONGEST_NAME)) throw new RangeError(`A stream, case or source is named with more than ${LONGEST_NAME} bytes`);
}

function requireRange(from: number, limit: number): void {
  requirePosition(from, 'from');
  requirePosition(limit, 'limit');
}
