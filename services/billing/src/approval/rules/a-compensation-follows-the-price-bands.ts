import type { PolicySet, TableOutcome } from 'aftercare/policy';
import type { PendingApproval } from '../approval.js';
import { thePriceBands, theWaiverBands } from './the-band-names-the-approver.js';

/**
 * Our reading: P001C has bands for the price of a service and for waiving it, no source has any for a concession
 * granted in a complaint (P000-32). Money given away is held to the same bands as a price (P001C-25, P001C-26).
 */
export function theBandsSay(pending: PendingApproval, policy: PolicySet): TableOutcome {
  const amounts = { price: pending.amount, cost: pending.cost };
  return pending.stage === 'waiver-requested' ? theWaiverBands(amounts, policy) : thePriceBands(amounts, policy);
}
