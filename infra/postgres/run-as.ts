import { execFileSync, spawn, type ChildProcess } from 'node:child_process';

/** Who runs the server. PostgreSQL refuses root, so root hands over to somebody else. */
export interface Runner {
  readonly uid?: number;
  readonly gid?: number;
}

const CANDIDATES = ['postgres', 'nobody'];

/** @throws Error when this is root and the machine has no other user to run it. */
export function runner(): Runner {
  if (process.getuid?.() !== 0) return {};
  for (const name of CANDIDATES) {
    const [uid, gid] = [idOf('-u', name), idOf('-g', name)];
    if (uid !== null && gid !== null) return { uid, gid };
  }
  throw new Error(`PostgreSQL does not run as root, and there is no user ${CANDIDATES.join(' or ')} to run it: run "useradd --system postgres"`);
}

function idOf(which: '-u' | '-g', name: string): number | null {
  try {
    return Number(execFileSync('id', [which, name], { stdio: ['ignore', 'pipe', 'ignore'] }));
  } catch {
    return null;
  }
}

/**
 * Starts a direct child that the kernel ends (at once, the data are a test's) when this process dies without a chance to
 * do so itself. Where setpriv is missing, a killed test run leaves the server behind.
 */
export function spawnWithParent(program: string, args: readonly string[], by: Runner, log: number): ChildProcess {
  const stdio = ['ignore', log, log] as ['ignore', number, number];
  if (!hasSetpriv()) return spawn(program, args, { ...by, stdio });
  const user = by.uid === undefined ? [] : [`--reuid=${by.uid}`, `--regid=${by.gid}`, '--clear-groups'];
  return spawn('setpriv', [...user, '--pdeathsig=QUIT', program, ...args], { stdio });
}

let setpriv: boolean | null = null;

function hasSetpriv(): boolean {
  if (setpriv !== null) return setpriv;
  try {
    execFileSync('setpriv', ['--pdeathsig', 'TERM', 'true'], { stdio: 'ignore' });
    setpriv = true;
  } catch {
    setpriv = false;
  }
  return setpriv;
}
