import type { ApproverRole } from 'aftercare/contracts';
import type { Money, RuleTrace } from 'aftercare/kernel';
import type { ApprovalBand, PolicySet } from 'aftercare/policy';

export interface NamedApprover {
  readonly approver: ApproverRole;
  readonly trace: RuleTrace;
}

interface Amounts {
  readonly price: Money;
  /** Null where finance has not calculated one. */
  readonly cost: Money | null;
}

/** P001C-25, P001C-26: below 1000.00 yuan the after-sales manager, from 1000.00 on the sales vice president. */
export function thePriceBandNamesTheApprover(amounts: Amounts, policy: PolicySet): NamedApprover | null {
  return firstBand(policy.value('P001C', 'billing.price_approval.bands'), amounts);
}

/**
 * P001C-27, P001C-28, P001C-29. Only the top band looks at the cost. A price above 5000.00 yuan whose cost is not
 * above 5000.00 is in no band (catalogue contradiction 8): the answer is null and a person has to say who decides.
 */
export function theWaiverBandNamesTheApprover(amounts: Amounts, policy: PolicySet): NamedApprover | null {
  return firstBand(policy.value('P001C', 'billing.waiver.bands'), amounts);
}

/** First match wins. A band on an unknown cost cannot be passed over: the ones after it might be the wrong ones. */
function firstBand(bands: readonly ApprovalBand[], { price, cost }: Amounts): NamedApprover | null {
  for (const { approver, basis, from, below, row } of bands) {
    const amount = basis === 'price' ? price : cost;
    if (amount === null) return null;
    if (amount.minor < from || (below !== null && amount.minor >= below)) continue;
    return {
      approver,
      trace: { id: 'P001C', version: '1', rule: row, inputs: { price: price.minor, cost: cost?.minor ?? null }, outcome: approver },
    };
  }
  return null;
}
