import type { ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';

const living = new Set<number>();
const folders = new Set<string>();

/** Children of a run that is ended early go with it: whoever started them ends them, by their id. */
export function goesWithUs(pid: number): () => void {
  living.add(pid);
  return () => { living.delete(pid); };
}

/** @returns the way to remove the folder earlier */
export function folderGoesWithUs(folder: string): () => void {
  folders.add(folder);
  return () => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    folders.delete(folder);
  };
}

export function childGoesWithUs(child: ChildProcess): void {
  if (child.pid === undefined) return;
  const forget = goesWithUs(child.pid);
  child.once('exit', forget);
}

/** To be called once by the program. */
export function endChildrenAtExit(): void {
  process.on('exit', () => {
    for (const pid of living) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It ended by itself, which is what was wanted.
      }
    }
    for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130));
}
