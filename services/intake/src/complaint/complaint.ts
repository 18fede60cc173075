import type {
  CommandOf, ComplaintClass, ComplaintCommands, ComplaintEvent, Goods, Locality, MajorTrigger, Remedy, Urgency, Verdict,
} from 'aftercare/contracts';
import type { Money } from 'aftercare/kernel';
import type { ClockTable } from 'aftercare/policy';

export type ComplaintCommand = CommandOf<ComplaintCommands>;

/** Part of a plan that another department carries out and answers for. */
export type AwaitedRemedy = 'return' | 'compensation';

interface Facts {
  readonly subject: string;
  readonly customerId: string | null;
  readonly locality: Locality;
  readonly awareAt: string;
  /** First-contact responsibility (首问负责制, P001E-04): never changes. */
  readonly firstContactOwner: string;
  readonly handler: string;
  readonly round: number;
  /** Handling plans fixed so far, over all rounds. */
  readonly plans: number;
  readonly contacted: boolean;
  readonly escalated: boolean;
  readonly opinionGiven: boolean;
  readonly major: 'no' | 'flagged' | 'reported';
  /** Flagged as major, and no rule says whether it is: waits for a person. */
  readonly majorOpen: { readonly trigger: MajorTrigger; readonly loss: Money | null; readonly learnedAt: string } | null;
  /** Asked where to report to, and no rule says it: waits for a person. */
  readonly routingOpen: { readonly urgency: Urgency | null } | null;
}

interface Classified extends Facts {
  readonly class: ComplaintClass;
  readonly goods: Goods | null;
  readonly valid: boolean | null;
  readonly verdict: Verdict | null;
  readonly technicallyAnswered: boolean;
  /** What other departments finished in this round; no later plan of the round may ask for it again. */
  readonly done: readonly AwaitedRemedy[];
}

interface Planned extends Classified {
  readonly remedies: readonly Remedy[];
  /** What other departments still have to finish before the plan counts as carried out. */
  readonly outstanding: readonly AwaitedRemedy[];
  /** A remedy was refused or rejected: the plan may be fixed anew. */
  readonly setBack: boolean;
}

export type ComplaintState =
  | { readonly stage: 'new' }
  | (Facts & { readonly stage: 'registered' })
  | (Classified & { readonly stage: 'classified' })
  | (Classified & { readonly stage: 'unfounded' })
  | (Planned & { readonly stage: 'planned' })
  | (Planned & { readonly stage: 'implemented' })
  | (Classified & { readonly stage: 'communicated'; readonly ground: 'plan' | 'unfounded' | 'on-spot' })
  | (Facts & { readonly stage: 'closed'; readonly class?: ComplaintClass });

export type OpenComplaint = Exclude<ComplaintState, { stage: 'new' | 'closed' }>;

export const noComplaint: ComplaintState = { stage: 'new' };

const NO_FINDING = { valid: null, verdict: null, technicallyAnswered: false, done: [] } as const;

export function evolve(state: ComplaintState, event: ComplaintEvent): ComplaintState {
  if (event.type === 'ComplaintRegistered') {
    const { subject, customerId, locality, awareAt, firstContactOwner } = event.data;
    return {
      stage: 'registered', subject, customerId, locality, awareAt, firstContactOwner, handler: firstContactOwner,
      round: 1, plans: 0, contacted: false, escalated: false, opinionGiven: false, major: 'no', majorOpen: null, routingOpen: null,
    };
  }
  if (state.stage === 'new') return state;
  switch (event.type) {
    case 'ComplaintClassified':
      return { ...state, ...NO_FINDING, stage: 'classified', class: event.data.class, goods: event.data.goods };
    case 'CaseAssigned': return { ...state, handler: event.data.handler };
    case 'DedicatedHandlerAssigned': return { ...state, handler: event.data.handler };
    case 'FirstContactMade': return { ...state, contacted: true };
    case 'CaseEscalated': return { ...state, escalated: true };
    case 'HandlingOpinionGiven': return { ...state, opinionGiven: true };
    case 'ComplaintFlaggedMajor': return { ...state, major: 'flagged', majorOpen: null };
    case 'MajorComplaintUndetermined': {
      const { trigger, loss, learnedAt } = event.data;
      return { ...state, majorOpen: { trigger, loss, learnedAt } };
    }
    case 'MajorComplaintDetermined': return { ...state, majorOpen: null };
    case 'RoutingUndetermined': return { ...state, routingOpen: { urgency: event.data.urgency } };
    case 'CaseRouted': return { ...state, routingOpen: null };
    case 'MajorComplaintReported': return { ...state, major: 'reported' };
    case 'CaseClosed': return { ...state, stage: 'closed' };
    case 'ResolutionCommunicated':
      return isClassified(state) ? { ...state, stage: 'communicated', ground: groundOf(state) } : state;
    case 'ComplaintResolvedOnSpot': return onSpot(state);
    default: return isClassified(state) ? evolveFinding(state, event) : state;
  }
}

type ClassifiedComplaint = Extract<ComplaintState, Classified>;

export function isClassified(state: ComplaintState): state is ClassifiedComplaint {
  return 'class' in state && state.stage !== 'closed';
}

function groundOf(state: ClassifiedComplaint): 'plan' | 'unfounded' | 'on-spot' {
  if (state.stage === 'communicated') return state.ground;
  return state.stage === 'unfounded' ? 'unfounded' : 'plan';
}

/** Solved while the customer is still there: what was not classified before counts as a service matter. */
function onSpot(state: Exclude<ComplaintState, { stage: 'new' }>): ComplaintState {
  if (state.stage === 'closed') return state;
  const known = isClassified(state) ? state : { ...state, ...NO_FINDING, class: 'service' as const, goods: null };
  return { ...known, stage: 'communicated', ground: 'on-spot' };
}

export function awaitedRemedies(remedies: readonly Remedy[], compensation: object | null): AwaitedRemedy[] {
  const goodsMove = remedies.some((r) => r === 'return' || r === 'exchange' || r === 'mail-back-exchange');
  return [...(goodsMove ? ['return' as const] : []), ...(compensation ? ['compensation' as const] : [])];
}

function evolveFinding(state: ClassifiedComplaint, event: ComplaintEvent): ComplaintState {
  switch (event.type) {
    case 'ComplaintValidityDetermined':
      return { ...state, stage: event.data.valid ? 'classified' : 'unfounded', valid: event.data.valid };
    case 'QualityVerdictNoted': return { ...state, verdict: event.data.verdict };
    case 'TechnicalReplyNoted': return { ...state, technicallyAnswered: true };
    case 'HandlingPlanFixed': {
      const { remedies, compensation } = event.data;
      const outstanding = awaitedRemedies(remedies, compensation).filter((remedy) => !state.done.includes(remedy));
      // Counted, not taken from the event: the first version of it carried no number.
      return { ...state, stage: 'planned', plans: state.plans + 1, remedies, outstanding, setBack: false };
    }
    case 'RemedySettled': {
      const { remedy, outcome } = event.data;
      const done = outcome === 'done' && !state.done.includes(remedy) ? [...state.done, remedy] : state.done;
      if (state.stage !== 'planned') return { ...state, done };
      const outstanding = state.outstanding.filter((other) => other !== remedy);
      return { ...state, done, outstanding, setBack: state.setBack || outcome !== 'done' };
    }
    case 'ResolutionImplemented': return state.stage === 'planned' ? { ...state, stage: 'implemented' } : state;
    case 'CaseReopened':
      return { ...state, ...NO_FINDING, stage: 'classified', round: event.data.round, escalated: false, opinionGiven: false };
    default: return state;
  }
}

/** The clocks of one complaint. Every row is a clause; the values stand in the policy packs. */
export const complaintClocks: ClockTable<ComplaintEvent, ComplaintState> = [
  { clock: 'complaint.first_contact', starts: ['ComplaintRegistered'], from: awareness,
    meets: ['FirstContactMade', 'ComplaintResolvedOnSpot'], drops: ['CaseClosed'],
    done: (event) => event.type === 'FirstContactMade' ? event.data.contactedAt : undefined },
  { clock: 'complaint.reply', starts: ['ComplaintRegistered', 'CaseReopened'], from: awareness,
    meets: ['ResolutionCommunicated', 'InterimReplySent'], drops: ['CaseClosed'] },
  { clock: 'complaint.reply.in_authority', starts: ['ComplaintRegistered', 'CaseReopened'], from: awareness,
    meets: ['ResolutionCommunicated'], drops: ['CaseEscalated', 'CaseClosed'] },
  { clock: 'complaint.escalate_to_head', starts: ['ComplaintRegistered', 'CaseReopened'], from: awareness,
    meets: ['CaseEscalated'], drops: ['ResolutionCommunicated', 'CaseClosed'] },
  // Escalated before its class was known, a case counts from the classification where a pack asks for the class: only
  // then is the clause known to apply. In another class the clause of a pack may apply no more.
  { clock: 'complaint.head_opinion', starts: ['CaseEscalated', 'ComplaintClassified'],
    when: (_, state) => isOpen(state) && state.escalated && !state.opinionGiven, facts,
    meets: ['HandlingOpinionGiven'], drops: ['CaseReopened', 'CaseClosed'], revisedBy: ['ComplaintClassified'] },
  { clock: 'complaint.relay_opinion', starts: ['HandlingOpinionGiven'],
    meets: ['ProgressUpdateSent', 'InterimReplySent', 'ResolutionCommunicated'], drops: ['CaseClosed'] },
  { clock: 'complaint.implement', starts: ['HandlingPlanFixed'],
    meets: ['ResolutionImplemented'], drops: ['CaseReopened', 'CaseClosed'] },
  // Every class has its inquiry, which other departments begin at once on hearing the class; only the class waits for a person.
  { clock: 'complaint.investigation_start', starts: ['ComplaintRegistered'], from: awareness,
    meets: ['ComplaintClassified', 'ComplaintResolvedOnSpot'], drops: ['CaseClosed'] },
  // The outcome stands with the plan (P000-34, P001E-18), the opinion (P003-18), or the finding that nothing is to be done.
  { clock: 'complaint.outcome_notice', starts: ['HandlingPlanFixed', 'HandlingOpinionGiven', 'ComplaintValidityDetermined'], when: outcomeStands,
    meets: ['ResolutionCommunicated'], drops: ['CaseReopened', 'CaseClosed'] },
  // The cap is on the whole handling: a later round gets no new five days (catalogue contradiction 4, our reading).
  { clock: 'complaint.total', starts: ['ComplaintRegistered'], from: awareness, meets: ['CaseClosed'] },
  { clock: 'complaint.major.report', starts: ['ComplaintFlaggedMajor'],
    from: (event) => event.type === 'ComplaintFlaggedMajor' ? event.data.learnedAt : undefined, meets: ['MajorComplaintReported'], drops: ['CaseClosed'] },
  // The clause asks for the head and for a dedicated handler; a case that is with the head already can only get the handler.
  { clock: 'complaint.major.report_to_head', starts: ['MajorComplaintReported'],
    meets: ['CaseEscalated', 'DedicatedHandlerAssigned'], drops: ['CaseClosed'] },
  { promise: 'promise/interim_reply', rule: 'P003-36', starts: 'InterimReplySent',
    due: (event) => event.type === 'InterimReplySent' ? event.data.promisedAt : '', meets: ['ResolutionCommunicated'], drops: ['CaseClosed'],
    warnsLike: 'complaint.interim_reply' },
];

function isOpen(state: ComplaintState): state is OpenComplaint {
  return state.stage !== 'new' && state.stage !== 'closed';
}

/** A valid complaint still waits for its plan; what the customer was told is not owed again. */
function outcomeStands(event: ComplaintEvent, state: ComplaintState): boolean {
  if (event.type === 'ComplaintValidityDetermined') return !event.data.valid;
  return state.stage !== 'communicated';
}

/** What a pack may make a clock depend on. */
function facts(_: ComplaintEvent, state: ComplaintState): Readonly<Record<string, string | null>> {
  return { class: isClassified(state) ? state.class : null };
}

/** A first round counts from awareness, a later one from the moment the customer said no. */
function awareness(event: ComplaintEvent, _state: ComplaintState): string | undefined {
  return event.type === 'ComplaintRegistered' ? event.data.awareAt : undefined;
}
