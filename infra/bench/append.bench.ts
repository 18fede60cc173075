import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore, type AppendRequest, type EventStore, type EventToAppend } from 'aftercare/event-store';
import Database from 'better-sqlite3';
import { uuidv7 } from 'uuidv7';
import { bareWriter, type BareAppend } from './bare-sqlite.js';

/** Events per second, median of the rounds; ratios are medians of what was measured side by side in one round. */
export interface AppendFigures {
  readonly rounds: number;
  readonly bareSingly: number;
  readonly bareInHundreds: number;
  readonly singly: number;
  readonly inHundreds: number;
  readonly writers64: number;
  readonly singlyToBare: number;
  readonly hundredsToBare: number;
  readonly writers64ToBareSingly: number;
}

type Round = Record<'bareSingly' | 'bareInHundreds' | 'singly' | 'inHundreds' | 'writers64', number>;
const HUNDRED = 100;
const WRITERS = 64;

/** Made once and read by both sides in every round, so that no side pays for the other's garbage. */
interface Input {
  readonly requests: readonly AppendRequest[];
  readonly rows: readonly BareAppend[];
  readonly events: number;
}

/**
 * Durable appends through the port against a bare loop over the driver, in one run and in interleaved rounds, because
 * figures of two runs on a busy machine cannot be compared.
 */
export async function benchAppend({ rounds = 7, appends = 1_000 } = {}): Promise<AppendFigures> {
  const inputs = { single: await inputOf(appends, 1), hundreds: await inputOf(Math.ceil(appends / 5), HUNDRED), crowd: await inputOf(appends * 4, 1) };
  const measured: Round[] = [];
  await measureRound(inputs);
  for (let round = 0; round < rounds; round += 1) measured.push(await measureRound(inputs));
  const of = (figure: (round: Round) => number): number => median(measured.map(figure));
  return {
    rounds,
    bareSingly: Math.round(of((r) => r.bareSingly)),
    bareInHundreds: Math.round(of((r) => r.bareInHundreds)),
    singly: Math.round(of((r) => r.singly)),
    inHundreds: Math.round(of((r) => r.inHundreds)),
    writers64: Math.round(of((r) => r.writers64)),
    singlyToBare: of((r) => r.singly / r.bareSingly),
    hundredsToBare: of((r) => r.inHundreds / r.bareInHundreds),
    writers64ToBareSingly: of((r) => r.writers64 / r.bareSingly),
  };
}

async function measureRound({ single, hundreds, crowd }: Record<'single' | 'hundreds' | 'crowd', Input>): Promise<Round> {
  return {
    bareSingly: await measureBare(single),
    singly: await measurePort(single, 1),
    bareInHundreds: await measureBare(hundreds),
    inHundreds: await measurePort(hundreds, 1),
    writers64: await measurePort(crowd, WRITERS),
  };
}

async function measureBare({ rows, events }: Input): Promise<number> {
  return inFolder(async (file) => {
    await openSqliteStore({ file, log: 'intake' }).close();
    const db = new Database(file);
    for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON', 'secure_delete = ON', 'recursive_triggers = ON']) db.pragma(pragma);
    const write = bareWriter(db);
    const perSecond = await timed(events, () => { for (const row of rows) write(row); });
    db.close();
    return perSecond;
  });
}

async function measurePort({ requests, events }: Input, writers: number): Promise<number> {
  return inFolder(async (file) => {
    const store = openSqliteStore({ file, log: 'intake' });
    const perSecond = await timed(events, async () => {
      const queue = requests.values();
      await Promise.all(Array.from({ length: writers }, () => writeAll(store, queue)));
    });
    await store.close();
    return perSecond;
  });
}

async function inputOf(appends: number, size: number): Promise<Input> {
  const requests = requestsOf(appends, size);
  return { requests, rows: await rowsOf(requests), events: appends * size };
}

async function writeAll(store: EventStore, queue: Iterable<AppendRequest>): Promise<void> {
  for (const request of queue) {
    const { outcome } = await store.append(request);
    if (outcome !== 'appended') throw new Error(`The bench expects every append to be new, not ${outcome}`);
  }
}

/** The bytes the port itself would store, so that both sides write rows of exactly the same size. */
async function rowsOf(requests: readonly AppendRequest[]): Promise<readonly BareAppend[]> {
  return inFolder(async (file) => {
    const store = openSqliteStore({ file, log: 'intake' });
    await Promise.all(requests.map((request) => store.append(request)));
    const rows: BareAppend[] = [];
    for (const { stream, commandId, events } of requests) {
      const stored = await store.readStream(stream, 0, events.length);
      rows.push({ commandId, stream, events: stored.map(({ bytes, event }) => ({ correlation: event.correlationId, type: event.type, bytes: Buffer.from(bytes) })) });
    }
    await store.close();
    return rows;
  });
}

function requestsOf(appends: number, size: number): readonly AppendRequest[] {
  return Array.from({ length: appends }, () => {
    const correlationId = uuidv7();
    return {
      stream: `complaint-${correlationId}`, expectedVersion: -1, commandId: uuidv7(), fingerprint: 'fingerprint-of-the-command',
      events: Array.from({ length: size }, (_, i) => complaint(correlationId, i)),
    };
  });
}

function complaint(correlationId: string, i: number): EventToAppend {
  return {
    id: uuidv7(), type: 'ComplaintRegistered', schema: 1, occurredAt: '2026-03-02T01:30:00.000Z',
    actor: { id: 'staff-17', role: 'receptionist' }, onBehalfOf: null, reason: null, correlationId, causationId: null,
    policy: { id: 'drug-standard', version: '2026.1', rule: 'complaint-class', inputs: { category: 'quality', severity: 'major' }, outcome: 'class-2' },
    signature: null, data: { product: '阿莫西林胶囊', lot: `L-2026${i}`, quantity: i, channel: 'phone', awareAt: '2026-03-02T01:00:00.000Z' },
    personal: { caller: { s: correlationId, k: 1, c: 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJCrze8SNFZ4kA==' } },
  };
}

async function timed(events: number, work: () => void | Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (events / (performance.now() - start)) * 1_000;
}

async function inFolder<T>(work: (file: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-bench-'));
  try {
    return await work(join(folder, 'intake.db'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
