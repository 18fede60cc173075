import { recordBytes } from '../envelope.js';
import { neverBefore, type Now } from '../log-clock.js';
import type { AppendResult, CommandRecord, InboxMark, QuarantineEntry } from '../port.js';
import type { PreparedAppend } from '../prepared-append.js';

/** One thing asked for; several of them share a transaction. */
export type Job =
  | { readonly kind: 'append'; readonly request: PreparedAppend }
  | { readonly kind: 'mark'; readonly mark: InboxMark }
  | { readonly kind: 'quarantine'; readonly entry: QuarantineEntry }
  | { readonly kind: 'release'; readonly mark: InboxMark };

/** What the transaction found after it had locked the head, so that nobody else changes it until the end. */
export interface Found {
  readonly next: number;
  readonly recordedAt: string;
  readonly commands: ReadonlyMap<string, CommandRecord>;
  /** Of every stream that the group names; -1 for one that does not exist. */
  readonly versions: ReadonlyMap<string, number>;
}

export interface NewEvent {
  readonly stream: string;
  readonly version: number;
  readonly correlation: string;
  readonly recordedAt: string;
  readonly bytes: Uint8Array;
}

/** Everything a group writes. */
export interface Batch {
  readonly from: Found;
  readonly events: readonly NewEvent[];
  readonly commands: readonly CommandRecord[];
  readonly marks: readonly InboxMark[];
  /** Last word on each message: the entry to keep, or null to let it go. */
  readonly quarantine: readonly { readonly mark: InboxMark; readonly entry: QuarantineEntry | null }[];
  readonly next: number;
  readonly recordedAt: string;
  /** In the order of the jobs. */
  readonly results: readonly (AppendResult | undefined)[];
}

/** What each job of a group comes to, one after the other, as if each were alone. Completes the bytes: once for each group. */
export function decideGroup(jobs: readonly Job[], from: Found, now: Now): Batch {
  const group = new Group(from, now);
  const results = jobs.map((job) => group.take(job));
  return { from, ...group.written(), results };
}

class Group {
  private readonly events: NewEvent[] = [];
  private readonly commands = new Map<string, CommandRecord>();
  private readonly versions: Map<string, number>;
  private readonly marks = new Map<string, InboxMark>();
  private readonly quarantine = new Map<string, { mark: InboxMark; entry: QuarantineEntry | null }>();
  private next: number;
  private recordedAt: string;

  constructor(private readonly from: Found, private readonly now: Now) {
    this.versions = new Map(from.versions);
    this.next = from.next;
    this.recordedAt = from.recordedAt;
  }

  written(): Omit<Batch, 'from' | 'results'> {
    const { events, next, recordedAt } = this;
    return { events, commands: [...this.commands.values()], marks: [...this.marks.values()], quarantine: [...this.quarantine.values()], next, recordedAt };
  }

  take(job: Job): AppendResult | undefined {
    switch (job.kind) {
      case 'append': return this.append(job.request);
      case 'mark': return this.mark(job.mark);
      case 'release': return this.settle(job.mark, null);
      case 'quarantine':
        this.mark(job.entry);
        return this.settle(job.entry, job.entry);
    }
  }

  private append(request: PreparedAppend): AppendResult {
    const known = this.commands.get(request.commandId) ?? this.from.commands.get(request.commandId);
    if (known && known.fingerprint !== request.fingerprint) return { outcome: 'command-id-reused', record: known };
    const actualVersion = this.versions.get(request.stream);
    if (actualVersion === undefined) throw new Error('a stream of the group was not looked up');
    if (!known && actualVersion !== request.expectedVersion) return { outcome: 'conflict', actualVersion };
    if (request.inbox) this.mark(request.inbox);
    if (request.releases) this.settle(request.releases, null);
    return known ? { outcome: 'repeated', record: known } : { outcome: 'appended', record: this.record(request, actualVersion) };
  }

  private record({ stream, commandId, fingerprint, events }: PreparedAppend, actualVersion: number): CommandRecord {
    this.recordedAt = neverBefore(this.recordedAt, this.now);
    const { recordedAt, next: firstIndex } = this;
    let version = actualVersion;
    for (const event of events.each) {
      version += 1;
      const bytes = recordBytes(events.block, event, this.next, version, recordedAt);
      this.events.push({ stream, version, correlation: event.correlationId, recordedAt, bytes });
      this.next += 1;
    }
    this.versions.set(stream, version);
    const record = { commandId, fingerprint, stream, version, firstIndex, nextIndex: this.next, recordedAt };
    this.commands.set(commandId, record);
    return record;
  }

  private mark({ source, index }: InboxMark): undefined {
    this.marks.set(keyOf(source, index), { source, index });
  }

  private settle({ source, index }: InboxMark, entry: QuarantineEntry | null): undefined {
    this.quarantine.set(keyOf(source, index), { mark: { source, index }, entry });
  }
}

/** The number first, because a source may hold any character. */
function keyOf(source: string, index: number): string {
  return `${index} ${source}`;
}
