import type { ReturnEvent } from 'aftercare/contracts';
import { refuse, type Decision, type DecisionContext, type Refusal } from 'aftercare/kernel';
import { mayBy, type PolicySet } from 'aftercare/policy';
import type { EligibilityQuestion, OpenedReturn } from '../return.js';
import type { Judgement } from './a-return-is-judged-before-goods-move.js';

/**
 * P002B-18: who may allow a special case also decides what the policy leaves open, and never on an own question. Where
 * the policy names nobody, whoever the route lets in: a question without anybody to answer it would wait for good.
 */
export function aPersonDecidesWhatNoRuleDoes(asker: string | null, { actor, policy }: DecisionContext<PolicySet>): Refusal | null {
  const key = 'return.exception_approver';
  const named = policy.setting(key);
  if (named !== null && !mayBy(named, actor.role)) {
    return refuse('not-your-role', { zh: '政策未规定的事项须由有特批权的人决定。', en: 'What the policy leaves open is decided by whoever may allow an exception.' },
      { rule: policy.cite(key).rule });
  }
  if (actor.id !== asker) return null;
  return refuse('separation-of-duties', { zh: '提出疑问的人不能自己决定。', en: 'Nobody decides on a question of their own.' }, { rule: 'P002B-18' });
}

/**
 * P001E-07: what no rule answers is recorded once and waits for a person; asked again meanwhile it is refused. Null: the
 * answer is known, or a person has said yes to this very question.
 */
export function anOpenQuestionWaits(
  judgement: Judgement, state: OpenedReturn, account: string, expiresOn: string | null,
): Decision<ReturnEvent> | null {
  if (judgement.decision !== 'undetermined') return null;
  const { why, obstacles, trace } = judgement;
  if (isSame(state.eligibilityAccepted, judgement)) return null;
  if (!isSame(state.eligibilityOpen, judgement)) {
    return [{ type: 'ReturnEligibilityUndetermined', data: { why, obstacles: [...obstacles], account, expiresOn }, policy: trace }];
  }
  return refuse('eligibility-undetermined', {
    zh: '现行政策没有规定可否退换，等待有权人裁定。', en: 'The adopted policy does not say whether these goods may come back; a person has to decide first.',
  }, { rule: trace.rule, ...(obstacles.includes('lot-expiry-unknown') && { field: 'expiresOn' }) });
}

function isSame(asked: EligibilityQuestion | null, { why, obstacles }: EligibilityQuestion): boolean {
  return asked !== null && asked.why === why && asked.obstacles.join(' ') === obstacles.join(' ');
}
