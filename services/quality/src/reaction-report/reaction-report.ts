import type {
  CommandOf, Expectedness, MinimumElement, ProductKind, ReactionReportCommands, ReactionReportEvent, ReportingDuty, Seriousness,
} from 'aftercare/contracts';
import type { ClockTable, ClockTerms } from 'aftercare/policy';

export type ReactionReportCommand = CommandOf<ReactionReportCommands>;

interface Facts {
  readonly subject: string;
  readonly round: number;
  /** From the first report of the reaction on; a later round does not set the limits of the law back. */
  readonly awareAt: string;
  readonly assessment: Assessment;
  readonly reportability: Reportability;
  /** Null for a report from before anybody asked. */
  readonly elements: Elements | null;
}

/** What a report cannot be made without. `completeAt`: since when all four are known. */
export interface Elements {
  readonly missing: readonly MinimumElement[];
  readonly completeAt: string | null;
}

/** Outlives a round. Null: nobody has said so far. */
export interface Assessment {
  readonly seriousness: Seriousness | null;
  readonly expectedness: Expectedness | null;
  readonly productKind: ProductKind | null;
}

/** Whether the law asks for a report. `filed`: one has been handed in, under whichever duty. */
export type Reportability =
  | { readonly stage: 'not-assessed'; readonly filed: false }
  | { readonly stage: 'undetermined'; readonly filed: boolean }
  | {
      readonly stage: 'determined'; readonly duty: ReportingDuty; readonly productKind: ProductKind; readonly filed: boolean;
      /** False once a report was handed in under this duty. */
      readonly owed: boolean;
      readonly countsFrom: string;
      /** What a person decided on; null where a table did. */
      readonly decidedOn: Assessment | null;
    };

/** A report is never withdrawn: what somebody suffered stays registered, whatever becomes of the complaint (P003-29). */
export type ReactionReportState =
  | { readonly stage: 'new' }
  | (Facts & { readonly stage: 'registered' })
  | (Facts & { readonly stage: 'transferred'; readonly to: string })
  | (Facts & { readonly stage: 'answered' });

export type OpenedReport = Exclude<ReactionReportState, { stage: 'new' }>;

/** `met`, `missing`, or null where the report is older than the question. */
export const minimumCriteria = ({ elements }: Pick<OpenedReport, 'elements'>): 'met' | 'missing' | null =>
  elements && (elements.missing.length === 0 ? 'met' : 'missing');

export const noReport: ReactionReportState = { stage: 'new' };

const NOT_ASSESSED: Assessment = { seriousness: null, expectedness: null, productKind: null };

export function evolve(state: ReactionReportState, event: ReactionReportEvent): ReactionReportState {
  if (event.type === 'AdverseReactionRegistered') {
    const { subject, round, awareAt } = event.data;
    return { stage: 'registered', subject, round, awareAt, assessment: NOT_ASSESSED, reportability: { stage: 'not-assessed', filed: false }, elements: null };
  }
  if (state.stage === 'new') return state;
  const { subject, round, awareAt, assessment, reportability, elements } = state;
  const facts: Facts = { subject, round, awareAt, assessment, reportability, elements };
  switch (event.type) {
    case 'AdverseReactionTransferred': return { ...facts, stage: 'transferred', to: event.data.to };
    case 'AdverseReactionAnswered': return { ...facts, stage: 'answered' };
    case 'AdverseReactionReopened': return { ...facts, stage: 'registered', round: event.data.round };
    case 'AdverseReactionRestated': return event.data.awareAt < awareAt ? { ...state, awareAt: event.data.awareAt, elements: knownSince(event.data.awareAt, awareAt, elements) } : state;
    case 'MinimumElementsNoted': return { ...state, elements: { missing: event.data.missing, completeAt: event.data.completeAt } };
    case 'AdverseReactionAssessed': {
      const { seriousness, expectedness, productKind } = event.data;
      return { ...state, assessment: { seriousness, expectedness, productKind } };
    }
    case 'ReportabilityUndetermined': return { ...state, reportability: { stage: 'undetermined', filed: reportability.filed } };
    case 'ReportabilityDetermined': {
      const { duty, productKind, by, countsFrom } = event.data;
      const known = { ...assessment, productKind };
      const decidedOn = by === 'person' ? known : null;
      return { ...state, assessment: known, reportability: { stage: 'determined', duty, productKind, filed: reportability.filed, owed: true, countsFrom, decidedOn } };
    }
    case 'AdverseReactionReportFiled': return { ...state, reportability: filed(reportability) };
    default: return state;
  }
}

function filed(reportability: Reportability): Reportability {
  switch (reportability.stage) {
    case 'not-assessed': return reportability;
    case 'undetermined': return { ...reportability, filed: true };
    case 'determined': return { ...reportability, filed: true, owed: false };
  }
}

/** What was complete at the first awareness moves with it. */
const knownSince = (awareAt: string, before: string, elements: Elements | null): Elements | null =>
  (elements?.completeAt === before ? { ...elements, completeAt: awareAt } : elements);

const dueReport = (state: ReactionReportState) => (state.stage !== 'new' && state.reportability.stage === 'determined' && state.reportability.owed ? state.reportability : null);
const later = (one: string, other: string | null): string => (other !== null && other > one ? other : one);

/**
 * One ladder of limits per kind of product; which rung applies is a fact that the packs ask about. A new duty takes the
 * place of the one before, and a report that is handed in meets whatever runs.
 */
const REPORT_CLOCKS = ['adr.report.death', 'adr.report.serious', 'adr.report.other', 'device_event.report.death', 'device_event.report.serious'] as const;

export const reactionReportClocks: ClockTable<ReactionReportEvent, ReactionReportState> = [
  { clock: 'adr.technical_reply', starts: ['AdverseReactionTransferred'],
    meets: ['AdverseReactionAnswered'], drops: ['AdverseReactionReopened'] },
  ...REPORT_CLOCKS.map((clock) => ({
    clock, starts: ['ReportabilityDetermined' as const, 'MinimumElementsNoted' as const], meets: ['AdverseReactionReportFiled' as const], drops: ['ReportabilityDetermined' as const],
    done: (event: ReactionReportEvent) => event.type === 'AdverseReactionReportFiled' ? event.data.filedAt : undefined,
    when: (_: ReactionReportEvent, state: ReactionReportState) => dueReport(state) !== null,
    // A law that asks for the four elements counts from the day they were complete, another one from awareness.
    from: (_: ReactionReportEvent, state: ReactionReportState, { when }: Pick<ClockTerms, 'when'>) => {
      const report = dueReport(state);
      return report && state.stage !== 'new' ? later(report.countsFrom, Object.hasOwn(when, 'minimumCriteria') ? state.elements?.completeAt ?? null : null) : undefined;
    },
    facts: (_: ReactionReportEvent, state: ReactionReportState) => {
      const report = dueReport(state);
      return { productKind: report?.productKind, duty: report?.duty, minimumCriteria: state.stage === 'new' ? null : minimumCriteria(state) };
    },
  })),
];
