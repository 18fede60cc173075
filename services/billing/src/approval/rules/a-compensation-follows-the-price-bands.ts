import type { PolicySet } from 'aftercare/policy';
import type { PendingApproval } from '../approval.js';
import { thePriceBandNamesTheApprover, theWaiverBandNamesTheApprover, type NamedApprover } from './the-band-names-the-approver.js';

/**
 * Our reading: P001C has bands for the price of a service and for waiving it, no source has any for a concession
 * granted in a complaint (P000-32). Money given away is held to the same bands as a price (P001C-25, P001C-26).
 */
export function whoDecides(pending: PendingApproval, policy: PolicySet): NamedApprover | null {
  const amounts = { price: pending.amount, cost: pending.cost };
  if (pending.appointed) {
    return {
      approver: pending.appointed,
      trace: {
        id: 'P001C', version: '1', rule: 'P001C-29', outcome: pending.appointed,
        inputs: { price: pending.amount.minor, cost: pending.cost?.minor ?? null, appointed: true },
      },
    };
  }
  return pending.stage === 'waiver-requested' ? theWaiverBandNamesTheApprover(amounts, policy) : thePriceBandNamesTheApprover(amounts, policy);
}
