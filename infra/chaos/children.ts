import type { ChildProcess } from 'node:child_process';

const living = new Set<number>();

/** Children of a run that is ended early go with it: whoever started them ends them, by their id. */
export function goesWithUs(pid: number): () => void {
  living.add(pid);
  return () => { living.delete(pid); };
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
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130));
}
