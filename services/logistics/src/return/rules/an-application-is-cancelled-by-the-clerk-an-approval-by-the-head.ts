import { refuse, stageInChinese, wrongStage, type DecisionContext, type Refusal } from 'aftercare/kernel';
import { mayBy, type PolicySet } from 'aftercare/policy';
import type { OpenedReturn } from '../return.js';

const APPLICATION: readonly string[] = ['requested', 'reviewed', 'exception-requested'];
const UNDER_WAY: readonly string[] = ['approved', 'instructed', 'arrived', 'ordered', 'picked-up'];

/**
 * P002B-19, P002B-20: the head of after-sales answers for goods that were approved and called in, so nobody else gives
 * them up; what is only applied for, the clerk may take back. Without an end before the warehouse, goods that were
 * never sent or got lost would keep their case waiting for good and their share of the rate reserved (P002B-17). Goods
 * that were received end by inspection or stock-in.
 */
export function anApplicationIsCancelledByTheClerkAnApprovalByTheHead({ stage }: OpenedReturn, { actor, policy }: DecisionContext<PolicySet>): Refusal | null {
  const isApplication = APPLICATION.includes(stage);
  if (!isApplication && !UNDER_WAY.includes(stage)) return wrongStage('CancelReturn', stage);
  const key = isApplication ? 'return.cancellation.application_roles' : 'return.cancellation.approval_roles';
  if (mayBy(policy.setting(key), actor.role)) return null;
  return refuse('not-your-role', {
    zh: `您的角色不能取消处于“${stageInChinese(stage)}”的退换货。`, en: `Your role does not cancel a return that is ${stage}.`,
  }, { rule: policy.cite(key).rule });
}
