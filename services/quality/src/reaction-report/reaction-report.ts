import type {
  CommandOf, Expectedness, ProductKind, ReactionReportCommands, ReactionReportEvent, ReportingDuty, Seriousness,
} from 'aftercare/contracts';
import type { ClockTable } from 'aftercare/policy';

export type ReactionReportCommand = CommandOf<ReactionReportCommands>;

interface Facts {
  readonly subject: string;
  readonly round: number;
  /** From the first report of the reaction on; a later round does not set the limits of the law back. */
  readonly awareAt: string;
  readonly assessment: Assessment;
  readonly reportability: Reportability;
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

export const noReport: ReactionReportState = { stage: 'new' };

const NOT_ASSESSED: Assessment = { seriousness: null, expectedness: null, productKind: null };

export function evolve(state: ReactionReportState, event: ReactionReportEvent): ReactionReportState {
  if (event.type === 'AdverseReactionRegistered') {
    const { subject, round, awareAt } = event.data;
    return { stage: 'registered', subject, round, awareAt, assessment: NOT_ASSESSED, reportability: { stage: 'not-assessed', filed: false } };
  }
  if (state.stage === 'new') return state;
  const { subject, round, awareAt, assessment, reportability } = state;
  const facts: Facts = { subject, round, awareAt, assessment, reportability };
  switch (event.type) {
    case 'AdverseReactionTransferred': return { ...facts, stage: 'transferred', to: event.data.to };
    case 'AdverseReactionAnswered': return { ...facts, stage: 'answered' };
    case 'AdverseReactionReopened': return { ...facts, stage: 'registered', round: event.data.round };
    case 'AdverseReactionRestated': return { ...state, awareAt: event.data.awareAt < awareAt ? event.data.awareAt : awareAt };
    case 'AdverseReactionAssessed': {
      const { seriousness, expectedness, productKind } = event.data;
      return { ...state, assessment: { seriousness, expectedness, productKind } };
    }
    case 'ReportabilityUndetermined': return { ...state, reportability: { stage: 'undetermined', filed: reportability.filed } };
    case 'ReportabilityDetermined': {
      const { duty, productKind, by } = event.data;
      const known = { ...assessment, productKind };
      const decidedOn = by === 'person' ? known : null;
      return { ...state, assessment: known, reportability: { stage: 'determined', duty, productKind, filed: reportability.filed, decidedOn } };
    }
    case 'AdverseReactionReportFiled': return reportability.stage === 'not-assessed' ? state : { ...state, reportability: { ...reportability, filed: true } };
    default: return state;
  }
}

const NO_FACTS: Readonly<Record<string, string | null>> = {};
/**
 * One ladder of limits per kind of product; which rung applies is a fact that the packs ask about. A new duty takes the
 * place of the one before, and a report that is handed in meets whatever runs.
 */
const REPORT_CLOCKS = ['adr.report.death', 'adr.report.serious', 'adr.report.other', 'device_event.report.death', 'device_event.report.serious'] as const;

export const reactionReportClocks: ClockTable<ReactionReportEvent, ReactionReportState> = [
  { clock: 'adr.technical_reply', starts: ['AdverseReactionTransferred'],
    meets: ['AdverseReactionAnswered'], drops: ['AdverseReactionReopened'] },
  ...REPORT_CLOCKS.map((clock) => ({
    clock, starts: ['ReportabilityDetermined' as const], meets: ['AdverseReactionReportFiled' as const], drops: ['ReportabilityDetermined' as const],
    from: (event: ReactionReportEvent) => (event.type === 'ReportabilityDetermined' ? event.data.countsFrom : undefined),
    facts: (event: ReactionReportEvent) => (event.type === 'ReportabilityDetermined' ? { productKind: event.data.productKind, duty: event.data.duty } : NO_FACTS),
  })),
];
