import { createHash, type Hash } from 'node:crypto';
import { canonicalJson } from './canonical.js';
import type { EventStore } from './port.js';

const BATCH = 1_000;

/** What a log holds, in a form that two engines share exactly when they hold the same. Digests are SHA-256 in hex. */
export interface LogDigest {
  readonly events: number;
  /** Over index, length and bytes of every event in index order; the first two as 64-bit big-endian numbers. */
  readonly eventsSha256: string;
  readonly receipts: number;
  readonly receiptsSha256: string;
  /** Source logs with a position or marks. */
  readonly sources: number;
  readonly inboxSha256: string;
  readonly quarantined: number;
  readonly quarantineSha256: string;
}

/** Reads the whole log in batches; `read` is told how many events are behind it. */
export async function digestOf(store: EventStore, read: (events: number) => void): Promise<LogDigest> {
  const events = createHash('sha256');
  const [count, receipts] = [await addEvents(store, events, read), await digestOfReceipts(store)];
  const inbox = await store.transfer().inbox();
  const quarantine = await store.quarantined();
  return {
    events: count, eventsSha256: events.digest('hex'), receipts: receipts.count, receiptsSha256: receipts.sha256,
    sources: inbox.length, inboxSha256: digestOfEach(inbox),
    quarantined: quarantine.length, quarantineSha256: digestOfEach(quarantine.map(({ bytes, ...rest }) => ({ ...rest, bytes: Buffer.from(bytes).toString('base64') }))),
  };
}

async function addEvents(store: EventStore, into: Hash, read: (events: number) => void): Promise<number> {
  const place = Buffer.alloc(16);
  for (let next = 0; ;) {
    const batch = await store.readLog(next, BATCH);
    for (const { index, bytes } of batch) {
      place.writeBigUInt64BE(BigInt(index), 0);
      place.writeBigUInt64BE(BigInt(bytes.byteLength), 8);
      into.update(place).update(bytes);
    }
    next += batch.length;
    if (batch.length === 0) return next;
    read(next);
  }
}

async function digestOfReceipts(store: EventStore): Promise<{ readonly count: number; readonly sha256: string }> {
  const hash = createHash('sha256');
  let [count, after] = [0, null as string | null];
  for (;;) {
    const batch = await store.transfer().commands(after, BATCH);
    for (const receipt of batch) hash.update(canonicalJson(receipt, 'receipt')).update('\n');
    count += batch.length;
    after = batch.at(-1)?.commandId ?? null;
    if (after === null) return { count, sha256: hash.digest('hex') };
  }
}

/** A line each, since no canonical form holds a bare line feed. */
function digestOfEach(values: readonly object[]): string {
  const hash = createHash('sha256');
  for (const value of values) hash.update(canonicalJson(value, 'value')).update('\n');
  return hash.digest('hex');
}
