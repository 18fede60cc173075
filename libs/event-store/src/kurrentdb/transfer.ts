import { decode } from '../decode.js';
import type { CommandRecord, QuarantineEntry } from '../port.js';
import { inboxStates } from '../sqlite/inbox.js';
import type { InboxState, StoreTransfer, TransferPart } from '../transfer.js';
import { entriesOf, NOTHING, type EventToCommit, type Note } from './commit.js';
import { MOST_BYTES } from './commit-loop.js';
import type { FencedStream } from './fenced-stream.js';
import type { LocalCopy } from './local-copy.js';

const MOST_MARKS = 10_000;

/** Fills the stream of a log opened for that, piece by piece; their notes say that the log is not to be worked on yet. */
export class KurrentDbTransfer implements StoreTransfer {
  constructor(private readonly remote: FencedStream, private readonly copy: LocalCopy, private readonly begun: () => void) {}

  async commands(afterId: string | null, limit: number): Promise<readonly CommandRecord[]> {
    return this.copy.seen.commandsAfter.all(afterId ?? '', limit);
  }

  async inbox(): Promise<readonly InboxState[]> {
    return inboxStates(this.copy.seen);
  }

  async begin(): Promise<void> {
    const { revision, transfer } = this.copy.follows;
    if (revision >= 0 && transfer !== 'begun') throw new Error('The log was worked on: only an empty one can be filled');
    if (transfer !== 'begun') await this.put([], { ...NOTHING, transfer: 'begun' }, []);
    this.begun();
  }

  async take(part: TransferPart): Promise<void> {
    if (this.copy.follows.transfer !== 'begun') throw new Error('The log is not being filled');
    switch (part.kind) {
      case 'events': return this.takeEvents(part.events);
      case 'commands': return this.put([], { ...NOTHING, receipts: part.commands }, [part]);
      case 'inbox': return this.takeInbox(part.states);
      case 'quarantine': return this.takeQuarantine(part.entries);
    }
  }

  async finish(): Promise<void> {
    if (this.copy.follows.transfer === 'begun') await this.put([], { ...NOTHING, transfer: 'finished' }, []);
  }

  /** Tried out as a whole first, because the server gets a large batch in pieces. */
  private async takeEvents(events: readonly Uint8Array[]): Promise<void> {
    this.tryOut({ kind: 'events', events });
    let piece: EventToCommit[] = [];
    let size = 0;
    const put = () => this.put(piece, NOTHING, [{ kind: 'events', events: piece.map(({ bytes }) => bytes) }]);
    for (const bytes of events) {
      if (size > 0 && size + bytes.length > MOST_BYTES) {
        await put();
        [piece, size] = [[], 0];
      }
      piece.push({ type: decode(bytes).type, bytes });
      size += bytes.length;
    }
    if (piece.length > 0) await put();
  }

  private async takeInbox(states: readonly InboxState[]): Promise<void> {
    for (const { source, next, ahead } of states) {
      for (let from = 0; from === 0 || from < ahead.length; from += MOST_MARKS) {
        const piece = [{ source, next, ahead: ahead.slice(from, from + MOST_MARKS) }];
        await this.put([], { ...NOTHING, positions: piece }, [{ kind: 'inbox', states: piece }]);
      }
    }
  }

  /** One by one: each may be as large as the bus lets a message be. */
  private async takeQuarantine(entries: readonly QuarantineEntry[]): Promise<void> {
    for (const entry of entries) await this.put([], { ...NOTHING, quarantined: [entry] }, [{ kind: 'quarantine', entries: [entry] }]);
  }

  /** @throws Error for what the copy refuses, before the server has any of it. */
  private tryOut(part: TransferPart): void {
    this.copy.begin();
    try {
      this.copy.take(part);
    } finally {
      this.copy.rollback();
    }
  }

  private async put(events: readonly EventToCommit[], note: Note, parts: readonly TransferPart[]): Promise<void> {
    const entries = entriesOf(events, note);
    this.copy.begin();
    try {
      for (const part of parts) this.copy.take(part);
      if (await this.remote.append(this.copy.follows.revision, entries) === 'moved') throw new Error('Another program writes this log');
      this.copy.commit(this.copy.follows.revision + entries.length, entries.at(-1)?.id ?? '', note.transfer);
    } catch (error) {
      this.copy.rollback();
      throw error;
    }
  }
}
