import type { FixHandlingPlan } from 'aftercare/contracts';
import { refuse, type Refusal } from 'aftercare/kernel';
import { awaitedRemedies, type ComplaintState } from '../complaint.js';

/**
 * P000-32: goods that are in the warehouse cannot come back a second time, and granted money is not granted twice.
 * Logistics and billing would answer such a plan with nothing, and the case would wait for ever.
 */
export function whatIsDoneIsNotAskedForAgain(
  { remedies, compensation }: FixHandlingPlan, { done }: Extract<ComplaintState, { stage: 'classified' | 'planned' }>,
): Refusal | null {
  const again = awaitedRemedies(remedies, compensation ?? null).find((remedy) => done.includes(remedy));
  if (!again) return null;
  return refuse('remedy-already-done', again === 'return'
    ? { zh: '该轮货物已退回入库，新方案不能再要求退换货。', en: 'The goods of this round came back already; a new plan cannot ask for them again.' }
    : { zh: '该轮补偿已批准，新方案不能再次补偿。', en: 'The compensation of this round is granted already; a new plan cannot grant it again.' },
  { rule: 'P000-32', field: again === 'return' ? 'remedies' : 'compensation' });
}
