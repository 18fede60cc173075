import type { CommandOf, ReturnCommands, ReturnEvent } from 'aftercare/contracts';
import { type Decision, type DecisionContext, nothingToDetermine, refuse, words } from 'aftercare/kernel';
import type { PolicySet } from 'aftercare/policy';
import type { AtStage, OpenedReturn } from './return.js';
import { aPersonDecidesWhatNoRuleDoes } from './rules/a-person-decides-what-no-rule-does.js';
import { aReturnIsJudgedBeforeGoodsMove } from './rules/a-return-is-judged-before-goods-move.js';
import { whoseSignature } from './rules/the-signer-holds-the-role.js';

/** What the adopted policy leaves open, answered by a person: may these goods come back, and whose signature is it? */
type Context = DecisionContext<PolicySet>;
type Answer = Decision<ReturnEvent>;
type Command<T extends keyof ReturnCommands> = Extract<CommandOf<ReturnCommands>, { type: T }>;

/** Judged once more: a purchase or an expiry date noted since may have answered the question. */
export function decideEligibility(command: Command<'DecideEligibility'>, state: AtStage<'requested' | 'reviewed'>, context: Context): Answer {
  if (!state.eligibilityOpen) return nothingToDetermine(command.type);
  const { decision, reasoning, facts } = command;
  const refusal = aPersonDecidesWhatNoRuleDoes(state.eligibilityOpen.account, context);
  if (refusal) return refusal;
  const judgement = aReturnIsJudgedBeforeGoodsMove(state, facts, state.expiresOn, context);
  if (judgement.decision !== 'undetermined') {
    return refuse('eligibility-determined', {
      zh: '现行政策现已能够判定，请直接会签或驳回。', en: 'The adopted policy has an answer by now: sign or reject.',
    }, { rule: judgement.trace.rule });
  }
  const { why, obstacles, trace } = judgement;
  const decided: ReturnEvent = {
    type: 'ReturnEligibilityDecided', data: { decision, why, obstacles: [...obstacles], account: context.actor.id },
    personal: words(state.subject, { reasoning }), policy: { ...trace, outcome: decision },
  };
  if (decision === 'accept') return [decided];
  const { caseId, round, subject, compensation } = state;
  const ground = obstacles[0] ?? 'unjustified';
  return [decided, { type: 'ReturnRejected', data: { caseId, round, ground, compensation }, personal: words(subject, { explanation: reasoning }) }];
}

export function appointSignatory({ type, signer, role, reasoning }: Command<'AppointSignatory'>, state: OpenedReturn, context: Context): Answer {
  const asked = state.signaturesOpen.findLast((open) => open.signer === signer);
  if (!asked) return nothingToDetermine(type);
  const { trace } = whoseSignature(asked, state, context.policy);
  return aPersonDecidesWhatNoRuleDoes(null, context) ?? [{
    type: 'SignatoryAppointed', data: { ...asked, role, account: context.actor.id },
    personal: words(state.subject, { reasoning }), policy: { ...trace, outcome: role },
  }];
}
