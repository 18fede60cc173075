import type { ReturnReason, ReviewSigner, StockInSigner } from 'aftercare/contracts';
import { refuse, type DecisionContext, type Refusal, type RuleTrace } from 'aftercare/kernel';
import type { PolicySet } from 'aftercare/policy';

type Context = DecisionContext<PolicySet>;
interface Signatory { readonly refusal: Refusal | null; readonly trace: RuleTrace }

/** P002B-16: section and finance sign for unsaleable goods. P002B-19: for quality returns the head of after-sales signs. */
export function theReviewerHoldsTheRole(signer: ReviewSigner, reason: ReturnReason, context: Context): Refusal | null {
  return holds({ step: 'review', signer, reason }, context).refusal;
}

/** P002B-16: the head of operations approves unsaleable goods; P002B-19: the head of after-sales everything else. */
export function theApproverHoldsTheRole(reason: ReturnReason, context: Context): Refusal | null {
  return holds({ step: 'approve', signer: 'approver', reason }, context).refusal;
}

/** P002B-25: head of after-sales, head of operations and quality sign each for themselves. The row that says so goes into the record. */
export function theStockInSignerHoldsTheRole(signer: StockInSigner, reason: ReturnReason, context: Context): Signatory {
  return holds({ step: 'stock-in', signer, reason }, context);
}

/** Whom the table does not name may not sign: a signature that nobody answers for is worse than goods that wait. */
function holds(asked: { step: string; signer: string; reason: ReturnReason }, { actor, policy }: Context): Signatory {
  const answer = policy.decide('return.signatories', asked);
  const { trace } = answer;
  if (!answer.determined) {
    return { trace, refusal: refuse('signatory-undetermined', {
      zh: '现行政策没有规定该签字由谁作出，请先在政策中确定。', en: 'The adopted policy does not say whose signature this is; settle it there first.',
    }, { rule: trace.rule }) };
  }
  const roles = [answer.then['roles'] ?? []].flat().map(String);
  if (roles.includes(actor.role)) return { trace, refusal: null };
  return { trace, refusal: refuse('not-your-role', {
    zh: `该签字须由 ${roles.join('、')} 作出。`, en: `This signature belongs to ${roles.join(' or ')}.`,
  }, { rule: trace.rule }) };
}
