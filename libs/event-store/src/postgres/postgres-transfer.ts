import type { Client } from 'pg';
import type { CommandRecord, QuarantineEntry } from '../port.js';
import type { InboxState, StoreTransfer, TransferPart } from '../transfer.js';
import { commandOf, commandValues, entryValues, toName } from './encode.js';
import { continued } from './continued.js';
import type { Reader } from './reader.js';
import * as sql from './statements.js';
import { writeRecords } from './transaction.js';
import { Refused } from './trouble.js';
import type { Writer } from './writer.js';

export class PostgresTransfer implements StoreTransfer {
  constructor(private readonly log: string, private readonly writer: Writer, private readonly reader: Reader) {}

  async commands(afterId: string | null, limit: number): Promise<readonly CommandRecord[]> {
    return (await this.reader.ask(sql.commandsAfter, toName(afterId ?? ''), limit)).map(commandOf);
  }

  async inbox(): Promise<readonly InboxState[]> {
    return (await this.reader.ask(sql.inboxStates)).map(({ source, next, ahead }) => ({ source: source.toString('utf8'), next, ahead: ahead.map(Number) }));
  }

  async begin(): Promise<void> {
    await this.writer.exclusively(async (client, head) => {
      if (head.filling) return;
      const [traces] = await sql.ask(client, sql.traces);
      if (head.next > 0 || traces?.any !== false) throw new Refused(`The log "${this.log}" was worked on: only an empty one can be filled`);
      await sql.ask(client, sql.setFilling, true);
    });
    this.writer.filling = true;
  }

  async take(part: TransferPart): Promise<void> {
    await this.writer.exclusively(async (client, head) => {
      if (!head.filling) throw new Refused(`The log "${this.log}" is not being filled`);
      switch (part.kind) {
        case 'events': return this.takeEvents(client, head, part.events);
        case 'commands': return takeCommands(client, head, part.commands);
        case 'inbox': return takeInbox(client, part.states);
        case 'quarantine': return takeQuarantined(client, part.entries);
      }
    });
  }

  async finish(): Promise<void> {
    await this.writer.exclusively(async (client) => { await sql.ask(client, sql.setFilling, false); });
    this.writer.filling = false;
  }

  private async takeEvents(client: Client, head: sql.HeadRow, records: readonly Uint8Array[]): Promise<void> {
    const { events, recordedAt } = await continued(records, this.log, head, async (streams) => sql.ask(client, sql.versionsOf, streams));
    await writeRecords(client, { from: head, events, commands: [], next: head.next + events.length, recordedAt });
  }
}

/** A receipt also holds the clock's floor: a command without events may be the last thing that happened. */
async function takeCommands(client: Client, head: sql.HeadRow, commands: readonly CommandRecord[]): Promise<void> {
  const [differing] = await sql.ask(client, sql.takeCommands, ...commandValues(commands));
  if (differing?.differing !== 0) throw new Refused('The log already holds another receipt of a command id');
  const latest = commands.reduce((last, { recordedAt }) => (recordedAt > last ? recordedAt : last), head.recordedAt);
  await sql.ask(client, sql.moveClock, latest);
}

async function takeInbox(client: Client, states: readonly InboxState[]): Promise<void> {
  const marks = states.flatMap(({ source, ahead }) => ahead.map((index) => ({ source, index })));
  await sql.ask(client, sql.takePositions, states.map(({ source }) => toName(source)), states.map(({ next }) => next));
  await sql.ask(client, sql.takeAhead, marks.map(({ source }) => toName(source)), marks.map(({ index }) => index));
}

async function takeQuarantined(client: Client, entries: readonly QuarantineEntry[]): Promise<void> {
  await sql.ask(client, sql.keepInQuarantine, ...entryValues(entries));
}
