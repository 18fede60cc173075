import { decode as asRecorded, type Decode } from '../decode.js';
import { recordBytes } from '../envelope.js';
import { neverBefore, systemNow, type Now } from '../log-clock.js';
import {
  StoreUnavailable, type AppendRequest, type AppendResult, type CommandRecord, type EventStore, type InboxMark,
  type QuarantineEntry, type StoredEvent, type StoreStatus,
} from '../port.js';
import { prepareAppend, requireMark, requirePosition } from '../prepared-append.js';
import type { StoreTransfer } from '../transfer.js';
import { Subscribers } from '../subscribers.js';

/** For tests, and the model that the other engines are compared with: it keeps everything and looks through all of it. */
export function openMemoryStore({ log, now = systemNow, decode = asRecorded }: MemoryStoreOptions): EventStore {
  return new MemoryStore(log, now, decode);
}

export interface MemoryStoreOptions { readonly log: string; readonly now?: Now; readonly decode?: Decode }

class MemoryStore implements EventStore {
  private readonly events: StoredEvent[] = [];
  private readonly commands = new Map<string, CommandRecord>();
  private readonly marks = new Map<string, Set<number>>();
  private kept: QuarantineEntry[] = [];
  private readonly subscribers = new Subscribers();
  private recordedAt = '';
  private open = true;

  constructor(readonly log: string, private readonly now: Now, private readonly decode: Decode) {}

  async append(request: AppendRequest): Promise<AppendResult> {
    const { stream, expectedVersion, commandId, fingerprint, inbox, releases, events } = prepareAppend(this.log, request);
    this.requireOpen();
    const known = this.commands.get(commandId);
    if (known && known.fingerprint !== fingerprint) return { outcome: 'command-id-reused', record: known };
    const actualVersion = this.ofStream(stream).length - 1;
    if (!known && actualVersion !== expectedVersion) return { outcome: 'conflict', actualVersion };
    if (inbox) this.mark(inbox);
    if (releases) this.release(releases);
    if (known) return { outcome: 'repeated', record: known };
    this.recordedAt = neverBefore(this.recordedAt, this.now);
    const firstIndex = this.events.length;
    events.each.forEach((event, i) => {
      const index = firstIndex + i;
      const bytes = recordBytes(events.block, event, index, actualVersion + 1 + i, this.recordedAt);
      this.events.push({ index, bytes, event: this.decode(bytes) });
    });
    const nextIndex = this.events.length;
    const record = { commandId, fingerprint, stream, version: actualVersion + events.each.length, firstIndex, nextIndex, recordedAt: this.recordedAt };
    this.commands.set(commandId, record);
    if (events.each.length > 0) this.subscribers.wakeAll(nextIndex);
    return { outcome: 'appended', record };
  }

  async findCommand(commandId: string): Promise<CommandRecord | null> {
    this.requireOpen();
    return this.commands.get(commandId) ?? null;
  }

  async readStream(stream: string, fromVersion: number, limit: number): Promise<readonly StoredEvent[]> {
    return this.page(this.ofStream(stream), fromVersion, limit, ({ event }) => event.version);
  }

  async readLog(fromIndex: number, limit: number): Promise<readonly StoredEvent[]> {
    return this.page(this.events, fromIndex, limit, ({ index }) => index);
  }

  async readBytes(fromIndex: number, limit: number): Promise<readonly Uint8Array[]> {
    return (await this.readLog(fromIndex, limit)).map(({ bytes }) => bytes);
  }

  async readCorrelation(correlationId: string, fromIndex: number, limit: number): Promise<readonly StoredEvent[]> {
    const ofCase = this.events.filter(({ event }) => event.correlationId === correlationId);
    return this.page(ofCase, fromIndex, limit, ({ index }) => index);
  }

  async head(): Promise<number> {
    this.requireOpen();
    return this.events.length;
  }

  async headAt(instant: string): Promise<number> {
    this.requireOpen();
    return this.events.filter(({ event }) => event.recordedAt <= instant).length;
  }

  async inboxPosition(source: string): Promise<number> {
    this.requireOpen();
    const marked = this.marks.get(source);
    let next = 0;
    while (marked?.has(next)) next += 1;
    return next;
  }

  async inboxSeen({ source, index }: InboxMark): Promise<boolean> {
    this.requireOpen();
    return this.marks.get(source)?.has(index) ?? false;
  }

  async markInbox(mark: InboxMark): Promise<void> {
    requireMark(mark);
    this.requireOpen();
    this.mark(mark);
  }

  async quarantine(entry: QuarantineEntry): Promise<void> {
    requireMark(entry);
    this.requireOpen();
    this.release(entry);
    this.kept.push({ ...entry, bytes: Buffer.from(entry.bytes) });
    this.kept.sort((a, b) => (a.source === b.source ? a.index - b.index : a.source < b.source ? -1 : 1));
    this.mark(entry);
  }

  async quarantined(): Promise<readonly QuarantineEntry[]> {
    this.requireOpen();
    return [...this.kept];
  }

  async releaseFromQuarantine({ source, index }: InboxMark): Promise<void> {
    requireMark({ source, index });
    this.requireOpen();
    this.release({ source, index });
  }

  subscribe(wake: (head: number) => void): () => void {
    return this.subscribers.add(wake);
  }

  status(): StoreStatus {
    return this.open ? { accepting: true } : { accepting: false, reason: 'The store is closed' };
  }

  async close(): Promise<void> {
    this.open = false;
  }

  transfer(): StoreTransfer {
    throw new Error('a log in memory is not moved');
  }

  private release({ source, index }: InboxMark): void {
    this.kept = this.kept.filter((entry) => entry.source !== source || entry.index !== index);
  }

  private mark({ source, index }: InboxMark): void {
    this.marks.set(source, (this.marks.get(source) ?? new Set()).add(index));
  }

  private ofStream(stream: string): readonly StoredEvent[] {
    return this.events.filter(({ event }) => event.stream === stream);
  }

  private page(events: readonly StoredEvent[], from: number, limit: number, place: (event: StoredEvent) => number): readonly StoredEvent[] {
    requirePosition(from, 'from');
    requirePosition(limit, 'limit');
    this.requireOpen();
    return events.filter((event) => place(event) >= from).slice(0, limit);
  }

  private requireOpen(): void {
    if (!this.open) throw new StoreUnavailable('The store is closed');
  }
}
