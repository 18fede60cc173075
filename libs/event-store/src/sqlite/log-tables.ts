import { recordBytes } from '../envelope.js';
import { neverBefore, type Now } from '../log-clock.js';
import type { AppendResult, CommandRecord, InboxMark, QuarantineEntry } from '../port.js';
import type { PreparedAppend } from '../prepared-append.js';
import { Inbox } from './inbox.js';
import type { Statements } from './statements.js';

export interface Head { readonly next: number; readonly recordedAt: string }

/** What requests do to the tables of a log. Everything here runs inside a transaction that the caller holds. */
export class LogTables {
  readonly inbox: Inbox;
  /** Where the log ends, with what the transaction has written so far. The owner sets it back when that is rolled back. */
  head: Head;

  constructor(private readonly sql: Statements, private readonly now: Now) {
    this.inbox = new Inbox(sql);
    this.head = this.sql.head.get() as Head;
  }

  /** Reads the stream's version here, so that it sees what its group wrote before it. */
  record(request: PreparedAppend): AppendResult {
    const known = this.sql.findCommand.get(request.commandId);
    if (known !== undefined) return this.recognise(known, request);
    const actualVersion = this.sql.versionOf.get(request.stream) as number;
    if (actualVersion !== request.expectedVersion) return { outcome: 'conflict', actualVersion };
    const record = this.write(request, actualVersion);
    this.settleMessages(request);
    return { outcome: 'appended', record };
  }

  quarantine(entry: QuarantineEntry): void {
    const { source, index, type, reason, at, bytes } = entry;
    this.sql.quarantine.run(source, index, type, reason, bytes, at);
    this.inbox.mark(entry);
  }

  release({ source, index }: InboxMark): void {
    this.sql.release.run(source, index);
  }

  private recognise(record: CommandRecord, request: PreparedAppend): AppendResult {
    if (record.fingerprint !== request.fingerprint) return { outcome: 'command-id-reused', record };
    this.settleMessages(request);
    return { outcome: 'repeated', record };
  }

  private settleMessages({ inbox, releases }: PreparedAppend): void {
    if (inbox !== null) this.inbox.mark(inbox);
    if (releases !== null) this.release(releases);
  }

  private write({ stream, commandId, fingerprint, events }: PreparedAppend, actualVersion: number): CommandRecord {
    const { insertEvent, insertCommand, moveHead } = this.sql;
    const recordedAt = neverBefore(this.head.recordedAt, this.now);
    const firstIndex = this.head.next;
    let nextIndex = firstIndex;
    let version = actualVersion;
    for (const event of events.each) {
      version += 1;
      insertEvent.run(nextIndex, stream, version, event.correlationId, event.type, recordBytes(events.block, event, nextIndex, version, recordedAt));
      nextIndex += 1;
    }
    insertCommand.run(commandId, fingerprint, stream, version, firstIndex, nextIndex, recordedAt);
    moveHead.run(nextIndex, recordedAt);
    this.head = { next: nextIndex, recordedAt };
    return { commandId, fingerprint, stream, version, firstIndex, nextIndex, recordedAt };
  }
}
