import {
  StoreUnavailable, type AppendRequest, type AppendResult, type CommandRecord, type EventStore, type InboxMark,
  type QuarantineEntry, type StoredEvent, type StoreStatus,
} from '../port.js';
import { prepareAppend, requireMark } from '../prepared-append.js';
import { Inbox } from '../sqlite/inbox.js';
import { Subscribers } from '../subscribers.js';
import type { StoreTransfer } from '../transfer.js';
import { CommitLoop, type LoopTimes } from './commit-loop.js';
import type { FencedStream } from './fenced-stream.js';
import type { LocalCopy } from './local-copy.js';
import { KurrentDbTransfer } from './transfer.js';

const HELD = 'The log is about to be moved';
/** A subscription may end without a word; what another instance recorded is then seen this much later. */
const POLL_MS = 1_000;
/** What an entry costs beside its bytes, roughly: enough to keep a group below the server's limit. */
const OVERHEAD = 400;

/** One department's log as one stream in KurrentDB, decided on and read through a copy on this machine. */
export class KurrentDbStore implements EventStore {
  private readonly loop: CommitLoop;
  private readonly inbox: Inbox;
  private readonly subscribers = new Subscribers();
  private unfollow: () => void = () => undefined;
  private follows = false;
  private open = true;

  constructor(readonly log: string, private readonly remote: FencedStream, private readonly copy: LocalCopy, times?: LoopTimes) {
    this.inbox = new Inbox(copy.seen);
    this.loop = new CommitLoop(remote, copy, (head) => this.subscribers.wakeAll(head), times);
  }

  async append(request: AppendRequest): Promise<AppendResult> {
    const prepared = prepareAppend(this.log, request);
    const { block, each } = prepared.events;
    return this.loop.run<AppendResult>({
      size: block.length + OVERHEAD * (each.length + 1),
      work: (note) => {
        // Completing the records moves bytes in the block, and a second try must find them as they were.
        const answer = this.copy.tables.record({ ...prepared, events: { block: Buffer.from(block), each } });
        if (answer.outcome === 'appended') note.receipts.push(answer.record);
        if (answer.outcome === 'appended' || answer.outcome === 'repeated') {
          if (prepared.inbox && !this.inbox.seen(prepared.inbox)) note.marks.push(prepared.inbox);
          if (prepared.releases) note.releases.push(prepared.releases);
        }
        return answer;
      },
      mayBeStale: ({ outcome }) => outcome === 'conflict',
    });
  }

  async findCommand(commandId: string): Promise<CommandRecord | null> {
    return this.read(() => this.copy.seen.findCommand.get(commandId) ?? null);
  }

  async readStream(stream: string, fromVersion: number, limit: number): Promise<readonly StoredEvent[]> {
    return this.read(() => this.copy.reader.stream(stream, fromVersion, limit));
  }

  async readLog(fromIndex: number, limit: number): Promise<readonly StoredEvent[]> {
    return this.read(() => this.copy.reader.log(fromIndex, limit));
  }

  async readBytes(fromIndex: number, limit: number): Promise<readonly Uint8Array[]> {
    return this.read(() => this.copy.reader.bytes(fromIndex, limit));
  }

  async readCorrelation(correlationId: string, fromIndex: number, limit: number): Promise<readonly StoredEvent[]> {
    return this.read(() => this.copy.reader.correlation(correlationId, fromIndex, limit));
  }

  async head(): Promise<number> {
    return this.read(() => this.next());
  }

  async headAt(instant: string): Promise<number> {
    return this.read(() => this.copy.reader.until(instant, this.next()));
  }

  async inboxPosition(source: string): Promise<number> {
    return this.read(() => this.inbox.position(source));
  }

  async inboxSeen(mark: InboxMark): Promise<boolean> {
    return this.read(() => this.inbox.seen(mark));
  }

  async markInbox({ source, index }: InboxMark): Promise<void> {
    requireMark({ source, index });
    return this.change(0, (note) => {
      if (this.copy.tables.inbox.seen({ source, index })) return;
      this.copy.tables.inbox.mark({ source, index });
      note.marks.push({ source, index });
    });
  }

  async quarantine(entry: QuarantineEntry): Promise<void> {
    requireMark(entry);
    const { source, index, type, reason, at } = entry;
    const kept = { source, index, type, reason, at, bytes: Buffer.from(entry.bytes) };
    return this.change(kept.bytes.length * 2, (note) => {
      this.copy.tables.quarantine(kept);
      note.quarantined.push(kept);
    });
  }

  async quarantined(): Promise<readonly QuarantineEntry[]> {
    return this.read(() => this.copy.seen.quarantined.all());
  }

  async releaseFromQuarantine({ source, index }: InboxMark): Promise<void> {
    requireMark({ source, index });
    return this.change(0, (note) => {
      this.copy.tables.release({ source, index });
      note.releases.push({ source, index });
    });
  }

  subscribe(wake: (head: number) => void): () => void {
    return this.subscribers.add(wake);
  }

  status(): StoreStatus {
    const reason = this.loop.refusal;
    return reason === null ? { accepting: true } : { accepting: false, reason };
  }

  transfer(): StoreTransfer {
    return new KurrentDbTransfer(this.log, this.remote, this.copy, {
      hold: async () => {
        this.unfollow();
        this.loop.stop(HELD);
        await this.loop.idle();
      },
      level: () => this.loop.catchUp(),
      release: () => {
        this.loop.stop(this.copy.closed);
        if (this.follows && this.copy.closed === null) this.follow();
      },
    });
  }

  async close(): Promise<void> {
    if (!this.open) return;
    this.unfollow();
    await this.loop.close();
    this.open = false;
    await this.remote.close();
    this.copy.close();
  }

  /**
   * Brings the copy level with the server, and follows it from there if told to. Not while following: two that write
   * to the copy would write the same commits twice. @throws Error when the server does not answer.
   */
  async catchUp(thenFollow: boolean): Promise<void> {
    await this.loop.catchUp();
    this.loop.stop(this.copy.closed);
    this.follows = thenFollow;
    if (thenFollow) this.follow();
  }

  private follow(): void {
    const look = (): void => this.loop.look();
    const unsubscribe = this.remote.follow(this.copy.follows.revision, look);
    const poll = setInterval(look, POLL_MS).unref();
    this.unfollow = () => {
      clearInterval(poll);
      unsubscribe();
    };
  }

  private next(): number {
    return this.copy.seen.head.get()?.next ?? 0;
  }

  private change(size: number, work: (note: Parameters<Parameters<CommitLoop['run']>[0]['work']>[0]) => void): Promise<void> {
    return this.loop.run<void>({ size: size + OVERHEAD, work, mayBeStale: () => false });
  }

  private read<T>(question: () => T): T {
    if (!this.open) throw new StoreUnavailable('The store is closed');
    return question();
  }
}
