import type { RuleTrace } from 'aftercare/kernel';
import type { DecisionStep, StepsOf } from '../shared/open-decisions.js';
import { REVIEW_SIGNERS, STOCK_IN_SIGNERS, type ReturnEvent } from './return.events.js';

const ELIGIBILITY = 'eligibility';
const signature = ({ step, signer }: { readonly step: string; readonly signer: string }): string => `signature:${step}:${signer}`;

const SIGNATURES = [
  ...REVIEW_SIGNERS.map((signer) => ({ step: 'review', signer })), { step: 'approve', signer: 'approver' },
  ...STOCK_IN_SIGNERS.map((signer) => ({ step: 'stock-in', signer })),
].map(signature);

const ended = (...questions: readonly string[]): readonly DecisionStep[] => questions.map((question) => ({ is: 'ended', question }));
const all = (): readonly DecisionStep[] => ended(ELIGIBILITY, ...SIGNATURES);

/** Where both tables were asked, the trace of the one that decided names the other one's row. */
function eligibilityTable(trace: RuleTrace | null): string {
  return trace && Object.hasOwn(trace.inputs, 'from.return.eligibility') ? 'return.eligibility.quality' : 'return.eligibility';
}

/** A review, an approval and a way round by exception all leave nothing to say about eligibility. */
export const returnDecisions: StepsOf<ReturnEvent> = {
  ReturnEligibilityUndetermined: ({ data, policy }) => [{ is: 'asked', question: ELIGIBILITY, table: eligibilityTable(policy), why: data.why }],
  ReturnEligibilityDecided: ({ data }) => [{ is: 'decided', question: ELIGIBILITY, by: 'person', outcome: data.decision }],
  ReturnReviewed: () => [{ is: 'decided', question: ELIGIBILITY, by: 'rule', outcome: 'accept' }],
  ReturnExceptionRequested: () => ended(ELIGIBILITY),
  SignatoryUndetermined: ({ data }) => [{ is: 'asked', question: signature(data), table: 'return.signatories', why: data.why }],
  SignatoryAppointed: ({ data }) => [{ is: 'decided', question: signature(data), by: 'person', outcome: data.role }],
  ReturnApproved: all, ReturnRejected: all, ReturnCancelled: all, ReturnInspectionRefused: all, ReturnStockedIn: all,
};
