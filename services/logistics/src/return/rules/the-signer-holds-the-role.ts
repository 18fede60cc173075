import type { ReturnReason, ReviewSigner, StockInSigner } from 'aftercare/contracts';
import { refuse, type Actor, type Refusal } from 'aftercare/kernel';

const STOCK_IN: Readonly<Record<StockInSigner, string>> = {
  'after-sales': 'logistics.after-sales-head', operations: 'logistics.operations-head', quality: 'logistics.quality',
};

/** P002B-16: section and finance sign for unsaleable goods. P002B-19: for quality returns the head of after-sales signs. */
export function theReviewerHoldsTheRole(signer: ReviewSigner, reason: ReturnReason, actor: Actor): Refusal | null {
  if (signer === 'finance') return holds(actor, ['logistics.finance'], 'P002B-16');
  if (reason === 'quality') return holds(actor, ['logistics.after-sales-head'], 'P002B-19');
  return holds(actor, ['logistics.after-sales-head', 'logistics.clerk'], reason === 'unsaleable' ? 'P002B-16' : 'P000-38');
}

/** P002B-16: the head of operations approves unsaleable goods; P002B-19: the head of after-sales everything else. */
export function theApproverHoldsTheRole(reason: ReturnReason, actor: Actor): Refusal | null {
  return reason === 'unsaleable' ? holds(actor, ['logistics.operations-head'], 'P002B-16') : holds(actor, ['logistics.after-sales-head'], 'P002B-19');
}

/** P002B-25: head of after-sales, head of operations and quality sign each for themselves. */
export function theStockInSignerHoldsTheRole(signer: StockInSigner, actor: Actor): Refusal | null {
  return holds(actor, [STOCK_IN[signer]], 'P002B-25');
}

function holds(actor: Actor, roles: readonly string[], rule: string): Refusal | null {
  if (roles.includes(actor.role)) return null;
  return refuse('not-your-role', {
    zh: `该签字须由 ${roles.join('、')} 作出。`, en: `This signature belongs to ${roles.join(' or ')}.`,
  }, { rule });
}
