import { spawnSync } from 'node:child_process';
import { closeSync, fdatasyncSync, mkdtempSync, openSync, readFileSync, realpathSync, rmSync, writeSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { locateNatsServer } from '../nats/server.js';
import { median } from './statistics.js';

/** What figures depend on and readers therefore have to know. */
export interface Machine {
  readonly cores: number;
  readonly cpu: string;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
  readonly sqlite: string;
  readonly nats: string;
  /** Every store and every yardstick writes with this mode: an answer means that the disk has it. */
  readonly durability: string;
  readonly dataFolder: string;
  readonly fileSystem: string;
  /** Milliseconds that one write of 4 KB and its sync took, median of 50 before the bench: what every single append pays at least. */
  readonly syncMs: number;
  /** Mean number of programs that wanted to run during the last minute before the bench; above `cores` it was not alone. */
  readonly loadBefore: number;
}

export function machineFacts(dataFolder: string): Machine {
  const cores = cpus();
  return {
    cores: cores.length, cpu: cores[0]?.model ?? 'unknown', memoryGb: Math.round(totalmem() / 2 ** 30), system: `${process.platform} ${process.arch}`,
    node: process.version, sqlite: sqliteVersion(), nats: natsVersion(), durability: 'WAL, synchronous=FULL', dataFolder,
    fileSystem: fileSystemOf(dataFolder), syncMs: syncMs(dataFolder), loadBefore: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  };
}

/** A folder in memory makes every sync free and every ratio meaningless. */
export function isInMemory({ fileSystem }: Machine): boolean {
  return fileSystem === 'tmpfs' || fileSystem === 'ramfs';
}

function sqliteVersion(): string {
  const db = new Database(':memory:');
  const version = db.prepare('SELECT sqlite_version()').pluck().get() as string;
  db.close();
  return version;
}

function natsVersion(): string {
  const place = locateNatsServer();
  if (place.kind === 'running') return `at ${place.url}`;
  return spawnSync(place.path, ['--version'], { encoding: 'utf8' }).stdout?.match(/\d+\.\d+\.\d+/)?.[0] ?? 'unknown';
}

/** Median of 50 writes of 4 KB with their sync, in ms. */
export function syncMs(folder: string): number {
  const file = join(mkdtempSync(join(folder, 'bench-sync-')), 'probe');
  const handle = openSync(file, 'w');
  const page = Buffer.alloc(4_096, 1);
  const took = Array.from({ length: 50 }, () => {
    const began = performance.now();
    writeSync(handle, page);
    fdatasyncSync(handle);
    return performance.now() - began;
  });
  closeSync(handle);
  rmSync(dirname(file), { recursive: true });
  return Math.round(median(took) * 100) / 100;
}

function fileSystemOf(folder: string): string {
  try {
    const place = realpathSync(folder);
    const mounts = readFileSync('/proc/mounts', 'utf8').trim().split('\n').map((line) => line.split(' '));
    const holding = mounts.filter(([, at = '']) => at === '/' || place === at || place.startsWith(`${at}/`));
    return holding.sort(([, a = ''], [, b = '']) => a.length - b.length).at(-1)?.[2] ?? 'unknown';
  } catch {
    return 'unknown';
  }
}
