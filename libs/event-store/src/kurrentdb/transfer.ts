import type { CommandRecord } from '../port.js';
import type { InboxState, StoreTransfer, TransferPart } from '../transfer.js';
import { entriesOf, NOTHING, type EventToCommit, type Note } from './commit.js';
import type { FencedStream } from './fenced-stream.js';
import type { LocalCopy } from './local-copy.js';

const MOST_BYTES = 512_000;

/** Fills the stream of a log opened for that, piece by piece; the notes that end the pieces say that the log is not to be worked on yet. */
export class KurrentDbTransfer implements StoreTransfer {
  constructor(private readonly remote: FencedStream, private readonly copy: LocalCopy) {}

  async commands(afterId: string | null, limit: number): Promise<readonly CommandRecord[]> {
    return this.copy.seen.commandsAfter.all(afterId ?? '', limit);
  }

  async inbox(): Promise<readonly InboxState[]> {
    return this.copy.seen.inboxSources.all().map(({ source, next }) => ({
      source, next, ahead: this.copy.seen.inboxAhead.all(source),
    }));
  }

  async begin(): Promise<void> {
    const { revision, transfer } = this.copy.follows;
    if (transfer === 'begun') return;
    if (revision >= 0) throw new Error('the log was worked on: only an empty one can be filled');
    await this.put([], { ...NOTHING, transfer: 'begun' });
  }

  async take(part: TransferPart): Promise<void> {
    if (this.copy.follows.transfer !== 'begun') throw new Error('call begin() first');
    switch (part.kind) {
      case 'events': return this.takeEvents(part.events);
      case 'commands': return this.put([], { ...NOTHING, receipts: part.commands.filter(({ commandId }) => !this.copy.seen.findCommand.get(commandId)) });
      case 'inbox': return this.put([], {
        ...NOTHING, positions: part.states.map(({ source, next }) => ({ source, next })),
        marks: part.states.flatMap(({ source, ahead }) => ahead.map((index) => ({ source, index }))),
      });
      case 'quarantine': return this.put([], { ...NOTHING, quarantined: part.entries });
    }
  }

  async finish(): Promise<void> {
    if (this.copy.follows.transfer === 'begun') await this.put([], { ...NOTHING, transfer: 'finished' });
  }

  private async takeEvents(events: readonly Uint8Array[]): Promise<void> {
    let piece: EventToCommit[] = [];
    let size = 0;
    for (const bytes of events) {
      if (size > 0 && size + bytes.length > MOST_BYTES) {
        await this.put(piece, NOTHING);
        [piece, size] = [[], 0];
      }
      piece.push({ type: this.copy.typeOf(bytes), bytes });
      size += bytes.length;
    }
    if (piece.length > 0) await this.put(piece, NOTHING);
  }

  /** The copy is written first, because it refuses what does not continue the log. */
  private async put(events: readonly EventToCommit[], note: Note): Promise<void> {
    const entries = entriesOf(events, { ...note, transfer: note.transfer ?? 'begun' });
    this.copy.begin();
    try {
      this.copy.applyOne({ events: events.map(({ bytes }) => bytes), note, revision: 0 });
      if (await this.remote.append(this.copy.follows.revision, entries) === 'moved') throw new Error('another program writes this log');
      this.copy.commit(this.copy.follows.revision + entries.length, entries.at(-1)?.id ?? '', note.transfer);
    } catch (error) {
      this.copy.rollback();
      throw error;
    }
  }
}
