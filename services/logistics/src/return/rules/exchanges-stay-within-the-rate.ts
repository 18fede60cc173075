import type { ReturnFacts, ReturnObstacle } from 'aftercare/contracts';
import type { PolicySet } from 'aftercare/policy';

export interface RateCheck {
  /** Null: nobody knows. */
  readonly within: boolean | null;
  readonly obstacle: Extract<ReturnObstacle, 'purchases-unknown' | 'over-exchange-rate'> | null;
  readonly inputs: { readonly bought: number; readonly exchanged: number; readonly quantity: number | null; readonly limitBasisPoints: number | null };
}

/**
 * P002B-16, P002B-17: pieces exchanged or approved for exchange so far, and now, as a share of pieces bought; the limit itself is still within.
 * Both sides are multiplied out, so no rounding can decide a case. Without a known purchase there is no share. Switched off, every rate is within.
 */
export function exchangesStayWithinTheRate(quantity: number | null, facts: ReturnFacts, policy: PolicySet): RateCheck {
  const { bought, exchanged } = facts;
  const limitBasisPoints = policy.setting('return.exchange_rate_limit');
  const inputs = { bought, exchanged, quantity, limitBasisPoints };
  if (bought === 0 || quantity === null) return { within: null, obstacle: 'purchases-unknown', inputs };
  const within = limitBasisPoints === null || (exchanged + quantity) * 10_000 <= limitBasisPoints * bought;
  return { within, obstacle: within ? null : 'over-exchange-rate', inputs };
}
