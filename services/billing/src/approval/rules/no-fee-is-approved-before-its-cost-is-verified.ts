import { refuse, type Refusal } from 'aftercare/kernel';
import type { PendingApproval } from '../approval.js';

/** P001C-24: finance calculates the cost of every drafted price first. A compensation is no price and has no cost. */
export function noFeeIsApprovedBeforeItsCostIsVerified(pending: PendingApproval): Refusal | null {
  if (pending.kind !== 'service-fee' || pending.cost !== null) return null;
  return refuse('cost-not-verified', {
    zh: '财务尚未核算成本，不能审批价格。', en: 'Finance has not verified the cost yet; the price cannot be approved before.',
  }, { rule: 'P001C-24' });
}
