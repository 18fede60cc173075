import type { ReturnEvent, ReviewSigner, StockInSigner } from 'aftercare/contracts';
import { refuse, type Decision, type DecisionContext, type RuleTrace } from 'aftercare/kernel';
import type { PolicySet, TableOutcome } from 'aftercare/policy';
import { isAbout, type OpenedReturn, type SignatureAsked } from '../return.js';

type Context = DecisionContext<PolicySet>;
interface Signatory {
  /** A refusal, or the question whose signature it is; null when the caller may sign. */
  readonly answer: Decision<ReturnEvent> | null;
  readonly trace: RuleTrace;
}

/** P002B-16: section and finance sign for unsaleable goods. P002B-19: for quality returns the head of after-sales signs. */
export function theReviewerHoldsTheRole(signer: ReviewSigner, state: OpenedReturn, context: Context): Signatory {
  return holds({ step: 'review', signer }, state, context);
}

/** P002B-16: the head of operations approves unsaleable goods; P002B-19: the head of after-sales everything else. */
export function theApproverHoldsTheRole(state: OpenedReturn, context: Context): Signatory {
  return holds({ step: 'approve', signer: 'approver' }, state, context);
}

/** P002B-25: head of after-sales, head of operations and quality sign each for themselves. The row that says so goes into the record. */
export function theStockInSignerHoldsTheRole(signer: StockInSigner, state: OpenedReturn, context: Context): Signatory {
  return holds({ step: 'stock-in', signer }, state, context);
}

/** What the table says of a signature; also the trace of the event by which a person says it instead. */
export function whoseSignature({ step, signer }: SignatureAsked, { reason }: OpenedReturn, policy: PolicySet): TableOutcome {
  return policy.decide('return.signatories', { step, signer, reason });
}

/** Whom neither the table nor a person named may not sign: a signature that nobody answers for is worse than goods that wait. */
function holds(asked: SignatureAsked, state: OpenedReturn, { actor, policy }: Context): Signatory {
  const said = whoseSignature(asked, state, policy);
  if (said.determined) return amongRoles([said.then['roles'] ?? []].flat().map(String), actor.role, said.trace);
  const { trace, why } = said;
  const appointed = state.appointed.findLast((one) => isAbout(asked, one));
  if (appointed) {
    if (appointed.by !== actor.id) return amongRoles([appointed.role], actor.role, { ...trace, outcome: appointed.role });
    return { trace, answer: refuse('separation-of-duties', { zh: '指定签字人的人不能自己签字。', en: 'Whoever appointed the signer does not sign.' }, { rule: trace.rule }) };
  }
  if (!state.signaturesOpen.some((open) => isAbout(asked, open))) {
    return { trace, answer: [{ type: 'SignatoryUndetermined', data: { ...asked, why, account: actor.id }, policy: trace }] };
  }
  return { trace, answer: refuse('signatory-undetermined', {
    zh: '现行政策没有规定该签字由谁作出，等待有权人指定。', en: 'The adopted policy does not say whose signature this is; a person has to appoint somebody first.',
  }, { rule: trace.rule }) };
}

function amongRoles(roles: readonly string[], role: string, trace: RuleTrace): Signatory {
  if (roles.includes(role)) return { trace, answer: null };
  return { trace, answer: refuse('not-your-role', {
    zh: `该签字须由 ${roles.join('、')} 作出。`, en: `This signature belongs to ${roles.join(' or ')}.`,
  }, { rule: trace.rule }) };
}
