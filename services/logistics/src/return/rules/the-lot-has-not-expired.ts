import type { ReturnFacts, ReturnObstacle } from 'aftercare/contracts';
import type { OpenedReturn } from '../return.js';

export interface ExpiryCheck {
  /** Null: nobody knows. */
  readonly expired: boolean | null;
  readonly obstacle: Extract<ReturnObstacle, 'lot-expired' | 'lot-expiry-unknown'> | null;
  readonly inputs: { readonly expiresOn: string | null; readonly today: string };
}

/**
 * P002A-17: the last day still counts. The registry's date goes before one read off the goods, and that before the
 * customer's word. What follows from it says the table.
 */
export function theLotHasNotExpired(
  state: OpenedReturn, facts: ReturnFacts, checkedOnGoods: string | null, today: string,
): ExpiryCheck {
  const expiresOn = facts.lotExpiresOn ?? checkedOnGoods ?? state.goods.expiresOn;
  const inputs = { expiresOn, today };
  if (expiresOn === null) return { expired: null, obstacle: 'lot-expiry-unknown', inputs };
  const expired = today > expiresOn;
  return { expired, obstacle: expired ? 'lot-expired' : null, inputs };
}
