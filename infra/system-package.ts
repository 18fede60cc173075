import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Debian keeps servers in /usr/sbin, which an ordinary user's PATH leaves out. */
const EXTRA_FOLDERS = ['/usr/sbin', '/usr/local/bin'];

export interface InstallOptions {
  readonly env: NodeJS.ProcessEnv;
  /** Told once, before anything is installed. */
  readonly announce: (line: string) => void;
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export function findProgram(name: string, env: NodeJS.ProcessEnv): string | null {
  const folders = [...(env.PATH ?? '').split(delimiter).filter(Boolean), ...EXTRA_FOLDERS];
  return folders.map((folder) => join(folder, name)).find(isExecutable) ?? null;
}

/** Installs a package of the system where we may: as root, and where there is apt-get. False when it did not work. */
export function installWithApt(name: string, { env, announce }: InstallOptions): boolean {
  if (process.getuid?.() !== 0 || !findProgram('apt-get', { PATH: env.PATH })) return false;
  announce(`${name} is missing: installing it with apt-get`);
  const quiet = { stdio: 'ignore', env: { ...env, DEBIAN_FRONTEND: 'noninteractive' } } as const;
  try {
    execFileSync('apt-get', ['update'], quiet);
    execFileSync('apt-get', ['install', '-y', '--no-install-recommends', name], quiet);
    return true;
  } catch {
    return false;
  }
}
