import { canonicalJson } from './canonical.js';
import { decode } from './decode.js';
import type { EventStore, StoredEvent } from './port.js';

const BATCH = 1_000;

export interface LogVerified {
  readonly events: number;
  /** The first things that are wrong, for operators, at most ten; names places, never content. */
  readonly findings: readonly string[];
}

/** How often a stream or case occurs, and a checksum of the indexes at which it does. */
interface Seen { count: number; sum: number }

/**
 * Reads the whole log in index order and then by stream and by case: every index and version in its place, every record
 * in its canonical form and of this log, recording times never going back, and each stream and case made of exactly the
 * events whose bytes name it. Memory grows with the streams and cases, not with the events.
 */
export async function verifyLog(store: EventStore, onProgress: (done: number, of: number) => void = () => {}): Promise<LogVerified> {
  const head = await store.head();
  const findings = new Findings();
  const [streams, cases] = [new Map<string, Seen>(), new Map<string, Seen>()];
  let [next, recordedAt] = [0, ''];
  for (;;) {
    const batch = await store.readLog(next, BATCH);
    for (const stored of batch) {
      const found = recordIn(stored, store.log, next, findings);
      if (found) {
        if (found.version !== (streams.get(found.stream)?.count ?? 0)) findings.add(`index ${next}: its stream has no version ${found.version} to come here`);
        if (found.recordedAt < recordedAt) findings.add(`index ${next}: recorded before the one in front of it`);
        recordedAt = found.recordedAt;
        note(streams, found.stream, next);
        note(cases, found.correlationId, next);
      }
      next += 1;
    }
    if (batch.length === 0) break;
    onProgress(next, head);
  }
  if (next !== head) findings.add(`the head says ${head} events, the log holds ${next}`);
  await compareReads(streams, 'stream', async (name, { next: from }) => store.readStream(name, from, BATCH), findings);
  await compareReads(cases, 'case', async (name, { after }) => store.readCorrelation(name, after + 1, BATCH), findings);
  return { events: next, findings: findings.first };
}

function recordIn(stored: StoredEvent, log: string, index: number, findings: Findings): ReturnType<typeof decode> | null {
  if (stored.index !== index) {
    findings.add(`index ${index}: ${stored.index} stands there`);
    return null;
  }
  try {
    const record = decode(stored.bytes);
    if (record.index !== index || record.log !== log) findings.add(`index ${index}: its bytes say ${record.index} of "${record.log}"`);
    if (!Buffer.from(canonicalJson(record, 'event')).equals(stored.bytes)) findings.add(`index ${index}: its bytes are not the canonical form`);
    return record;
  } catch {
    findings.add(`index ${index}: its bytes are no record`);
    return null;
  }
}

function note(seen: Map<string, Seen>, name: string, index: number): void {
  const so = seen.get(name) ?? { count: 0, sum: 0 };
  seen.set(name, { count: so.count + 1, sum: mixed(so.sum, index) });
}

/** Depends on every index and on their order. */
function mixed(sum: number, index: number): number {
  return (Math.imul(sum ^ index, 0x01000193) + Math.floor(index / 0x100000000)) | 0;
}

type Page = (name: string, from: { readonly next: number; readonly after: number }) => Promise<readonly StoredEvent[]>;

async function compareReads(expected: ReadonlyMap<string, Seen>, what: string, page: Page, findings: Findings): Promise<void> {
  for (const [name, { count, sum }] of expected) {
    const read: Seen = { count: 0, sum: 0 };
    for (let after = -1; ;) {
      const batch = await page(name, { next: read.count, after });
      for (const { index } of batch) {
        read.count += 1;
        read.sum = mixed(read.sum, index);
        after = index;
      }
      if (batch.length < BATCH) break;
    }
    if (read.count !== count || read.sum !== sum) findings.add(`a ${what} of ${count} events is read as ${read.count} others`);
  }
}

class Findings {
  readonly first: string[] = [];

  add(finding: string): void {
    if (this.first.length < 10) this.first.push(finding);
  }
}
