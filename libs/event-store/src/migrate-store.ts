import { digestOf, type LogDigest } from './digests.js';
import { systemNow, type Now } from './log-clock.js';
import type { EventStore } from './port.js';
import { fenced, LogMoved, takesTransfer, whyClosed } from './standing.js';

const BATCH = 1_000;
/** A batch is one transaction of the target; large events must not make it larger than memory likes. */
const BATCH_BYTES = 8 * 1024 * 1024;

export interface MigrationProgress {
  readonly phase: 'events' | 'receipts' | 'proof';
  /** Events copied, receipts copied, or events read for the proof, which reads both logs. */
  readonly done: number;
  /** -1 where nobody knows. */
  readonly of: number;
}

export interface MigrationReport {
  /** True when both logs hold the same events byte for byte, receipts, inbox positions and quarantine. */
  readonly same: boolean;
  readonly from: LogDigest;
  readonly to: LogDigest;
}

export interface MigrationOptions {
  /** Where the target is, without secrets; the source keeps it, and an interrupted move goes on only to the same place. */
  readonly place: string;
  readonly now?: Now;
  readonly onProgress?: (progress: MigrationProgress) => void;
}

/**
 * Moves a log, byte for byte, into an empty one, one that an interrupted move left, or one that it left before, and
 * compares both from the first byte to the last. The source takes nothing from the beginning; it has left before the
 * target is opened, so that an end in between leaves none that is open rather than two, and the same call goes on.
 * Copies that differ leave the source as it was.
 * @throws Error when the target was worked on or holds something that the source does not continue.
 */
export async function migrateStore(from: EventStore, to: EventStore, { place, now = systemNow, onProgress = () => {} }: MigrationOptions): Promise<MigrationReport> {
  const finished = await isFinished(from, to, onProgress);
  if (!finished) {
    const [here, there] = [await from.transfer().standing(), await to.transfer().standing()];
    fenced(here, from.log, { to: place, at: now() });
    // Another one goes on from what has left, and filling a second one from it would open two.
    if (here.state === 'left' && !takesTransfer(there)) throw new LogMoved(whyClosed(here, from.log) ?? '');
    if (there.state === 'left') await requireBeginning(from, to);
    // Before the source is closed: a target that cannot be filled must not stop the department.
    await to.transfer().begin();
  }
  const departure = await from.transfer().fence({ to: place, at: now() });
  if (!finished) await copy(from, to, onProgress);
  const report = await compare(from, to, onProgress);
  if (report.same) {
    await from.transfer().leave(departure, report.to.events);
    await to.transfer().finish();
  } else if ((await from.transfer().standing()).state === 'leaving') {
    await from.transfer().stay();
  }
  return report;
}

/** A move that was finished and interrupted before it could say so is only compared. */
async function isFinished(from: EventStore, to: EventStore, onProgress: (progress: MigrationProgress) => void): Promise<boolean> {
  if ((await to.transfer().standing()).state !== 'open') return false;
  const [head, done] = [await from.head(), await to.head()];
  return head > 0 && done === head && (await compare(from, to, onProgress)).same;
}

/** @throws Error unless the target holds nothing but what the source began with. */
async function requireBeginning(from: EventStore, to: EventStore): Promise<void> {
  for (let next = 0; ;) {
    const there = await to.readBytes(next, BATCH);
    if (there.length === 0) return;
    const here = await from.readBytes(next, there.length);
    const differs = there.findIndex((bytes, i) => !here[i] || !Buffer.from(bytes).equals(here[i]));
    if (differs >= 0) throw new Error(`The log that moved away holds an event at ${next + differs} that this one does not: it is not moved over it`);
    next += there.length;
  }
}

async function copy(from: EventStore, to: EventStore, onProgress: (progress: MigrationProgress) => void): Promise<void> {
  await copyEvents(from, to, await from.head(), onProgress);
  await copyReceipts(from, to, onProgress);
  await to.transfer().take({ kind: 'inbox', states: await from.transfer().inbox() });
  await to.transfer().take({ kind: 'quarantine', entries: await from.quarantined() });
}

async function copyEvents(from: EventStore, to: EventStore, of: number, onProgress: (progress: MigrationProgress) => void): Promise<void> {
  for (let next = await to.head(); next < of;) {
    const batch = upTo(BATCH_BYTES, (await from.readLog(next, BATCH)).map(({ bytes }) => bytes));
    if (batch.length === 0) throw new Error(`The log ends at ${next}, but its head says ${of}`);
    await to.transfer().take({ kind: 'events', events: batch });
    next += batch.length;
    onProgress({ phase: 'events', done: next, of });
  }
}

async function copyReceipts(from: EventStore, to: EventStore, onProgress: (progress: MigrationProgress) => void): Promise<void> {
  let [done, after] = [0, null as string | null];
  for (;;) {
    const commands = await from.transfer().commands(after, BATCH);
    after = commands.at(-1)?.commandId ?? null;
    if (after === null) return;
    await to.transfer().take({ kind: 'commands', commands });
    done += commands.length;
    onProgress({ phase: 'receipts', done, of: -1 });
  }
}

async function compare(from: EventStore, to: EventStore, onProgress: (progress: MigrationProgress) => void): Promise<MigrationReport> {
  const of = (await from.head()) + (await to.head());
  const one = await digestOf(from, (done) => { onProgress({ phase: 'proof', done, of }); });
  const other = await digestOf(to, (done) => { onProgress({ phase: 'proof', done: one.events + done, of }); });
  return { same: JSON.stringify(one) === JSON.stringify(other), from: one, to: other };
}

/** At least one, however large. */
function upTo(bytes: number, events: readonly Uint8Array[]): readonly Uint8Array[] {
  let total = 0;
  const end = events.findIndex((event, i) => {
    total += event.byteLength;
    return i > 0 && total > bytes;
  });
  return end === -1 ? events : events.slice(0, end);
}
