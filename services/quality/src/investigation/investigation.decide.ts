import {
  investigationEvents, type DecideDisposition, type Goods, type InvestigationEvent, type OpenInvestigation, type ReachVerdict,
  type ReopenInvestigation,
} from 'aftercare/contracts';
import { type Decision, type DecisionContext, nothingToDetermine, unreachable, words, wrongStage } from 'aftercare/kernel';
import { timedAggregate, type PolicySet } from 'aftercare/policy';
import {
  evolve, investigationClocks, noInvestigation,
  type ConcludedInquiry, type InvestigationCommand, type InvestigationState, type OpenInquiry,
} from './investigation.js';
import { aCustomersDamageIsNoNonconformity } from './rules/a-customers-damage-is-no-nonconformity.js';
import { aDispositionIsInterimUntilTheFactsAreVerified } from './rules/a-disposition-is-interim-until-the-facts-are-verified.js';
import { aFileIsEvidenceOnce } from './rules/a-file-is-evidence-once.js';
import { aSeriousUnclearProblemIsVerifiedOnSite } from './rules/a-serious-unclear-problem-is-verified-on-site.js';
import { aSupplierIsQueriedAboutANonconformingProduct } from './rules/a-supplier-is-queried-about-a-nonconforming-product.js';
import { aVerdictRestsOnEvidence } from './rules/a-verdict-rests-on-evidence.js';
import { gradedByAPerson, gradeOf } from './rules/the-criteria-grade-a-problem.js';
import { oneInspectorIsOnTheWay } from './rules/one-inspector-is-on-the-way.js';
import { responsibilityFollowsTheMakersFault } from './rules/responsibility-follows-the-makers-fault.js';
import { theHeadOfQualityIsToldOfAProblemOnce } from './rules/the-head-of-quality-is-told-of-a-problem-once.js';

type Context = DecisionContext<PolicySet>;
type Answer = Decision<InvestigationEvent>;

/** First what intake tells, then the stage, then the command. */
export function decide(command: InvestigationCommand, state: InvestigationState, context: Context): Answer {
  switch (command.type) {
    case 'OpenInvestigation': return open(command, state, context);
    case 'ReopenInvestigation': return reopen(command, state, context);
    // Intake says so of every complaint, investigated or not; and a verdict is not undone by what becomes of the complaint.
    case 'WithdrawInvestigation': return state.stage !== 'open' ? [] : [{
      type: 'InvestigationWithdrawn', data: { caseId: context.id, round: state.round, goods: state.goods, why: command.why },
    }];
    default:
  }
  switch (state.stage) {
    case 'new': return wrongStage(command.type, 'new');
    case 'open': return whileOpen(command, state, context);
    case 'concluded': return onceConcluded(command, state);
    case 'withdrawn': return wrongStage(command.type, 'withdrawn');
    default: return unreachable(state);
  }
}

function open(command: OpenInvestigation, state: InvestigationState, context: Context): Answer {
  const { round, customerId, locality, goods, awareAt, description } = command;
  const caseId = context.id;
  const { subject } = command;
  const personal = words(subject, { description });
  switch (state.stage) {
    // Withdrawn when the complaint went to another class, and it came back.
    case 'new': case 'withdrawn':
      return [{ type: 'InvestigationOpened', data: { caseId, round, customerId, locality, goods, awareAt, subject }, personal }];
    case 'open':
      return description === null && sameGoods(goods, state.goods) ? []
        : [{ type: 'InvestigationRestated', data: { caseId, round, customerId, locality, goods, previous: state.goods }, personal }];
    case 'concluded':
      if (round > state.round) return reopen({ round, customerId, locality, goods, awareAt, why: description }, state, context);
      // Classified anew while the verdict was on its way: it speaks of other goods, and a person has to see that.
      return sameGoods(goods, state.goods) ? [] : wrongStage('OpenInvestigation', 'concluded');
    default: return unreachable(state);
  }
}

/** Stored members come back in another order than they were given. */
function sameGoods(one: Goods | null, other: Goods | null): boolean {
  const inOrder = (goods: Goods | null): string => JSON.stringify(goods, goods ? Object.keys(goods).sort() : null);
  return inOrder(one) === inOrder(other);
}

/** P000-36. A round that is already under way was told on another path. */
function reopen(command: ReopenInvestigation, state: InvestigationState, context: Context): Answer {
  if (state.stage === 'new') return wrongStage('ReopenInvestigation', 'new');
  const { round, customerId, locality, goods, awareAt, why } = command;
  if (round <= state.round) return [];
  return [{
    type: 'InvestigationReopened', data: { caseId: context.id, round, customerId, locality, goods, awareAt },
    personal: words(state.subject, { why }),
  }];
}

function whileOpen(command: InvestigationCommand, state: OpenInquiry, context: Context): Answer {
  const { subject } = state;
  switch (command.type) {
    case 'AssessSeverity': return [{
      type: 'SeverityAssessed', data: { severity: command.severity }, personal: words(subject, { reasoning: command.reasoning }),
    }];
    case 'GradeProblem': return [gradeOf(command, context.policy)];
    case 'DetermineGrade': return state.gradeOpen ? [gradedByAPerson(command, state.gradeOpen, state.subject, context.policy)]
      : nothingToDetermine(command.type);
    case 'DispatchSiteVerification': return oneInspectorIsOnTheWay(command, state)
      ?? [{ type: 'SiteVerificationDispatched', data: { inspector: command.inspector } }];
    case 'CompleteSiteVerification': return state.verification !== 'dispatched' || state.inspector === null
      ? wrongStage(command.type, { zh: state.verification === 'none' ? '尚未派员现场核查' : '现场核查已完成', en: `site verification: ${state.verification}` })
      : [{ type: 'SiteVerificationCompleted', data: { inspector: state.inspector }, personal: words(subject, { finding: command.finding }) }];
    case 'AddEvidence': return aFileIsEvidenceOnce(command, state) ?? [{
      type: 'EvidenceAdded', data: { evidence: context.freshId, kind: command.kind, sha256: command.sha256 ?? null },
      personal: words(subject, { description: command.description }),
    }];
    case 'RequestManufacturerSupport': return [{
      type: 'ManufacturerSupportRequested', data: { manufacturer: command.manufacturer }, personal: words(subject, { question: command.question }),
    }];
    case 'DecideDisposition': return disposition(command, state);
    case 'ReachVerdict': return verdict(command, state, context);
    default: return wrongStage(command.type, 'open');
  }
}

function disposition(command: DecideDisposition, state: OpenInquiry | ConcludedInquiry): Answer {
  return aDispositionIsInterimUntilTheFactsAreVerified(command, state) ?? [{
    type: 'DispositionDecided', data: { interim: command.interim, disposition: command.disposition },
    personal: words(state.subject, { opinion: command.opinion }),
  }];
}

function verdict(command: ReachVerdict, state: OpenInquiry, context: Context): Answer {
  const refusal = aVerdictRestsOnEvidence(state) ?? aCustomersDamageIsNoNonconformity(command);
  if (refusal) return refusal;
  const trace = aSeriousUnclearProblemIsVerifiedOnSite(state, context.policy);
  if ('refused' in trace) return trace;
  const { round, customerId, locality, goods } = state;
  return [{
    type: 'QualityVerdictReached',
    data: { caseId: context.id, round, customerId, locality, goods, verdict: command.verdict, fault: command.fault ?? null },
    personal: words(state.subject, { finding: command.finding }), policy: trace,
  }];
}

function onceConcluded(command: InvestigationCommand, state: ConcludedInquiry): Answer {
  const { subject } = state;
  switch (command.type) {
    case 'DecideDisposition': return disposition(command, state);
    case 'NotifyQualityHead': return theHeadOfQualityIsToldOfAProblemOnce(state)
      ?? [{ type: 'QualityHeadNotified', data: { head: command.head } }];
    case 'RaiseSupplierQuery': return aSupplierIsQueriedAboutANonconformingProduct(state) ?? [{
      type: 'SupplierQualityQueryRaised', data: { supplier: command.supplier }, personal: words(subject, { query: command.query }),
    }];
    case 'AssignResponsibility': return responsibilityFollowsTheMakersFault(state)
      ?? [{ type: 'ResponsibilityAssigned', data: { department: command.department, account: command.account ?? null } }];
    case 'RequestCorrectiveAction': return responsibilityFollowsTheMakersFault(state) ?? [{
      type: 'CorrectiveActionRequested', data: { kind: command.kind, department: command.department },
      personal: words(subject, { action: command.action }),
    }];
    default: return wrongStage(command.type, 'concluded');
  }
}

/** `investigation` is part of every stream name: renaming it would orphan recorded investigations. */
export const investigation = timedAggregate({
  name: 'investigation', initial: noInvestigation, decide, evolve, clocks: investigationClocks, formats: investigationEvents,
  stage: (state) => state.stage,
});
