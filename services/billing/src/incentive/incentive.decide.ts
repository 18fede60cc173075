import { incentiveEvents, type IncentiveEvent } from 'aftercare/contracts';
import { unreachable, type Decision, type DecisionContext } from 'aftercare/kernel';
import { timedAggregate, type PolicySet } from 'aftercare/policy';
import { decideIncentive } from './deciding.js';
import { evolve, noIncentives, type IncentiveCommand, type IncentiveState } from './incentive.js';
import { noteFault, noteUpheldComplaint, proposeBonus, proposeYearAward } from './proposing.js';

/** Events propose, people decide: nothing here takes effect by itself (P003-39 to P003-43, P002B-41 to P002B-43, P001E-42, P001E-45). */
export function decide(command: IncentiveCommand, state: IncentiveState, context: DecisionContext<PolicySet>): Decision<IncentiveEvent> {
  switch (command.type) {
    case 'NoteUpheldComplaint': return noteUpheldComplaint(command, state, context);
    case 'NoteFault': return noteFault(command, state, context);
    case 'ProposeBonus': return proposeBonus(command, state, context);
    case 'ProposeYearAward': return proposeYearAward(command, state, context);
    case 'DecideIncentive': return decideIncentive(command, state, context);
    default: return unreachable(command);
  }
}

/** `incentive` is part of every stream name: renaming it would orphan recorded proposals. */
export const incentive = timedAggregate({
  name: 'incentive', initial: noIncentives, decide, evolve, clocks: [], formats: incentiveEvents, stage: (state) => state.stage,
  matters: {
    raisedBy: (event) => (event.type === 'IncentiveProposed' ? event.data.proposal : null),
    decidedBy: (command) => (command.type === 'DecideIncentive' ? command.proposal : null),
  },
});
