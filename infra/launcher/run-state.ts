import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runFolder } from './pid-file.js';

/** Where everything of one running instance is; read by every command that talks to it. */
export interface RunState {
  readonly dataDir: string;
  /** Tells the state of this launcher from what a killed one left. */
  readonly launcherPid: number;
  /** UTC instant. */
  readonly startedAt: string;
  /** Null until every service was ready once. */
  readonly readyAt: string | null;
  readonly gatewayUrl: string;
  /** May carry credentials where somebody else runs the server; shown by `withoutCredentials` only. */
  readonly natsUrl: string;
  /** Folder of the seeds, never a seed; null where the address alone lets in. */
  readonly natsIdentities: string | null;
  /** Name to base URL, the gateway included. */
  readonly services: Readonly<Record<string, string>>;
  readonly privateKeyFile: string;
  readonly jwksFile: string;
}

const fileOf = (dataDir: string): string => join(runFolder(dataDir), 'state.json');

export function readRunState(dataDir: string): RunState | null {
  try { return JSON.parse(readFileSync(fileOf(dataDir), 'utf8')) as RunState; } catch { return null; }
}

/** Readers see the old state or the new one, never half a file. Only the owner reads it: the bus's address opens the bus. */
export function writeRunState(state: RunState): void {
  const file = fileOf(state.dataDir);
  // The mode of a file that exists already would stay as it is.
  rmSync(`${file}.new`, { force: true });
  writeFileSync(`${file}.new`, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

export function removeRunState(dataDir: string): void {
  rmSync(fileOf(dataDir), { force: true });
}
