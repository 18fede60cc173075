import { formatYuan, refuse, sameOrMore, type Money, type Refusal } from 'aftercare/kernel';
import type { PolicySet } from 'aftercare/policy';
import { theNamedApprover, thePriceBands } from './the-band-names-the-approver.js';

/**
 * P001C-30: the handler settles the final price on the basis of the approved one. Our reading where the source is
 * silent: below it needs a new approval, and so does a price so far above it that somebody else decides (P001C-26).
 */
export function anAgreedPriceIsOneThatWasApproved(agreed: Money, approved: Money, policy: PolicySet): Refusal | null {
  if (!sameOrMore(agreed, approved)) {
    return refuse('below-approved-price', {
      zh: `低于已批准的价格 ${formatYuan(approved)}，须重新报批。`,
      en: `Below the approved price of ${formatYuan(approved)}; revise it and have it approved again.`,
    }, { rule: 'P001C-30', field: 'amount' });
  }
  const [before, after] = [approved, agreed].map((price) => theNamedApprover(thePriceBands({ price, cost: null }, policy)));
  // Two prices on which the bands name nobody are not known to be in the same hand.
  if (sameOrMore(approved, agreed) || (before && before.approver === after?.approver)) return null;
  return refuse('beyond-approved-band', {
    zh: '该价格已超出原审批人的权限，须重新报批。', en: 'Another role decides on this price; revise it and have it approved again.',
  }, { rule: 'P001C-26', field: 'amount' });
}
