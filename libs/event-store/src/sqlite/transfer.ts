import type Database from 'better-sqlite3';
import { decode } from '../decode.js';
import type { CommandRecord, QuarantineEntry } from '../port.js';
import type { InboxState, StoreTransfer, TransferPart } from '../transfer.js';
import type { Statements } from './statements.js';

interface Head { readonly next: number; readonly recordedAt: string }

/** Both call back what the store keeps in memory. */
export interface Filling {
  begun(): void;
  taken(): void;
}

export class SqliteTransfer implements StoreTransfer {
  constructor(private readonly log: string, private readonly db: Database.Database, private readonly sql: Statements, private readonly filling: Filling) {}

  async commands(afterId: string | null, limit: number): Promise<readonly CommandRecord[]> {
    return this.sql.commandsAfter.all(afterId ?? '', limit);
  }

  async inbox(): Promise<readonly InboxState[]> {
    return this.sql.inboxSources.all().map((source) => ({ source, next: this.sql.inboxNext.get(source) ?? 0, ahead: this.sql.aheadOf.all(source) }));
  }

  async begin(): Promise<void> {
    this.whole(() => {
      if (this.isFilling()) return;
      if (this.sql.traces.get() !== 0) throw new Error(`The log "${this.log}" was worked on: only an empty one can be filled`);
      this.sql.setFilling.run(1);
    });
    this.filling.begun();
  }

  async take(part: TransferPart): Promise<void> {
    this.whole(() => {
      if (!this.isFilling()) throw new Error(`The log "${this.log}" is not being filled`);
      switch (part.kind) {
        case 'events': return this.takeEvents(part.events);
        case 'commands': return part.commands.forEach((command) => { this.takeCommand(command); });
        case 'inbox': return part.states.forEach((state) => { this.takeInbox(state); });
        case 'quarantine': return part.entries.forEach((entry) => { this.takeQuarantined(entry); });
      }
    });
    this.filling.taken();
  }

  async finish(): Promise<void> {
    this.whole(() => { this.sql.setFilling.run(0); });
  }

  private isFilling(): boolean {
    return this.sql.isFilling.get() === 1;
  }

  /** The columns come out of the bytes, so that the two cannot say different things. */
  private takeEvents(events: readonly Uint8Array[]): void {
    let { next, recordedAt } = this.sql.head.get() as Head;
    for (const bytes of events) {
      const event = decode(bytes);
      const version = (this.sql.versionOf.get(event.stream) as number) + 1;
      if (event.log !== this.log) throw new Error(`An event of the log "${event.log}" does not belong to "${this.log}"`);
      if (event.index !== next || event.version !== version) {
        throw new Error(`The event with index ${event.index} and version ${event.version} does not continue the log at ${next} and ${version}`);
      }
      if (event.recordedAt < recordedAt) throw new Error(`The event with index ${event.index} was recorded before the one in front of it`);
      this.sql.insertEvent.run(next, event.stream, version, event.correlationId, event.type, Buffer.from(bytes));
      next += 1;
      recordedAt = event.recordedAt;
    }
    this.sql.moveHead.run(next, recordedAt);
  }

  /** A receipt also holds the clock's floor: a command without events may be the last thing that happened. */
  private takeCommand(given: CommandRecord): void {
    const known = this.sql.findCommand.get(given.commandId);
    if (known) {
      if (!sameReceipt(known, given)) throw new Error('The log already holds another receipt of this command id');
      return;
    }
    const { next, recordedAt } = this.sql.head.get() as Head;
    this.sql.insertCommand.run(given.commandId, given.fingerprint, given.stream, given.version, given.firstIndex, given.nextIndex, given.recordedAt);
    if (given.recordedAt > recordedAt) this.sql.moveHead.run(next, given.recordedAt);
  }

  private takeInbox({ source, next, ahead }: InboxState): void {
    this.sql.setInboxNext.run(source, next);
    for (const index of ahead) this.sql.markAhead.run(source, index);
  }

  private takeQuarantined({ source, index, type, reason, bytes, at }: QuarantineEntry): void {
    this.sql.quarantine.run(source, index, type, reason, Buffer.from(bytes), at);
  }

  private whole(work: () => void): void {
    this.sql.begin.run();
    try {
      work();
      this.sql.commit.run();
    } catch (error) {
      if (this.db.inTransaction) this.sql.rollback.run();
      throw error;
    }
  }
}

function sameReceipt(one: CommandRecord, other: CommandRecord): boolean {
  return one.fingerprint === other.fingerprint && one.stream === other.stream && one.version === other.version
    && one.firstIndex === other.firstIndex && one.nextIndex === other.nextIndex && one.recordedAt === other.recordedAt;
}
