import { pause } from '../pause.js';

/** Waits until `check` holds. @throws Error with the description after `ms`. */
export async function eventually(what: string, check: () => Promise<boolean> | boolean, ms = 20_000): Promise<void> {
  for (const deadline = Date.now() + ms; Date.now() < deadline;) {
    if (await check()) return;
    await pause(10);
  }
  throw new Error(`never happened: ${what}`);
}
