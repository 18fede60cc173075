import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { installWithApt } from '../../system-package.js';

/** One way in which the disk refuses. */
export interface DiskError {
  readonly call: 'fsync,fdatasync' | 'pwrite64';
  readonly error: 'EIO' | 'ENOSPC';
  /** Which call of its kind fails, from 1. */
  readonly at: number;
  /** Whether all later ones fail as well: a disk that is full or gone, not one that stumbled. */
  readonly lasts: boolean;
}

/** Null when strace runs here and may trace; otherwise why not and what to do. Installs it where that is allowed. */
export function whyNoStrace(announce: (line: string) => void): string | null {
  if (works()) return null;
  if (process.platform !== 'linux') return 'disk errors are injected with strace, which only Linux has';
  installWithApt('strace', { env: process.env, announce });
  return works() ? null : 'strace is missing or may not trace here: install it (Debian: `apt-get install strace`) and repeat';
}

function works(): boolean {
  return spawnSync('strace', ['-o', '/dev/null', 'true'], { stdio: 'ignore' }).status === 0;
}

/** Command that runs another one with the error in it; what happened is in `trace`. */
export function injecting({ call, error, at, lasts }: DiskError, trace: string): string[] {
  return ['strace', '-f', '--seccomp-bpf', '-o', trace, '-e', `trace=${call}`, '-e', `inject=${call}:error=${error}:when=${at}${lasts ? '+' : ''}`];
}

/** How often the error really came. */
export function injectedIn(trace: string): number {
  try {
    return readFileSync(trace, 'utf8').split('(INJECTED)').length - 1;
  } catch {
    return 0;
  }
}
