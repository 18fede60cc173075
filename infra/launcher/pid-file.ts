import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { processIdentity } from './process-identity.js';

/** First line the pid, second line the identity of the process at the time of writing. */
export interface PidRecord {
  readonly pid: number;
  readonly identity: string;
}

export const LAUNCHER = 'launcher';
export const runFolder = (dataDir: string): string => join(dataDir, 'run');
const fileOf = (dataDir: string, name: string): string => join(runFolder(dataDir), `${name}.pid`);

export function parsePidFile(text: string): PidRecord | null {
  const [pid, identity] = text.split('\n');
  return Number(pid) > 1 && identity ? { pid: Number(pid), identity } : null;
}

/** True when the very process that was written down still runs, and not another one that got its number. */
export function stillRuns(record: PidRecord, identityOf: (pid: number) => string | null = processIdentity): boolean {
  return identityOf(record.pid) === record.identity;
}

export function readPid(dataDir: string, name: string): PidRecord | null {
  try { return parsePidFile(readFileSync(fileOf(dataDir, name), 'utf8')); } catch { return null; }
}

/** The running process of that name, or null. */
export function livePid(dataDir: string, name: string): number | null {
  const record = readPid(dataDir, name);
  return record && stillRuns(record) ? record.pid : null;
}

export function writePid(dataDir: string, name: string, pid: number): void {
  mkdirSync(runFolder(dataDir), { recursive: true });
  writeFileSync(fileOf(dataDir, name), `${pid}\n${processIdentity(pid) ?? 'gone'}\n`);
}

export function removePid(dataDir: string, name: string): void {
  rmSync(fileOf(dataDir, name), { force: true });
}

/** Removes the file only while it names `pid`: a data folder may have been replaced under a running instance. */
export function removePidOf(dataDir: string, name: string, pid: number): boolean {
  if (readPid(dataDir, name)?.pid !== pid) return false;
  removePid(dataDir, name);
  return true;
}

/**
 * Makes this process the launcher of the data folder. @returns the pid of the launcher that already is, else null.
 * The file appears whole or not at all, so two launchers started at once cannot both win.
 */
export function claimLauncher(dataDir: string): number | null {
  const target = fileOf(dataDir, LAUNCHER);
  const draft = `${target}.${process.pid}`;
  mkdirSync(runFolder(dataDir), { recursive: true });
  writeFileSync(draft, `${process.pid}\n${processIdentity(process.pid) ?? 'gone'}\n`);
  try {
    for (;;) {
      try {
        linkSync(draft, target);
        return null;
      } catch {
        const holder = livePid(dataDir, LAUNCHER);
        if (holder !== null) return holder;
        rmSync(target, { force: true });
      }
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Names with a pid file, without the launcher's. */
export function recordedNames(dataDir: string): string[] {
  try {
    return readdirSync(runFolder(dataDir)).filter((file) => file.endsWith('.pid')).map((file) => file.slice(0, -4))
      .filter((name) => name !== LAUNCHER);
  } catch {
    return [];
  }
}

/** Ends one recorded process that is still ours: asks, waits `graceMs`, then forces. @returns false when it was gone or not ours. */
export async function endRecorded(dataDir: string, name: string, graceMs: number): Promise<boolean> {
  const record = readPid(dataDir, name);
  if (!record || !stillRuns(record)) return false;
  const signalled = Date.now();
  send(record, 'SIGTERM');
  while (stillRuns(record)) {
    if (Date.now() - signalled > graceMs) send(record, 'SIGKILL');
    await pause(50);
  }
  return true;
}

function send(record: PidRecord, signal: NodeJS.Signals): void {
  try { process.kill(record.pid, signal); } catch { /* It ended between the look and the signal, which is what was wanted. */ }
}

/** What a killed launcher left behind is ended and its files removed. @returns the names of what still ran. */
export async function clearLeftovers(dataDir: string, graceMs: number): Promise<string[]> {
  const ended = await Promise.all(recordedNames(dataDir).map(async (name) => {
    const ran = await endRecorded(dataDir, name, graceMs);
    removePid(dataDir, name);
    return ran ? name : null;
  }));
  return ended.filter((name) => name !== null);
}
