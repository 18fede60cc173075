import { findProgram, installWithApt } from '../system-package.js';

/** Either a server that somebody else runs, or a program to start one. */
export type NatsLocation =
  | { readonly kind: 'running'; readonly url: string }
  | { readonly kind: 'program'; readonly path: string };

export interface LocateOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Told once, before anything is installed. */
  readonly announce?: (line: string) => void;
}

/**
 * Where NATS comes from: `NATS_URL`, else `nats-server` on the PATH, else the package manager when it may be used.
 * @throws Error with the one command to run when none of these work.
 */
export function locateNatsServer(options: LocateOptions = {}): NatsLocation {
  const env = options.env ?? process.env;
  if (env.NATS_URL) return { kind: 'running', url: env.NATS_URL };
  const found = findProgram('nats-server', env) ?? installed(env, options.announce ?? (() => undefined));
  if (found) return { kind: 'program', path: found };
  throw new Error('nats-server is not installed: run "sudo apt-get install nats-server" or set NATS_URL to a running server');
}

/** Debian's package also starts a service of its own on port 4222. Our servers never use a fixed port, so the two do not meet. */
function installed(env: NodeJS.ProcessEnv, announce: (line: string) => void): string | null {
  return installWithApt('nats-server', { env, announce }) ? findProgram('nats-server', env) : null;
}
