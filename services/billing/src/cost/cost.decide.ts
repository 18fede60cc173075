import { costEvents, type CostEvent } from 'aftercare/contracts';
import { unreachable, words, wrongStage, type Decision, type DecisionContext } from 'aftercare/kernel';
import { timedAggregate, type PolicySet } from 'aftercare/policy';
import { costClocks, evolve, noCost, type CostCommand, type CostState } from './cost.js';
import { whoPaysForAReturn } from './rules/who-pays-for-a-return.js';

/** One record per cost; a wrong one is answered by another, never changed. */
export function decide(command: CostCommand, state: CostState, context: DecisionContext<PolicySet>): Decision<CostEvent> {
  switch (state.stage) {
    case 'new': return record(command, context);
    case 'recorded': return wrongStage(command.type, state.stage);
    default: return unreachable(state);
  }
}

function record(command: CostCommand, context: DecisionContext<PolicySet>): Decision<CostEvent> {
  const paid = whoPaysForAReturn(command, context.policy);
  if ('refused' in paid) return paid;
  const { returnId, caseId = null, amount: { minor, currency }, note } = command;
  const subject = context.freshId;
  return [{
    type: command.kind === 'freight' ? 'ReturnFreightCharged' : 'CostAttributed',
    data: { returnId, caseId, amount: { minor, currency }, payer: paid.payer, subject }, personal: words(subject, { note }), policy: paid.trace,
  }];
}

/** `cost` is part of every stream name: renaming it would orphan recorded costs. */
export const cost = timedAggregate({
  name: 'cost', initial: noCost, decide, evolve, clocks: costClocks, formats: costEvents, stage: (state) => state.stage,
});
