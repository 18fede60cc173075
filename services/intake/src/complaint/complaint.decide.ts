import {
  complaintEvents, goodsOf, type ClassifyComplaint, type ComplaintEvent, type DetermineValidity, type RegisterComplaint,
} from 'aftercare/contracts';
import { unreachable, words, wrongStage, type Decision, type DecisionContext, type Refusal } from 'aftercare/kernel';
import { timedAggregate, type PolicySet } from 'aftercare/policy';
import {
  complaintClocks, evolve, isClassified, noComplaint,
  type ComplaintCommand, type ComplaintState, type OpenComplaint,
} from './complaint.js';
import { decideRouting, determineMajor, flagMajor, routeCase } from './major-and-routing.decide.js';
import { aClerkDoesNotEndAQualityInvestigation } from './rules/a-clerk-does-not-end-a-quality-investigation.js';
import { aComplaintStandsIfGroundsSufficeAndDemandIsReasonable } from './rules/a-complaint-stands-if-grounds-suffice-and-demand-is-reasonable.js';
import { aFirstContactFollowsAwareness } from './rules/a-first-contact-follows-awareness.js';
import { anAdverseReactionNamesWhatWasTaken } from './rules/an-adverse-reaction-names-what-was-taken.js';
import { aPromiseLiesWithinReach } from './rules/a-promise-lies-within-reach.js';
import { aQualityComplaintNamesProductLotAndDates } from './rules/a-quality-complaint-names-product-lot-and-dates.js';
import { aCallbackFollows, onlyTheCallbackEndsIt } from './rules/a-later-round-ends-with-the-customers-answer.js';
import { dissatisfactionOpensTheNextRound } from './rules/dissatisfaction-opens-the-next-round.js';
import { noPlanBeforeAFinding } from './rules/no-plan-before-a-finding.js';
import { noUnfoundedQualityComplaintBeforeTheVerdict } from './rules/no-unfounded-quality-complaint-before-the-verdict.js';
import { nothingIsKnownBeforeItHappened } from './rules/nothing-is-known-before-it-happened.js';
import { nothingIsUnderWay } from './rules/no-next-step-while-a-remedy-is-outstanding.js';
import { ownerAndSupervisorDiffer } from './rules/owner-and-supervisor-differ.js';
import { whatIsOpenedForACaseNamesOneThatExists } from './rules/what-is-opened-for-a-case-names-one-that-exists.js';
import { whatIsDoneIsNotAskedForAgain } from './rules/what-is-done-is-not-asked-for-again.js';

type Context = DecisionContext<PolicySet>;
type Answer = Decision<ComplaintEvent>;

/** First the stage, then the command: a row of the table reads like the stage's own list of what may happen next. */
export function decide(command: ComplaintCommand, state: ComplaintState, context: Context): Answer {
  if (isNote(command)) return note(command, state, context);
  if (command.type === 'NoteOpenedForCase') return whatIsOpenedForACaseNamesOneThatExists(command, state, context.id);
  switch (state.stage) {
    case 'new': return command.type === 'RegisterComplaint' ? register(command, context) : wrongStage(command.type, 'new');
    case 'registered': return whileRegistered(command, state, context);
    case 'classified': return whileClassified(command, state, context);
    case 'unfounded': return command.type === 'CommunicateOutcome' ? communicate(command.message, state, context) : always(command, state, context);
    case 'planned': return whilePlanned(command, state, context);
    case 'implemented': return command.type === 'CommunicateOutcome' ? communicate(command.message, state, context) : always(command, state, context);
    case 'communicated': return whileCommunicated(command, state, context);
    case 'closed': return command.type === 'RecordSummary' ? summary(command, state.subject) : wrongStage(command.type, 'closed');
    default: return unreachable(state);
  }
}

function register(command: RegisterComplaint, context: Context): Answer {
  const refusal = nothingIsKnownBeforeItHappened(command, context.now);
  if (refusal) return refusal;
  const { channel, awareAt, locality, complainant, phone, address, email, subject, description, demand } = command;
  const person = context.freshId;
  const registered: ComplaintEvent = {
    type: 'ComplaintRegistered',
    data: {
      channel, awareAt, locality, subject: person, firstContactOwner: context.actor.id, occurredAt: command.occurredAt ?? null,
      customerId: command.customerId ?? null, source: command.source ? { ...command.source } : null,
    },
    personal: words(person, { complainant, phone, address, email, subject, description, demand }),
  };
  if (!command.classification) return [registered];
  const state = evolve(noComplaint, registered);
  if (state.stage !== 'registered') return [registered];
  const restated = { description: [subject, description].filter(Boolean).join('\n'), ...command.classification };
  const classified = classify(restated, state, context);
  return 'refused' in classified ? { ...classified, field: `classification.${classified.field ?? ''}` } : [registered, ...classified];
}

function classify(command: ClassifyComplaint, state: OpenComplaint, context: Context): Answer {
  const { goods, reaction } = command;
  const refusal = aClerkDoesNotEndAQualityInvestigation(command, state, context) ?? missingMember(command, context.policy);
  if (refusal) return refusal;
  // A later round counts from its own start (P000-36); from the first awareness, every limit of the next department were over.
  const awareAt = state.round === 1 ? state.awareAt : context.now;
  return [{
    type: 'ComplaintClassified',
    data: {
      class: command.class, caseId: context.id, round: state.round, customerId: state.customerId, locality: state.locality,
      subject: state.subject, awareAt, goods: goods ? goodsOf(goods) : null,
      reaction: reaction ? { takenOn: reaction.takenOn ?? null, notKnown: reaction.notKnown ?? [] } : null,
      complainedOf: command.complainedOf ?? null,
    },
    personal: words(state.subject, {
      description: command.description, reactionTerm: reaction?.reactionTerm, quantityTaken: reaction?.quantityTaken,
      concomitantDrugs: reaction?.concomitantDrugs,
    }),
  }];
}

function missingMember({ class: kind, goods, reaction }: ClassifyComplaint, policy: PolicySet): Refusal | null {
  if (kind === 'product-quality') return aQualityComplaintNamesProductLotAndDates(goods, policy);
  return kind === 'adverse-reaction' ? anAdverseReactionNamesWhatWasTaken(goods, reaction, policy) : null;
}

function whileRegistered(command: ComplaintCommand, state: Extract<ComplaintState, { stage: 'registered' }>, context: Context): Answer {
  switch (command.type) {
    case 'ClassifyComplaint': return classify(command, state, context);
    case 'ResolveOnSpot': return onSpot(command.resolution, state, context);
    default: return always(command, state, context);
  }
}

function whileClassified(command: ComplaintCommand, state: Extract<ComplaintState, { stage: 'classified' }>, context: Context): Answer {
  switch (command.type) {
    case 'ClassifyComplaint': return state.verdict || state.technicallyAnswered
      ? wrongStage(command.type, { zh: '已有调查结论', en: 'finding reached' }) : classify(command, state, context);
    case 'DetermineValidity': return noUnfoundedQualityComplaintBeforeTheVerdict(command, state, context.policy) ?? judge(command, state, context);
    case 'ResolveOnSpot': return state.class === 'service' ? onSpot(command.resolution, state, context)
      : wrongStage(command.type, { zh: state.class === 'product-quality' ? '产品质量投诉' : '药品不良反应', en: state.class });
    case 'FixHandlingPlan': return noPlanBeforeAFinding(state) ?? whatIsDoneIsNotAskedForAgain(command, state) ?? plan(command, state, context);
    default: return always(command, state, context);
  }
}

function judge(command: DetermineValidity, { subject }: OpenComplaint, { policy }: Context): Answer {
  const { valid, trace } = aComplaintStandsIfGroundsSufficeAndDemandIsReasonable(command, policy);
  const { groundsSufficient, demandReasonable, companyError, explanation } = command;
  return [{
    type: 'ComplaintValidityDetermined', data: { valid, groundsSufficient, demandReasonable, companyError },
    personal: words(subject, { explanation }), policy: trace,
  }];
}

function whilePlanned(command: ComplaintCommand, state: Extract<ComplaintState, { stage: 'planned' }>, context: Context): Answer {
  switch (command.type) {
    // A refused return or a rejected approval leaves the plan open for another one, once nothing of the former is under way.
    case 'FixHandlingPlan': return !state.setBack ? wrongStage(command.type, 'planned')
      : nothingIsUnderWay(state) ?? whatIsDoneIsNotAskedForAgain(command, state) ?? plan(command, state, context);
    case 'RecordImplementation': return nothingIsUnderWay(state)
      ?? [{ type: 'ResolutionImplemented', data: {}, personal: words(state.subject, { note: command.note }) }];
    default: return always(command, state, context);
  }
}

function whileCommunicated(command: ComplaintCommand, state: Extract<ComplaintState, { stage: 'communicated' }>, context: Context): Answer {
  switch (command.type) {
    case 'RecordSummary': return summary(command, state.subject);
    case 'CloseCase': return onlyTheCallbackEndsIt(state)
      ?? [{ type: 'CaseClosed', data: { caseId: context.id, round: state.round, ground: 'unfounded', rounds: state.round } }];
    default: return always(command, state, context);
  }
}

/** What may happen in every open stage: people talk, cases change hands, matters turn out to be major. */
function always(command: ComplaintCommand, state: OpenComplaint, context: Context): Answer {
  const { subject } = state;
  switch (command.type) {
    case 'AssignCase': return [{ type: 'CaseAssigned', data: { handler: command.handler } }];
    case 'RecordFirstContact': return state.contacted ? wrongStage(command.type, { zh: '已首次联系', en: 'contacted' })
      : aFirstContactFollowsAwareness(command, state, context.now)
      ?? [{ type: 'FirstContactMade', data: { contactedAt: command.contactedAt }, personal: words(subject, { note: command.note }) }];
    case 'IssueApology': return [{ type: 'ApologyIssued', data: {}, personal: words(subject, { note: command.note }) }];
    case 'SendProgressUpdate': return [{ type: 'ProgressUpdateSent', data: {}, personal: words(subject, { note: command.note }) }];
    case 'SendInterimReply': return aPromiseLiesWithinReach(command, context.now, context.policy)
      ?? [{ type: 'InterimReplySent', data: { promisedAt: command.promisedAt }, personal: words(subject, { reply: command.reply }) }];
    case 'FlagMajor': return flagMajor(command, state, context);
    case 'DetermineMajor': return determineMajor(command, state, context);
    case 'RouteCase': return isClassified(state) ? routeCase(command, state, context) : wrongStage(command.type, state.stage);
    case 'DecideRouting': return isClassified(state) ? decideRouting(command, state, context) : wrongStage(command.type, state.stage);
    case 'ReportMajor': return state.major === 'flagged'
      ? [{ type: 'MajorComplaintReported', data: { reportedTo: command.reportedTo } }] : wrongStage(command.type, { zh: state.major === 'no' ? '不是重大投诉' : '重大投诉已上报', en: `major: ${state.major}` });
    case 'AssignDedicatedHandler': return state.major === 'no' ? wrongStage(command.type, { zh: '不是重大投诉', en: 'not major' })
      : ownerAndSupervisorDiffer(command) ?? [{ type: 'DedicatedHandlerAssigned', data: { handler: command.handler, supervisor: command.supervisor } }];
    case 'EscalateToHead': return state.escalated ? wrongStage(command.type, { zh: '已上报负责人', en: 'escalated' })
      : [{ type: 'CaseEscalated', data: { to: command.to }, personal: words(subject, { why: command.why }) }];
    case 'GiveHandlingOpinion': return state.escalated
      ? [{ type: 'HandlingOpinionGiven', data: {}, personal: words(subject, { opinion: command.opinion }) }] : wrongStage(command.type, { zh: '尚未上报负责人', en: 'not escalated' });
    default: return wrongStage(command.type, state.stage);
  }
}

function plan(
  command: Extract<ComplaintCommand, { type: 'FixHandlingPlan' }>, state: Extract<ComplaintState, { stage: 'classified' | 'planned' }>, context: Context,
): Answer {
  const { customerId, locality, goods, verdict, round } = state;
  return [{
    type: 'HandlingPlanFixed',
    data: {
      caseId: context.id, round, customerId, locality, class: state.class, remedies: [...command.remedies], goods, verdict,
      compensation: command.compensation ? { ...command.compensation } : null, planNumber: state.plans + 1,
    },
    personal: words(state.subject, { plan: command.plan }),
  }];
}

function communicate(message: string, state: OpenComplaint, context: Context): Answer {
  return [{
    type: 'ResolutionCommunicated',
    data: { caseId: context.id, round: state.round, customerId: state.customerId, unfounded: state.stage === 'unfounded' && !aCallbackFollows(state) },
    personal: words(state.subject, { message }),
  }];
}

/** P003-10, P001E-34. The callback follows all the same. */
function onSpot(resolution: string, state: OpenComplaint, context: Context): Answer {
  const resolved: ComplaintEvent = { type: 'ComplaintResolvedOnSpot', data: {}, personal: words(state.subject, { resolution }) };
  const told = communicate(resolution, state, context);
  return 'refused' in told ? told : [resolved, ...told];
}

function summary(command: Extract<ComplaintCommand, { type: 'RecordSummary' }>, subject: string): Answer {
  return [{
    type: 'ComplaintSummaryRecorded', data: { responsibleStep: command.responsibleStep ?? null },
    personal: words(subject, { summary: command.summary }),
  }];
}

type Note = Extract<ComplaintCommand, { type: 'NoteQualityVerdict' | 'NoteTechnicalReply' | 'SettleRemedy' | 'NoteSatisfaction' }>;

function isNote(command: ComplaintCommand): command is Note {
  return command.type === 'NoteQualityVerdict' || command.type === 'NoteTechnicalReply'
    || command.type === 'SettleRemedy' || command.type === 'NoteSatisfaction';
}

/** Facts that other departments established. They are recorded whatever the stage, except those of a round that is over. */
function note(command: Note, state: ComplaintState, context: Context): Answer {
  if (state.stage === 'new') return wrongStage(command.type, 'new');
  if (command.round !== state.round) return [];
  const { subject } = state;
  switch (command.type) {
    case 'NoteQualityVerdict': return [{
      type: 'QualityVerdictNoted', data: { verdict: command.verdict, investigationId: command.investigationId },
      personal: words(subject, { finding: command.finding }),
    }];
    case 'NoteTechnicalReply': return [{
      type: 'TechnicalReplyNoted', data: { reportId: command.reportId }, personal: words(subject, { reply: command.reply }),
    }];
    case 'SettleRemedy': return !isClassified(state) ? [] : [{
      type: 'RemedySettled', data: { remedy: command.remedy, outcome: command.outcome, reference: command.reference },
      personal: words(subject, { reason: command.reason }),
    }];
    case 'NoteSatisfaction': return state.stage !== 'communicated' ? []
      : dissatisfactionOpensTheNextRound(command, state, context);
    default: return unreachable(command);
  }
}

/** `complaint` is part of every stream name: renaming it would orphan recorded cases. */
export const complaint = timedAggregate({
  name: 'complaint', numbered: 'CMP', initial: noComplaint, decide, evolve, clocks: complaintClocks, formats: complaintEvents,
  stage: (state) => state.stage,
});
