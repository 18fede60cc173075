import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Either a server that somebody else runs, or a program to start one. */
export type NatsLocation =
  | { readonly kind: 'running'; readonly url: string }
  | { readonly kind: 'program'; readonly path: string };

export interface LocateOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Told once, before anything is installed. */
  readonly announce?: (line: string) => void;
}

/** Debian keeps servers in /usr/sbin, which an ordinary user's PATH leaves out. */
const EXTRA_FOLDERS = ['/usr/sbin', '/usr/local/bin'];

/**
 * Where NATS comes from: `NATS_URL`, else `nats-server` on the PATH, else the package manager when it may be used.
 * @throws Error with the one command to run when none of these work.
 */
export function locateNatsServer(options: LocateOptions = {}): NatsLocation {
  const env = options.env ?? process.env;
  if (env.NATS_URL) return { kind: 'running', url: env.NATS_URL };
  const found = findProgram('nats-server', env) ?? installWithApt(env, options.announce ?? (() => undefined));
  if (found) return { kind: 'program', path: found };
  throw new Error('nats-server is not installed: run "sudo apt-get install nats-server" or set NATS_URL to a running server');
}

function findProgram(name: string, env: NodeJS.ProcessEnv): string | null {
  const folders = [...(env.PATH ?? '').split(delimiter).filter(Boolean), ...EXTRA_FOLDERS];
  return folders.map(folder => join(folder, name)).find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Debian's package also starts a service of its own on port 4222. Our servers never use a fixed port,
 * so the two do not meet.
 */
function installWithApt(env: NodeJS.ProcessEnv, announce: (line: string) => void): string | null {
  if (process.getuid?.() !== 0 || !findProgram('apt-get', env)) return null;
  announce('nats-server is missing: installing it with apt-get');
  const quiet = { stdio: 'ignore', env: { ...env, DEBIAN_FRONTEND: 'noninteractive' } } as const;
  try {
    execFileSync('apt-get', ['update'], quiet);
    execFileSync('apt-get', ['install', '-y', 'nats-server'], quiet);
  } catch {
    return null;
  }
  return findProgram('nats-server', env);
}
