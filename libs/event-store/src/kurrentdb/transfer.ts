import { decode } from '../decode.js';
import type { CommandRecord, InboxMark, QuarantineEntry } from '../port.js';
import { inboxStates } from '../sqlite/inbox.js';
import { begun, fenced, finished, left, stayed, takesTransfer, type Departure, type Standing } from '../standing.js';
import type { InboxState, StoreTransfer, TransferPart } from '../transfer.js';
import { entriesOf, NOTHING, standingText, type EventToCommit, type Note } from './commit.js';
import { MOST_BYTES } from './commit-loop.js';
import type { FencedStream } from './fenced-stream.js';
import type { LocalCopy } from './local-copy.js';

/** Nothing else changes the copy between `hold` and `release`. */
interface Gate {
  hold(): Promise<void>;
  /** Brings the copy level with the server. */
  level(): Promise<void>;
  release(): void;
}

const MOST_TRIES = 50;

/** Fills the stream of a log opened for that, piece by piece; their notes say that the log is not to be worked on yet. */
export class KurrentDbTransfer implements StoreTransfer {
  constructor(private readonly log: string, private readonly remote: FencedStream, private readonly copy: LocalCopy, private readonly gate: Gate) {}

  async commands(afterId: string | null, limit: number): Promise<readonly CommandRecord[]> {
    return this.copy.seen.commandsAfter.all(afterId ?? '', limit);
  }

  async inbox(): Promise<readonly InboxState[]> {
    return inboxStates(this.copy.seen);
  }

  async standing(): Promise<Standing> {
    return this.copy.standing;
  }

  async begin(): Promise<void> {
    await this.change((standing) => begun(standing, this.log, () => this.copy.follows.revision < 0));
  }

  async take(part: TransferPart): Promise<void> {
    if (!takesTransfer(this.copy.standing)) throw new Error('The log is not being filled');
    switch (part.kind) {
      case 'events': return this.takeEvents(part.events);
      case 'commands': return this.put([], { ...NOTHING, receipts: part.commands }, [part]);
      case 'inbox': return this.takeInbox(part.states);
      case 'quarantine': return this.put([], { ...NOTHING, quarantined: part.entries, releases: this.released(part.entries) }, [part]);
    }
  }

  async finish(): Promise<void> {
    await this.change((standing) => finished(standing, this.log));
  }

  async fence(departure: Departure): Promise<Departure> {
    return this.change((standing) => fenced(standing, this.log, departure));
  }

  async leave(departure: Departure, events: number): Promise<void> {
    await this.change((standing) => left(standing, this.log, departure, { at: this.copy.tables.head.next, copied: events }));
  }

  async stay(): Promise<void> {
    await this.change((standing) => stayed(standing, this.log));
  }

  /** A note in the stream: whoever appends behind it has to read it first, because his append is fenced by the copy's end. */
  private async change<To extends Standing>(next: (standing: Standing) => To): Promise<To> {
    await this.gate.hold();
    try {
      for (let tries = 0; ; tries += 1) {
        await this.gate.level();
        const to = next(this.copy.standing);
        const transfer = standingText(to);
        if (transfer === standingText(this.copy.standing)) return to;
        if (await this.tryPut([], { ...NOTHING, transfer }, [])) return to;
        if (tries === MOST_TRIES) throw new Error('Another program writes this log without a pause');
      }
    } finally {
      this.gate.release();
    }
  }

  private released(entries: readonly QuarantineEntry[]): readonly InboxMark[] {
    const kept = new Set(entries.map(({ source, index }) => `${index} ${source}`));
    return this.copy.sql.quarantined.all().filter(({ source, index }) => !kept.has(`${index} ${source}`)).map(({ source, index }) => ({ source, index }));
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
    for (const state of states) await this.put([], { ...NOTHING, positions: [state] }, [{ kind: 'inbox', states: [state] }]);
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
    if (!await this.tryPut(events, note, parts)) throw new Error('Another program writes this log');
  }

  /** False when somebody else has written, and nothing is changed. */
  private async tryPut(events: readonly EventToCommit[], note: Note, parts: readonly TransferPart[]): Promise<boolean> {
    const entries = entriesOf(events, note);
    this.copy.begin();
    try {
      for (const part of parts) this.copy.take(part);
      if (await this.remote.append(this.copy.follows.revision, entries) === 'moved') {
        this.copy.rollback();
        return false;
      }
      this.copy.commit(this.copy.follows.revision + entries.length, entries.at(-1)?.id ?? '', note.transfer);
      return true;
    } catch (error) {
      this.copy.rollback();
      throw error;
    }
  }
}
