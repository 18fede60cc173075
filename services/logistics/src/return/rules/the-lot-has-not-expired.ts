import type { ReturnFacts, ReturnObstacle } from 'aftercare/contracts';
import type { PolicySet } from 'aftercare/policy';
import type { OpenedReturn } from '../return.js';

export interface ExpiryCheck {
  readonly obstacle: Extract<ReturnObstacle, 'lot-expired' | 'lot-expiry-unknown'> | null;
  readonly inputs: { readonly expiresOn: string | null; readonly today: string };
}

/**
 * P002A-17: the last day still counts. The registry's date goes before one read off the goods, and that before the
 * customer's word. Goods sent back because they expired, or because we sent the wrong ones, are not asked for their
 * date: the clause speaks of goods found defective, and it would leave nothing of the reason "expired" (P000-37).
 */
export function theLotHasNotExpired(
  state: OpenedReturn, facts: ReturnFacts, checkedOnGoods: string | null, today: string, policy: PolicySet,
): ExpiryCheck {
  const expiresOn = facts.lotExpiresOn ?? checkedOnGoods ?? state.goods.expiresOn;
  const inputs = { expiresOn, today };
  const matters = policy.setting('return.requires_unexpired_lot') && state.reason !== 'expired' && state.reason !== 'mis-shipped';
  if (!matters) return { obstacle: null, inputs };
  if (expiresOn === null) return { obstacle: 'lot-expiry-unknown', inputs };
  return { obstacle: today > expiresOn ? 'lot-expired' : null, inputs };
}
