import { systemTime, type Time } from './time.js';

/** Waits, or returns at once when stopped: the caller looks at the signal itself. */
export async function pause(ms: number, stopped?: AbortSignal, time: Time = systemTime): Promise<void> {
  if (stopped?.aborted) return;
  await new Promise<void>(done => {
    const end = (): void => {
      callOff();
      stopped?.removeEventListener('abort', end);
      done();
    };
    const callOff = time.after(ms, end);
    stopped?.addEventListener('abort', end);
  });
}

/** 50 ms, doubled per failure, at most `most`. */
export function backoff(failures: number, most = 2_000): number {
  return Math.min(50 * 2 ** Math.min(failures, 20), most);
}
