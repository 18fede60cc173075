import { setTimeout as wait } from 'node:timers/promises';

/** Waits, or returns at once when stopped: the caller looks at the signal itself. */
export async function pause(ms: number, stopped?: AbortSignal): Promise<void> {
  if (stopped?.aborted) return;
  await wait(ms, undefined, { signal: stopped }).catch(() => undefined);
}

/** 50 ms, doubled per failure, at most `most`. */
export function backoff(failures: number, most = 2_000): number {
  return Math.min(50 * 2 ** Math.min(failures, 20), most);
}
