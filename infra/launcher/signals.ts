import { constants } from 'node:os';

const ENDING: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Ends in order on the first signal and at once on the second. `exitCode` defaults to the shell's 128 + signal.
 * @returns the way to take the handlers off again
 */
export function stopOnSignals(stop: () => Promise<void>, exitCode?: number): () => void {
  let asked = false;
  const handlers = ENDING.map((signal) => {
    const handler = (): void => {
      const code = exitCode ?? 128 + constants.signals[signal];
      if (asked) process.exit(code);
      asked = true;
      stop().then(() => process.exit(code), () => process.exit(1));
    };
    process.on(signal, handler);
    return () => process.removeListener(signal, handler);
  });
  return () => handlers.forEach((remove) => remove());
}
