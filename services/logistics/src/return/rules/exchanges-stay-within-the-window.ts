import type { ReturnFacts, ReturnObstacle } from 'aftercare/contracts';
import type { PolicySet } from 'aftercare/policy';

export interface WindowCheck {
  /** Null: nobody knows. */
  readonly within: boolean | null;
  readonly obstacle: Extract<ReturnObstacle, 'purchases-unknown' | 'outside-window'> | null;
  readonly inputs: { readonly lastBoughtOn: string | null; readonly requestedOn: string; readonly windowDays: number | null };
}

const DAY_MS = 86_400_000;

/**
 * P002B-16, P002B-17: calendar days from the last purchase of the article to the application; the last day counts.
 * A customer who never bought the article has no window to be in. Switched off, every day is within.
 */
export function exchangesStayWithinTheWindow(requestedOn: string, facts: ReturnFacts, policy: PolicySet): WindowCheck {
  const { lastBoughtOn } = facts;
  const windowDays = policy.setting('return.exchange_window');
  const inputs = { lastBoughtOn, requestedOn, windowDays };
  if (lastBoughtOn === null) return { within: null, obstacle: 'purchases-unknown', inputs };
  // Both are dates at midnight UTC, so the difference is a whole number of days.
  const elapsedDays = (Date.parse(requestedOn) - Date.parse(lastBoughtOn)) / DAY_MS;
  const within = windowDays === null || elapsedDays <= windowDays;
  return { within, obstacle: within ? null : 'outside-window', inputs };
}
