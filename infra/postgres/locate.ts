import { execFileSync } from 'node:child_process';
import { accessSync, constants, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

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
  const found = findFolder(env, versions) ?? installWithApt(env, versions, options.announce ?? (() => undefined));
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

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Debian's package also starts a server of its own on port 5432; ours never uses a fixed port. */
function installWithApt(env: NodeJS.ProcessEnv, versions: string, announce: (line: string) => void): string | null {
  const apt = (env.PATH ?? '').split(delimiter).some((folder) => isExecutable(join(folder, 'apt-get')));
  if (process.getuid?.() !== 0 || !apt) return null;
  announce('PostgreSQL is missing: installing it with apt-get');
  const quiet = { stdio: 'ignore', env: { ...env, DEBIAN_FRONTEND: 'noninteractive' } } as const;
  try {
    execFileSync('apt-get', ['update'], quiet);
    execFileSync('apt-get', ['install', '-y', 'postgresql'], quiet);
  } catch {
    return null;
  }
  return findFolder(env, versions);
}
