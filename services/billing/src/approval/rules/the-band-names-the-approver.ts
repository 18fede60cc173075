import { APPROVER_ROLES, type ApproverRole } from 'aftercare/contracts';
import type { Money, RuleTrace } from 'aftercare/kernel';
import type { PolicySet, TableOutcome } from 'aftercare/policy';

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
  return named(policy.decide('billing.price_approval.bands', { price: amounts.price.minor }));
}

/**
 * P001C-27, P001C-28, P001C-29. Only the top band looks at the cost. A price above 5000.00 yuan whose cost is not
 * above 5000.00 is in no band (catalogue contradiction 8): the answer is null and a person has to say who decides.
 */
export function theWaiverBandNamesTheApprover(amounts: Amounts, policy: PolicySet): NamedApprover | null {
  return named(policy.decide('billing.waiver.bands', { price: amounts.price.minor, cost: amounts.cost?.minor ?? null }));
}

function named(answer: TableOutcome): NamedApprover | null {
  if (!answer.determined) return null;
  const approver = APPROVER_ROLES.find((role) => `billing.${role}` === answer.then['approver']);
  return approver ? { approver, trace: answer.trace } : null;
}
