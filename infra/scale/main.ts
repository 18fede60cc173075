import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { Client } from 'pg';
import { readableEvents } from 'aftercare/contracts';
import { decodeWith, openStore, type EventStore } from 'aftercare/event-store';
import { table } from '../cli/table.js';
import { startPrivateCluster } from '../postgres/private-cluster.js';
import { Generator } from './generator.js';
import { lastOf, P99_MS, SCALE_HEAD, scaleRows } from './scale-table.js';
import { bytesOf, growAndMeasure, type ScaleResult } from './stops.js';

const GIGABYTE = 2 ** 30;
/** Log, its indexes and journal, and the read models twice over while they are rebuilt. */
const BYTES_PER_EVENT = 2_500;
const KEPT_CASES = 20_000;
const EVENTS_PER_CASE = 15;

interface Log {
  readonly store: EventStore;
  readonly size: () => Promise<number | null>;
  readonly end: () => Promise<void>;
}

const { events, engine, json, rebuild } = new Command('npm run scale --')
  .description('Lets an intake log of realistic cases grow to a size, stopping at every power of ten from 10,000 on, and measures one case and a rebuild at each. TMPDIR chooses the disk.')
  .option('--events <count>', 'events of the largest log', Number, 1_000_000)
  .option('--engine <name>', 'sqlite or postgres', 'sqlite')
  .option('--no-rebuild', 'measure cases only, in a third of the time')
  .option('--json <file>', 'write the result as JSON to a file')
  .parse().opts<{ events: number; engine: string; json?: string; rebuild: boolean }>();

const say = (line: string): void => { process.stderr.write(`${line}\n`); };

function sizesUpTo(most: number): readonly number[] {
  const sizes = [10_000, 100_000, 1_000_000].filter((size) => size < most);
  return [...sizes, most];
}

function requireRoom(folder: string): void {
  const { bavail, bsize } = statfsSync(folder);
  const needed = events * BYTES_PER_EVENT;
  if (bavail * bsize > needed) return;
  throw new Error(`${folder} has ${(bavail * bsize / GIGABYTE).toFixed(1)} GB free and ${events} events need about ${(needed / GIGABYTE).toFixed(1)} GB: set TMPDIR to another disk`);
}

async function openLog(folder: string): Promise<Log> {
  const options = { log: 'intake', dataDir: folder, forTransfer: true, decode: decodeWith(readableEvents) };
  if (engine === 'sqlite') {
    const store = await openStore('sqlite', options);
    return { store, size: async () => bytesOf(['log.db', 'log.db-wal'].map((name) => join(folder, name))), end: () => store.close() };
  }
  if (engine !== 'postgres') throw new Error(`there is no engine "${engine}": choose sqlite or postgres`);
  const cluster = await startPrivateCluster({ settings: { shared_buffers: '256MB', max_wal_size: '4GB' } });
  const url = await cluster.createDatabase();
  const store = await openStore(url, options);
  return {
    store,
    size: () => sizeOfDatabase(url),
    end: async () => {
      await store.close();
      await cluster.remove();
    },
  };
}

async function sizeOfDatabase(url: string): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ bytes: string }>('SELECT pg_database_size(current_database()) AS bytes');
  await client.end();
  return Number(rows[0]?.bytes);
}

const parent = tmpdir();
mkdirSync(parent, { recursive: true });
requireRoom(parent);
const folder = mkdtempSync(join(parent, 'aftercare-scale-'));
const log = await openLog(folder);
const began = performance.now();
try {
  const keepEvery = Math.max(1, Math.floor(events / EVENTS_PER_CASE / KEPT_CASES));
  const generator = await Generator.create({ keepEvery });
  const stops = await growAndMeasure({ store: log.store, generator, folder, size: log.size, withRebuild: rebuild, say }, sizesUpTo(events));
  const result: ScaleResult = { engine, measuredAt: new Date().toISOString(), seconds: Math.round((performance.now() - began) / 1_000), stops };
  const { p99Ms } = lastOf(result).replay;
  process.stdout.write(`${table(SCALE_HEAD, scaleRows(result))}\n\n${engine}, ${result.seconds} s in all. One case at the largest log, p99: ${p99Ms.toFixed(2)} ms, target ${P99_MS} ms: ${p99Ms <= P99_MS ? 'met' : 'MISSED'}\n`);
  if (json !== undefined) writeFileSync(resolve(json), `${JSON.stringify(result, null, 2)}\n`);
} finally {
  await log.end();
  rmSync(folder, { recursive: true, force: true });
}
