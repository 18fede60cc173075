import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore, type AppendRequest, type EventStore, type EventToAppend } from 'aftercare/event-store';
import Database from 'better-sqlite3';
import { uuidv7 } from 'uuidv7';
import { bareWriter, type BareAppend } from './bare-sqlite.js';
import { againstYardstick, type Bench, type Measure, type Round } from './measure.js';

type AppendRound = Record<'bareSingly' | 'bareInHundreds' | 'singly' | 'inHundreds' | 'writers64', number>;
const HUNDRED = 100;
const WRITERS = 64;

/** Made once and read by both sides in every round, so that no side pays for the other's garbage. */
interface Input {
  readonly requests: readonly AppendRequest[];
  readonly rows: readonly BareAppend[];
  readonly events: number;
}
type Inputs = Record<'single' | 'hundreds' | 'crowd', Input>;

/**
 * Durable appends through the port against a bare loop over the driver, in one run and in interleaved rounds, because
 * figures of two runs on a busy machine cannot be compared.
 */
export async function measureAppends({ quick, say }: Bench): Promise<readonly Measure[]> {
  // Short rounds, many of them: on a busy machine the disk changes its pace within seconds, and neighbours must meet the same.
  const [rounds, appends] = quick ? [7, 200] : [21, 400];
  const inputs: Inputs = { single: await inputOf(appends, 1), hundreds: await inputOf(Math.ceil(appends / 5), HUNDRED), crowd: await inputOf(appends * 4, 1) };
  const measured: AppendRound[] = [];
  await measureRound(inputs, true);
  for (let round = 1; round <= rounds; round += 1) {
    say(`append: round ${round} of ${rounds}`);
    measured.push(await measureRound(inputs, round % 2 === 1));
  }
  const against = (ours: keyof AppendRound, yardstick: keyof AppendRound): Round[] => measured.map((round) => ({ ours: round[ours], yardstick: round[yardstick] }));
  const how = 'EventStore.append, answered after the commit, against prepared inserts of the same rows through better-sqlite3 with the same settings';
  return [
    againstYardstick({ id: 'append-singly', what: 'Durable append, one event each', unit: 'events/s', how }, against('singly', 'bareSingly'), 0.7),
    againstYardstick({ id: 'append-hundreds', what: 'Durable append, hundreds', unit: 'events/s', how }, against('inHundreds', 'bareInHundreds'), 0.7),
    againstYardstick({
      id: 'append-64-writers', what: 'Durable append, 64 writers', unit: 'events/s', how: `${how}; the yardstick is its loop of single appends`,
    }, against('writers64', 'bareSingly'), 2),
  ];
}

/** Who begins changes from round to round, so that neither side always finds the disk as the other left it. */
async function measureRound({ single, hundreds, crowd }: Inputs, bareFirst: boolean): Promise<AppendRound> {
  const [bareSingly, singly] = await inTurn(bareFirst, () => measureBare(single), () => measurePort(single, 1));
  const writers64 = await measurePort(crowd, WRITERS);
  const [bareInHundreds, inHundreds] = await inTurn(bareFirst, () => measureBare(hundreds), () => measurePort(hundreds, 1));
  return { bareSingly, singly, bareInHundreds, inHundreds, writers64 };
}

async function inTurn(bareFirst: boolean, bare: () => Promise<number>, port: () => Promise<number>): Promise<readonly [number, number]> {
  if (bareFirst) return [await bare(), await port()];
  const ours = await port();
  return [await bare(), ours];
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
