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

/** P001C-25, P001C-26: who approves a price. */
export function thePriceBands(amounts: Amounts, policy: PolicySet): TableOutcome {
  return policy.decide('billing.price_approval.bands', { price: amounts.price.minor });
}

/** P001C-27, P001C-28, P001C-29: who waives one. What no band covers is open (catalogue contradiction 8), and so is an unknown cost. */
export function theWaiverBands(amounts: Amounts, policy: PolicySet): TableOutcome {
  return policy.decide('billing.waiver.bands', { price: amounts.price.minor, cost: amounts.cost?.minor ?? null });
}

/** Null: undetermined, a person has to say who decides. So is a role that this department does not have. */
export function theNamedApprover(outcome: TableOutcome): NamedApprover | null {
  if (!outcome.determined) return null;
  const approver = APPROVER_ROLES.find((role) => `billing.${role}` === outcome.then['approver']);
  return approver ? { approver, trace: outcome.trace } : null;
}
