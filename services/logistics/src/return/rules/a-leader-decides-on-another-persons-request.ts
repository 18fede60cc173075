import { refuse, type DecisionContext, type Refusal } from 'aftercare/kernel';
import { mayBy, type PolicySet } from 'aftercare/policy';
import type { AtStage } from '../return.js';

/** P002B-18: only the company leader allows a special case, and never one that he asked for himself. */
export function aLeaderDecidesOnAnotherPersonsRequest(state: AtStage<'exception-requested'>, { actor, policy }: DecisionContext<PolicySet>): Refusal | null {
  if (!mayBy(policy.setting('return.exception_approver'), actor.role)) {
    return refuse('not-your-role', { zh: '特批须由公司领导决定。', en: 'Only the company leader decides on an exception.' },
      { rule: policy.cite('return.exception_approver').rule });
  }
  if (actor.id !== state.exception.account) return null;
  return refuse('separation-of-duties', {
    zh: '申请人不能批准自己的特批申请。', en: 'Nobody decides on an exception of their own.',
  }, { rule: 'P002B-18' });
}
