import { digestOf, type LogDigest } from './digests.js';
import type { EventStore } from './port.js';

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

/**
 * Copies a log, byte for byte, into an empty one or one that an interrupted copy left, and compares both from the first
 * byte to the last. Only when they are the same can the target be opened for work. Nobody may write to either meanwhile.
 * @throws Error when the target was worked on or holds something that the source does not continue.
 */
export async function migrateStore(from: EventStore, to: EventStore, onProgress: (progress: MigrationProgress) => void = () => {}): Promise<MigrationReport> {
  const [head, done] = [await from.head(), await to.head()];
  // A copy that was finished and interrupted before it could say so is only compared.
  const before = head > 0 && done === head ? await compare(from, to, onProgress) : null;
  if (before?.same) {
    await to.transfer().finish();
    return before;
  }
  await to.transfer().begin();
  await copyEvents(from, to, head, onProgress);
  await copyReceipts(from, to, onProgress);
  await to.transfer().take({ kind: 'inbox', states: await from.transfer().inbox() });
  await to.transfer().take({ kind: 'quarantine', entries: await from.quarantined() });
  const report = await compare(from, to, onProgress);
  if (report.same) await to.transfer().finish();
  return report;
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
