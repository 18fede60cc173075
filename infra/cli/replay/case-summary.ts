import { caseNumber, type NumberedKind } from 'aftercare/kernel';
import { member, textMember, type CaseEvent } from './recorded-event.js';

/** Where a case stands, computed from its events alone. */
export interface CaseSummary {
  readonly caseId: string;
  readonly number: string;
  readonly opened: string;
  readonly stage: string;
  readonly round: number;
  /** The adoption that the case keeps, `example@1`. */
  readonly policy: string | null;
  readonly class: string | null;
  readonly valid: boolean | null;
  readonly handler: string | null;
  readonly verdict: string | null;
  readonly remedies: readonly string[];
  readonly settled: readonly string[];
  readonly satisfaction: string | null;
  readonly closedBecause: string | null;
  /** `product/lot` of every lot whose sale is stopped for this case. */
  readonly heldLots: readonly string[];
  readonly deadlines: readonly OpenDeadline[];
  readonly departments: Readonly<Record<string, { readonly events: number; readonly last: string; readonly at: string }>>;
}

/** A clock that has been started and neither met nor dropped. */
export interface OpenDeadline {
  readonly log: string;
  readonly clock: string;
  readonly dueAt: string | null;
  readonly breached: boolean;
}

type Change = (summary: CaseSummary, event: CaseEvent) => Partial<CaseSummary>;

const lotOf = (event: CaseEvent): string => `${textMember(event, 'productCode')}/${textMember(event, 'lot')}`;
const stage = (name: string): Change => () => ({ stage: name });

const CHANGES: Readonly<Record<string, Change>> = {
  ComplaintClassified: (_, event) => ({ stage: 'classified', class: textMember(event, 'class') }),
  // Every department keeps one; the case goes by the one of the department that opened it.
  PolicyVersionKept: ({ policy }, event) => ({ policy: policy ?? textMember(event, 'adoption') }),
  ComplaintValidityDetermined: (_, event) => ({ valid: member(event, 'valid') === true }),
  CaseAssigned: (_, event) => ({ handler: textMember(event, 'handler') }),
  DedicatedHandlerAssigned: (_, event) => ({ handler: textMember(event, 'handler') }),
  FirstContactMade: stage('in contact'),
  InvestigationOpened: stage('under investigation'),
  QualityVerdictReached: (_, event) => ({ stage: 'verdict reached', verdict: textMember(event, 'verdict') }),
  HandlingPlanFixed: (_, event) => ({ stage: 'handling plan fixed', remedies: member(event, 'remedies') as string[] }),
  RemedySettled: ({ settled }, event) => ({ settled: [...settled, `${textMember(event, 'remedy')} ${textMember(event, 'outcome')}`] }),
  ResolutionImplemented: stage('implemented'),
  ResolutionCommunicated: stage('communicated'),
  SatisfactionRecorded: (_, event) => ({ satisfaction: textMember(event, 'outcome') }),
  CallbackAbandoned: () => ({ satisfaction: 'unreachable' }),
  CaseReopened: (_, event) => ({
    stage: 'reopened', round: Number(member(event, 'round')), verdict: null, remedies: [], settled: [], satisfaction: null, closedBecause: null,
  }),
  CaseClosed: (_, event) => ({ stage: 'closed', closedBecause: textMember(event, 'ground') }),
  InquiryTransferred: stage('transferred'),
  ReplyDrafted: stage('reply drafted'),
  InquiryAnswered: stage('answered'),
  SuggestionForwarded: stage('forwarded'),
  SuggestionAnswered: stage('answered'),
  StopSaleOrdered: ({ heldLots }, event) => ({ heldLots: [...new Set([...heldLots, lotOf(event)])] }),
  ResumeSaleOrdered: ({ heldLots }, event) => ({ heldLots: heldLots.filter((lot) => lot !== lotOf(event)) }),
  HoldGroundRemoved: ({ heldLots }, event) => ({ heldLots: heldLots.filter((lot) => lot !== lotOf(event)) }),
  DeadlinesSet: ({ deadlines }, event) => ({ deadlines: startClocks(deadlines, event) }),
  DeadlinesMet: ({ deadlines }, event) => ({ deadlines: endClocks(deadlines, event) }),
  DeadlinesDropped: ({ deadlines }, event) => ({ deadlines: endClocks(deadlines, event) }),
  DeadlinesResumed: ({ deadlines }, event) => ({ deadlines: moveClocks(deadlines, event) }),
  DeadlinesRevised: ({ deadlines }, event) => ({ deadlines: moveClocks(deadlines, event) }),
  DeadlineBreached: ({ deadlines }, event) => ({
    deadlines: deadlines.map((deadline) => (isClock(deadline, event.log, String(member(event, 'clock'))) ? { ...deadline, breached: true } : deadline)),
  }),
};

const isClock = (deadline: OpenDeadline, log: string, clock: string): boolean => deadline.log === log && deadline.clock === clock;

interface Clock { readonly clock: string; readonly dueAt: string | null; readonly late?: boolean }

function startClocks(deadlines: readonly OpenDeadline[], event: CaseEvent): OpenDeadline[] {
  const started = (member(event, 'clocks') as readonly Clock[]).map(({ clock, dueAt, late }) => ({ log: event.log, clock, dueAt, breached: late === true }));
  return [...deadlines.filter((open) => !started.some(({ clock }) => isClock(open, event.log, clock))), ...started];
}

/** Another due time for a clock that runs on, after a revision perhaps under another name. */
function moveClocks(deadlines: readonly OpenDeadline[], event: CaseEvent): OpenDeadline[] {
  const moved = member(event, 'clocks') as readonly (Clock & { readonly was?: string })[];
  return deadlines.map((deadline) => {
    const to = moved.find(({ clock, was = clock }) => isClock(deadline, event.log, was));
    return to ? { ...deadline, clock: to.clock, dueAt: to.dueAt } : deadline;
  });
}

/** `DeadlinesMet` names clocks with their due time, `DeadlinesDropped` only their names. */
function endClocks(deadlines: readonly OpenDeadline[], event: CaseEvent): OpenDeadline[] {
  const ended = (member(event, 'clocks') as readonly (string | Clock)[]).map((clock) => (typeof clock === 'string' ? clock : clock.clock));
  return deadlines.filter((open) => !ended.some((clock) => isClock(open, event.log, clock)));
}

/** Null for an empty timeline. */
export function summarise(timeline: readonly CaseEvent[]): CaseSummary | null {
  const opening = timeline.find(({ log, version }) => log === 'intake' && version === 0) ?? timeline[0];
  return opening ? timeline.reduce(apply, blank(opening)) : null;
}

const KINDS: Readonly<Record<string, NumberedKind>> = { complaint: 'CMP', inquiry: 'INQ', suggestion: 'SUG', return: 'RET', approval: 'APR' };

/** The id itself where no number can be computed from it. */
function numberOf({ stream, correlationId }: CaseEvent): string {
  const kind = KINDS[stream.slice(0, stream.indexOf('-'))];
  return kind && /^[0-9a-f]{8}-[0-9a-f]{4}-7/.test(correlationId) ? caseNumber(kind, correlationId) : correlationId;
}

function blank(opening: CaseEvent): CaseSummary {
  return {
    caseId: opening.correlationId, number: numberOf(opening), opened: opening.recordedAt, stage: 'received', round: 1, policy: null, class: null, valid: null,
    handler: null, verdict: null, remedies: [], settled: [], satisfaction: null, closedBecause: null, heldLots: [], deadlines: [], departments: {},
  };
}

function apply(summary: CaseSummary, event: CaseEvent): CaseSummary {
  const events = (summary.departments[event.log]?.events ?? 0) + 1;
  const departments = { ...summary.departments, [event.log]: { events, last: event.type, at: event.recordedAt } };
  return { ...summary, ...CHANGES[event.type]?.(summary, event), departments };
}
