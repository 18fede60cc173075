import { decode } from '../decode.js';
import type { CommandRecord, QuarantineEntry } from '../port.js';
import type { InboxState, TransferPart } from '../transfer.js';
import type { Head } from './log-tables.js';
import type { Statements } from './statements.js';

/** Writes what another store has recorded. Everything here runs inside a transaction that the caller holds. */
export class Fill {
  constructor(private readonly log: string, private readonly sql: Statements) {}

  /** @throws Error for what does not continue the log or contradicts it; the caller rolls back. */
  take(part: TransferPart): void {
    switch (part.kind) {
      case 'events': return this.takeEvents(part.events);
      case 'commands': return part.commands.forEach((command) => { this.takeCommand(command); });
      case 'inbox': return part.states.forEach((state) => { this.takeInbox(state); });
      case 'quarantine': return this.takeQuarantine(part.entries);
    }
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
    this.sql.forgetAllAhead.run(source);
    for (const index of ahead) this.sql.markAhead.run(source, index);
  }

  private takeQuarantine(entries: readonly QuarantineEntry[]): void {
    this.sql.releaseAll.run();
    for (const { source, index, type, reason, bytes, at } of entries) this.sql.quarantine.run(source, index, type, reason, Buffer.from(bytes), at);
  }
}

function sameReceipt(one: CommandRecord, other: CommandRecord): boolean {
  return one.fingerprint === other.fingerprint && one.stream === other.stream && one.version === other.version
    && one.firstIndex === other.firstIndex && one.nextIndex === other.nextIndex && one.recordedAt === other.recordedAt;
}
