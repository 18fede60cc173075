import { readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installWithApt, isExecutable } from '../system-package.js';

export interface LocateOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Told once, before anything is installed. */
  readonly announce?: (line: string) => void;
  /** Where Debian keeps one folder for each major version. */
  readonly versions?: string;
}

const NEEDED = ['initdb', 'postgres', 'pg_dump', 'pg_restore'];

/**
 * Folder of the programs of a PostgreSQL server: on the PATH, else the newest below /usr/lib/postgresql, else installed
 * with the package manager when that may be used. Only tests and measurements start a server; departments are given one.
 * @throws Error with the one command to run when none of these work.
 */
export function locatePostgres(options: LocateOptions = {}): string {
  const env = options.env ?? process.env;
  const versions = options.versions ?? '/usr/lib/postgresql';
  const found = findFolder(env, versions) ?? installed(env, versions, options.announce ?? (() => undefined));
  if (found) return found;
  throw new Error('PostgreSQL is not installed: run "sudo apt-get install postgresql"');
}

function findFolder(env: NodeJS.ProcessEnv, versions: string): string | null {
  const onPath = (env.PATH ?? '').split(delimiter).filter(Boolean);
  return [...onPath, ...versionFolders(versions)].find((folder) => NEEDED.every((name) => isExecutable(join(folder, name)))) ?? null;
}

function versionFolders(versions: string): string[] {
  try {
    return readdirSync(versions).sort((a, b) => Number(b) - Number(a)).map((version) => join(versions, version, 'bin'));
  } catch {
    return [];
  }
}

/** Debian's package also starts a server of its own on port 5432; ours never uses a fixed port. */
function installed(env: NodeJS.ProcessEnv, versions: string, announce: (line: string) => void): string | null {
  return installWithApt('postgresql', { env, announce }) ? findFolder(env, versions) : null;
}
