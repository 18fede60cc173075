import type { RuleTrace } from 'aftercare/kernel';
import { whyInTrace, type DecisionStep, type StepsOf } from '../shared/open-decisions.js';
import { UNDETERMINED_WHY } from '../shared/vocabulary.js';
import type { ApprovalEvent } from './approval.events.js';

const APPROVER = 'approver';

/** The event names neither table nor reason; the columns of its trace tell the tables apart, except one of `cost` alone. */
function approverTable(kind: string, trace: RuleTrace | null): string | null {
  if (trace?.outcome === 'undetermined: not-adopted') return trace.rule;
  const asked = (column: string): boolean => trace !== null && Object.hasOwn(trace.inputs, column);
  if (asked('price')) return kind === 'waiver' ? 'billing.waiver.bands' : 'billing.price_approval.bands';
  return asked('kind') || asked('amount') ? 'approval.authority_matrix' : null;
}

const ended: readonly DecisionStep[] = [{ is: 'ended', question: APPROVER }];

/** A revised amount is another proposal: what it asks is asked anew. */
export const approvalDecisions: StepsOf<ApprovalEvent> = {
  ApproverUndetermined: ({ data, policy }) => [{
    is: 'asked', question: APPROVER, table: approverTable(data.kind, policy), why: whyInTrace(policy, UNDETERMINED_WHY) ?? 'unreadable-answer',
  }],
  ApproverAppointed: ({ data }) => [{ is: 'decided', question: APPROVER, by: 'person', outcome: data.approverRole }],
  ApprovalRevised: () => ended,
  CompensationRejected: () => ended,
};
