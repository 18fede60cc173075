import type { ComplaintEvent, NoteSatisfaction } from 'aftercare/contracts';
import { refuse, words, type Decision, type DecisionContext } from 'aftercare/kernel';
import type { PolicySet } from 'aftercare/policy';
import type { ComplaintState } from '../complaint.js';

/**
 * P000-36: the loop ends when the customer is satisfied. An unreachable customer ends it too, marked as such
 * (the source is silent; catalogue contradiction 4).
 */
export function dissatisfactionOpensTheNextRound(
  command: NoteSatisfaction, state: Extract<ComplaintState, { stage: 'communicated' }>, context: DecisionContext<PolicySet>,
): Decision<ComplaintEvent> {
  const { outcome, callbackId, remark } = command;
  const noted: ComplaintEvent = { type: 'SatisfactionNoted', data: { outcome, callbackId }, personal: words(state.subject, { remark }) };
  if (outcome !== 'dissatisfied') {
    const ground = outcome === 'unreachable' ? 'unreachable' : state.ground === 'on-spot' ? 'resolved-on-spot' : 'satisfied';
    return [noted, { type: 'CaseClosed', data: { caseId: context.id, round: state.round, ground, rounds: state.round } }];
  }
  const cap = context.policy.setting('complaint.reopen_max_rounds');
  if (cap !== null && state.round >= cap) {
    return refuse('rounds-exhausted', {
      zh: `已达到 ${cap} 轮上限，须由负责人决定。`, en: `The limit of ${cap} rounds is reached; a person has to decide.`,
    }, { rule: 'P000-36' });
  }
  const { customerId, locality, goods } = state;
  return [noted, {
    type: 'CaseReopened',
    data: { caseId: context.id, round: state.round + 1, customerId, locality, class: state.class, goods }, personal: words(state.subject, { why: remark }),
  }];
}
