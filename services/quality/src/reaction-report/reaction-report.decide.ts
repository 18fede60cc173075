import { reactionReportEvents, type AssessReaction, type DetermineReportability, type ReactionReportEvent, type RegisterReaction } from 'aftercare/contracts';
import { unreachable, words, wrongStage, type Decision, type DecisionContext } from 'aftercare/kernel';
import { timedAggregate, type PolicySet } from 'aftercare/policy';
import { evolve, noReport, reactionReportClocks, type OpenedReport, type ReactionReportCommand, type ReactionReportState } from './reaction-report.js';
import { aReportGoesToAnotherHand } from './rules/a-report-goes-to-another-hand.js';
import { aPersonFillsGapsOnly, nothingIsLeftToDetermine } from './rules/a-person-fills-gaps-only.js';
import { aReportIsFiledUnderAKnownDuty } from './rules/a-report-is-filed-under-a-known-duty.js';
import { dayZeroNeedsFourElements } from './rules/day-zero-needs-four-elements.js';
import { theLawSaysWhetherToReport } from './rules/the-law-says-whether-to-report.js';
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
    case 'AssessReaction': return assess(command, state, context);
    case 'DetermineReportability': return determine(command, state, context);
    case 'FileReactionReport': return aReportIsFiledUnderAKnownDuty(command, state, context.now) ?? [{
      type: 'AdverseReactionReportFiled', data: { caseId: context.id, round, filedAt: command.filedAt, reference: command.reference },
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
  const elements = (since: string) => dayZeroNeedsFourElements(command, state.stage === 'new' ? null : state.elements, { caseId: context.id, round, since });
  if (state.stage === 'new') return [{ type: 'AdverseReactionRegistered', data: { ...reported, subject }, personal }, ...elements(awareAt)];
  const restated: ReactionReportEvent = { type: 'AdverseReactionRestated', data: reported, personal };
  // Where nobody asked before, they may have been known all along: the earlier day is the one that gives no time away.
  const told = [restated, ...elements(state.elements !== null ? context.now : awareAt < state.awareAt ? awareAt : state.awareAt)];
  return round > state.round ? [{ type: 'AdverseReactionReopened', data: { caseId: context.id, round } }, ...told] : told;
}

/** Every assessment asks the law anew. What a person decided stands until the assessment it was decided on changes. */
function assess(command: AssessReaction, state: OpenedReport, context: Context): Answer {
  const { seriousness, expectedness = state.assessment.expectedness, productKind = state.assessment.productKind, reasoning } = command;
  const assessment = { seriousness, expectedness, productKind };
  const assessed: ReactionReportEvent = { type: 'AdverseReactionAssessed', data: assessment, personal: words(state.subject, { reasoning }) };
  const said = theLawSaysWhetherToReport(assessment, context.policy);
  const { reportability: before } = state;
  const known = { caseId: context.id, round: state.round };
  if (said.duty === null) {
    const isDecided = before.stage === 'determined' && before.decidedOn !== null && sameFacts(before.decidedOn, assessment);
    if (isDecided) return [assessed];
    return [assessed, { type: 'ReportabilityUndetermined', data: { ...known, productKind, why: said.why }, policy: said.trace }];
  }
  if (before.stage === 'determined' && before.duty === said.duty && before.productKind === said.productKind) return [assessed];
  const { duty } = said;
  return [assessed, {
    type: 'ReportabilityDetermined', policy: said.trace,
    data: { ...known, productKind: said.productKind, duty, by: 'table', countsFrom: before.filed ? context.now : state.awareAt },
  }];
}

/** A person says what no table does. Where a table has said it, the way to another duty is another assessment. */
function determine(command: DetermineReportability, state: OpenedReport, context: Context): Answer {
  const { reportability: before, assessment, awareAt, round, subject } = state;
  if (before.stage !== 'undetermined') return nothingIsLeftToDetermine(before);
  const { duty, productKind, reasoning } = command;
  const said = theLawSaysWhetherToReport({ ...assessment, productKind }, context.policy);
  return aPersonFillsGapsOnly(command, assessment, said) ?? [{
    type: 'ReportabilityDetermined',
    data: { caseId: context.id, round, productKind, duty, by: said.duty === null ? 'person' : 'table', countsFrom: before.filed ? context.now : awareAt },
    personal: words(subject, { reasoning }), policy: { ...said.trace, outcome: duty },
  }];
}

const sameFacts = (a: OpenedReport['assessment'], b: OpenedReport['assessment']): boolean =>
  a.seriousness === b.seriousness && a.expectedness === b.expectedness && a.productKind === b.productKind;

/** `reactionReport` is part of every stream name: renaming it would orphan recorded reports. */
export const reactionReport = timedAggregate({
  name: 'reactionReport', initial: noReport, decide, evolve, clocks: reactionReportClocks, formats: reactionReportEvents,
  stage: (state) => state.stage,
});
