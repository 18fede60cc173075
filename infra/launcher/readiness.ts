import { setTimeout as pause } from 'node:timers/promises';

/** Answer of /health/ready. */
export interface Health {
  readonly status: string;
  readonly checks: unknown;
}

export interface Readiness {
  readonly ready: boolean;
  /** For people: `ready`, `not listening yet`, or what the service says it waits for. */
  readonly why: string;
}

const ANSWER_WITHIN_MS = 2_000;

export async function askReady(url: string): Promise<Readiness> {
  try {
    const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    const health = await response.json().catch(() => null) as Health | null;
    return response.ok ? { ready: true, why: 'ready' } : { ready: false, why: whatIsMissing(health) };
  } catch (error) {
    return { ready: false, why: error instanceof Error && error.name === 'TimeoutError' ? 'no answer within 2 s' : 'not listening yet' };
  }
}

/** Names of the failing checks, whether `checks` is a record or a list. */
export function whatIsMissing(health: Health | null): string {
  const checks = health?.checks;
  if (typeof checks !== 'object' || checks === null) return 'not ready';
  const entries = Array.isArray(checks) ? checks.map((check: { name?: string }) => [check.name ?? '?', check] as const) : Object.entries(checks);
  const failing = entries.filter(([, check]) => !isFine(check)).map(([name]) => name);
  return failing.length > 0 ? `waits for ${failing.join(', ')}` : 'not ready';
}

function isFine(check: unknown): boolean {
  if (typeof check === 'object' && check !== null) {
    const { ok, status } = check as { ok?: unknown; status?: unknown };
    return ok === true || isFine(status);
  }
  return check === true || ['ok', 'up', 'ready', 'pass'].includes(String(check));
}

/** Asks every 50 ms until ready. @returns false when `given up` answered true first */
export async function untilReady(url: string, givenUp: () => boolean, onWait: (why: string) => void): Promise<boolean> {
  while (!givenUp()) {
    const { ready, why } = await askReady(url);
    if (ready) return true;
    onWait(why);
    await pause(50);
  }
  return false;
}
