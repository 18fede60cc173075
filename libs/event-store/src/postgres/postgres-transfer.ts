import type { Client } from 'pg';
import type { CommandRecord, QuarantineEntry } from '../port.js';
import { begun, departureText, fenced, finished, left, standingOf, stayed, takesTransfer, type Departure, type Standing } from '../standing.js';
import type { InboxState, StoreTransfer, TransferPart } from '../transfer.js';
import { commandOf, commandValues, entryValues, toName } from './encode.js';
import { continued } from './continued.js';
import type { Reader } from './reader.js';
import * as sql from './statements.js';
import { writeRecords } from './transaction.js';
import { Refused, sqlState } from './trouble.js';
import type { Writer } from './writer.js';

export class PostgresTransfer implements StoreTransfer {
  constructor(private readonly log: string, private readonly writer: Writer, private readonly reader: Reader) {}

  async commands(afterId: string | null, limit: number): Promise<readonly CommandRecord[]> {
    return (await this.reader.ask(sql.commandsAfter, toName(afterId ?? ''), limit)).map(commandOf);
  }

  async inbox(): Promise<readonly InboxState[]> {
    return (await this.reader.ask(sql.inboxStates)).map(({ source, next, ahead }) => ({ source: source.toString('utf8'), next, ahead: ahead.map(Number) }));
  }

  async standing(): Promise<Standing> {
    const [head] = await this.reader.ask(sql.readStanding);
    return standingOf(head?.filling ?? true, head?.departure ?? null);
  }

  async begin(): Promise<void> {
    await this.change((standing, head, traces) => begun(standing, this.log, () => head.next === 0 && !traces));
  }

  async take(part: TransferPart): Promise<void> {
    await this.writer.exclusively(async (client, head) => {
      if (!takesTransfer(standingOf(head.filling, head.departure))) throw new Refused(`The log "${this.log}" is not being filled`);
      switch (part.kind) {
        case 'events': return this.takeEvents(client, head, part.events);
        case 'commands': return takeCommands(client, head, part.commands);
        case 'inbox': return takeInbox(client, part.states);
        case 'quarantine': return takeQuarantined(client, part.entries);
      }
    });
  }

  async finish(): Promise<void> {
    await this.change((standing) => finished(standing, this.log));
  }

  async fence(departure: Departure): Promise<Departure> {
    return this.change((standing) => fenced(standing, this.log, departure));
  }

  async leave(departure: Departure, events: number): Promise<void> {
    await this.change((standing, { next }) => left(standing, this.log, departure, { at: next, copied: events }));
  }

  async stay(): Promise<void> {
    await this.change((standing) => stayed(standing, this.log));
  }

  /** Under the lock of the head, so that every instance either recorded before it or finds it. */
  private async change<To extends Standing>(next: (standing: Standing, head: sql.HeadRow, traces: boolean) => To): Promise<To> {
    const changed = await this.writer.exclusively(async (client, head) => {
      const [traces] = await sql.ask(client, sql.traces);
      const to = allowed(() => next(standingOf(head.filling, head.departure), head, traces?.any !== false));
      await sql.ask(client, sql.setStanding, to.state !== 'open', departureText(to)).catch(ownersOnly);
      return to;
    });
    this.writer.standing = changed;
    return changed;
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
  await sql.ask(client, sql.forgetAhead, states.map(({ source }) => toName(source)));
  await sql.ask(client, sql.takePositions, states.map(({ source }) => toName(source)), states.map(({ next }) => next));
  await sql.ask(client, sql.takeAhead, marks.map(({ source }) => toName(source)), marks.map(({ index }) => index));
}

async function takeQuarantined(client: Client, entries: readonly QuarantineEntry[]): Promise<void> {
  await sql.ask(client, sql.releaseAll);
  await sql.ask(client, sql.keepInQuarantine, ...entryValues(entries));
}

function allowed<T>(change: () => T): T {
  try {
    return change();
  } catch (error) {
    throw new Refused(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function ownersOnly(error: unknown): never {
  if (sqlState(error) !== '42501') throw error;
  throw new Refused('Only the owner of the database moves a log: give his url', { cause: error });
}
