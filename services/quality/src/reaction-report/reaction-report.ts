import type { CommandOf, ReactionReportCommands, ReactionReportEvent, Seriousness } from 'aftercare/contracts';
import type { ClockTable } from 'aftercare/policy';

export type ReactionReportCommand = CommandOf<ReactionReportCommands>;

interface Facts {
  readonly subject: string;
  readonly round: number;
  /** Outlives a round. */
  readonly seriousness: Seriousness | null;
}

/** A report is never withdrawn: what somebody suffered stays registered, whatever becomes of the complaint (P003-29). */
export type ReactionReportState =
  | { readonly stage: 'new' }
  | (Facts & { readonly stage: 'registered' })
  | (Facts & { readonly stage: 'transferred'; readonly to: string })
  | (Facts & { readonly stage: 'answered' });

export const noReport: ReactionReportState = { stage: 'new' };

export function evolve(state: ReactionReportState, event: ReactionReportEvent): ReactionReportState {
  if (event.type === 'AdverseReactionRegistered') {
    const { subject, round } = event.data;
    return { stage: 'registered', subject, round, seriousness: null };
  }
  if (state.stage === 'new') return state;
  const { subject, round, seriousness } = state;
  switch (event.type) {
    case 'AdverseReactionTransferred': return { stage: 'transferred', subject, round, seriousness, to: event.data.to };
    case 'AdverseReactionAssessed': return { ...state, seriousness: event.data.seriousness };
    case 'AdverseReactionAnswered': return { stage: 'answered', subject, round, seriousness };
    case 'AdverseReactionReopened': return { stage: 'registered', subject, round: event.data.round, seriousness };
    default: return state;
  }
}

export const reactionReportClocks: ClockTable<ReactionReportEvent, ReactionReportState> = [
  { clock: 'adr.technical_reply', starts: ['AdverseReactionTransferred'],
    meets: ['AdverseReactionAnswered'], drops: ['AdverseReactionReopened'] },
];
