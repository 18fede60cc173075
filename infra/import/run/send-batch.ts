import { setTimeout as pause } from 'node:timers/promises';
import type { ImportRowResult } from 'aftercare/contracts';

/** Hands one request body to intake. @throws whatever `mayPass` then judges */
export type Post = (body: string) => Promise<{ readonly results: readonly ImportRowResult[] }>;

export interface Sending {
  readonly post: Post;
  /** True for a failure that waiting may cure: away, overloaded, connection lost. */
  readonly mayPass: (error: unknown) => boolean;
  /** Told before each repeat. */
  readonly waiting: (attempt: number, waitMs: number) => void;
  readonly firstWaitMs: number;
}

const ATTEMPTS = 12;
const LONGEST_WAIT_MS = 10_000;

/**
 * Sends until there is an answer. Sending again is harmless, because a row that arrived before its answer was lost is
 * recognised by its command id. @throws the last failure
 */
export async function sendBatch(register: string, rows: readonly string[], sending: Sending): Promise<readonly ImportRowResult[]> {
  if (rows.length === 0) return [];
  const body = `{"register":${JSON.stringify(register)},"rows":[${rows.join(',')}]}`;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { results } = await sending.post(body);
      if (results.length !== rows.length) throw new Error(`${rows.length} rows were sent and ${results.length} answers came back`);
      return results;
    } catch (error) {
      if (!sending.mayPass(error) || attempt === ATTEMPTS) throw error;
      const waitMs = Math.min(sending.firstWaitMs * 2 ** (attempt - 1), LONGEST_WAIT_MS);
      sending.waiting(attempt, waitMs);
      await pause(waitMs);
    }
  }
}
