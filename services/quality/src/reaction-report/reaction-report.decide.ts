import { reactionReportEvents, type ReactionReportEvent, type RegisterReaction } from 'aftercare/contracts';
import { unreachable, words, wrongStage, type Decision, type DecisionContext } from 'aftercare/kernel';
import { timedAggregate, type PolicySet } from 'aftercare/policy';
import { evolve, noReport, reactionReportClocks, type ReactionReportCommand, type ReactionReportState } from './reaction-report.js';
import { aReportGoesToAnotherHand } from './rules/a-report-goes-to-another-hand.js';
import { theTechnicalDepartmentAnswersWhatWasPassedToIt } from './rules/the-technical-department-answers-what-was-passed-to-it.js';

type Context = DecisionContext<PolicySet>;
type Answer = Decision<ReactionReportEvent>;

export function decide(command: ReactionReportCommand, state: ReactionReportState, context: Context): Answer {
  if (command.type === 'RegisterReaction') return register(command, state, context);
  if (state.stage === 'new') return wrongStage(command.type, 'new');
  const { subject, round } = state;
  switch (command.type) {
    case 'TransferToTechnical':
      if (state.stage === 'answered') return wrongStage(command.type, 'answered');
      return (state.stage === 'transferred' ? aReportGoesToAnotherHand(command, state.to) : null)
        ?? [{ type: 'AdverseReactionTransferred', data: { to: command.to } }];
    // What is learned after the reply can still change how serious the reaction was.
    case 'AssessReaction': return [{
      type: 'AdverseReactionAssessed', data: { seriousness: command.seriousness }, personal: words(subject, { reasoning: command.reasoning }),
    }];
    case 'AnswerReaction': return theTechnicalDepartmentAnswersWhatWasPassedToIt(state) ?? [{
      type: 'AdverseReactionAnswered', data: { caseId: context.id, round }, personal: words(subject, { reply: command.reply }),
    }];
    case 'ReopenReaction': return command.round <= round ? [] : [{
      type: 'AdverseReactionReopened', data: { caseId: context.id, round: command.round }, personal: words(subject, { why: command.why }),
    }];
    default: return unreachable(command);
  }
}

/**
 * P003-28. Classified a second time, the report keeps its place and takes the new particulars. In a later round it is
 * open again (P003-31, P000-36): only restated, an answered report would turn away the reply that the round waits for.
 */
function register(command: RegisterReaction, state: ReactionReportState, context: Context): Answer {
  const { round, customerId, goods, awareAt, takenOn, notKnown, description, reactionTerm, quantityTaken, concomitantDrugs } = command;
  const reported = { caseId: context.id, round, customerId, goods, awareAt, takenOn, notKnown: [...notKnown] };
  const { subject } = command;
  const personal = words(subject, { description, reactionTerm, quantityTaken, concomitantDrugs });
  if (state.stage === 'new') return [{ type: 'AdverseReactionRegistered', data: { ...reported, subject }, personal }];
  const restated: ReactionReportEvent = { type: 'AdverseReactionRestated', data: reported, personal };
  return round > state.round ? [{ type: 'AdverseReactionReopened', data: { caseId: context.id, round } }, restated] : [restated];
}

/** `reactionReport` is part of every stream name: renaming it would orphan recorded reports. */
export const reactionReport = timedAggregate({
  name: 'reactionReport', initial: noReport, decide, evolve, clocks: reactionReportClocks, formats: reactionReportEvents,
  stage: (state) => state.stage,
});
