import type { PolicySet, TableOutcome } from 'aftercare/policy';
import type { PendingApproval } from '../approval.js';
import { theNamedApprover, thePriceBands, theWaiverBands, type NamedApprover } from './the-band-names-the-approver.js';

/**
 * Our reading: P001C has bands for the price of a service and for waiving it, no source has any for a concession
 * granted in a complaint (P000-32). Money given away is held to the same bands as a price (P001C-25, P001C-26).
 */
export function theBandsSay(pending: PendingApproval, policy: PolicySet): TableOutcome {
  const amounts = { price: pending.amount, cost: pending.cost };
  return pending.stage === 'waiver-requested' ? theWaiverBands(amounts, policy) : thePriceBands(amounts, policy);
}

/** A role that a person named goes before the table, and the trace keeps what the table had said. */
export function whoDecides(pending: PendingApproval, policy: PolicySet): NamedApprover | null {
  const said = theBandsSay(pending, policy);
  if (!pending.appointed) return theNamedApprover(said);
  const { trace } = said;
  return { approver: pending.appointed, trace: { ...trace, inputs: { ...trace.inputs, appointed: true }, outcome: `billing.${pending.appointed}` } };
}
