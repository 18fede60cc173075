import type {
  CommandOf, Disposition, Goods, InvestigationCommands, InvestigationEvent, Locality, Severity, Verdict,
} from 'aftercare/contracts';
import type { ClockTable } from 'aftercare/policy';

export type InvestigationCommand = CommandOf<InvestigationCommands>;

interface Facts {
  readonly subject: string;
  readonly round: number;
  readonly customerId: string | null;
  readonly locality: Locality;
  /** Of this round: in a later one the customer's no. */
  readonly awareAt: string;
  readonly goods: Goods | null;
  /** Outlives a round: what was serious and unclear stays so until somebody assesses it anew. */
  readonly severity: Severity | null;
  /** Asked for a grade, and no criterion gives one: waits for a person. Outlives a round like the severity. */
  readonly gradeOpen: Problem | null;
  readonly verification: 'none' | 'dispatched' | 'completed';
  readonly inspector: string | null;
  /** Pieces of evidence of this round; an earlier round's verdict was based on its own. */
  readonly evidence: number;
  /** Digests of every file ever added. */
  readonly files: readonly string[];
  readonly disposition: { readonly interim: boolean; readonly disposition: Disposition } | null;
}

/** P001D-11. In the words of the adopted criteria; null where nobody knows. */
export interface Problem { readonly productLine: string | null; readonly curedBy: string | null; readonly effect: string | null }

export type InvestigationState =
  | { readonly stage: 'new' }
  | (Facts & { readonly stage: 'open' })
  | (Facts & { readonly stage: 'concluded'; readonly verdict: Verdict; readonly makersFault: boolean; readonly headNotified: boolean })
  | (Facts & { readonly stage: 'withdrawn' });

export type OpenInquiry = Extract<InvestigationState, { stage: 'open' }>;
export type ConcludedInquiry = Extract<InvestigationState, { stage: 'concluded' }>;

export const noInvestigation: InvestigationState = { stage: 'new' };

const NOTHING_FOUND = { verification: 'none', inspector: null, evidence: 0, disposition: null } as const;

export function evolve(state: InvestigationState, event: InvestigationEvent): InvestigationState {
  if (event.type === 'InvestigationOpened') {
    const { subject, round, customerId, locality, awareAt, goods } = event.data;
    const files = state.stage === 'new' ? [] : state.files;
    return { stage: 'open', subject, round, customerId, locality, awareAt, goods, severity: null, gradeOpen: null, files, ...NOTHING_FOUND };
  }
  if (state.stage === 'new') return state;
  switch (event.type) {
    case 'InvestigationRestated': {
      const { customerId, locality, goods } = event.data;
      return { ...state, customerId, locality, goods };
    }
    case 'InvestigationReopened': {
      const { round, customerId, locality, awareAt, goods } = event.data;
      const { subject, severity, gradeOpen, files } = state;
      return { stage: 'open', subject, round, customerId, locality, awareAt, goods, severity, gradeOpen, files, ...NOTHING_FOUND };
    }
    case 'SeverityAssessed': return { ...state, severity: event.data.severity };
    case 'QualityGradeUndetermined': {
      const { productLine, curedBy, effect } = event.data;
      return { ...state, gradeOpen: { productLine, curedBy, effect } };
    }
    case 'QualityProblemGraded': return { ...state, gradeOpen: null };
    case 'SiteVerificationDispatched': return { ...state, verification: 'dispatched', inspector: event.data.inspector };
    case 'SiteVerificationCompleted': return { ...state, verification: 'completed' };
    case 'EvidenceAdded': {
      const { sha256 } = event.data;
      return { ...state, evidence: state.evidence + 1, files: sha256 === null ? state.files : [...state.files, sha256] };
    }
    case 'DispositionDecided': return { ...state, disposition: event.data };
    case 'QualityVerdictReached': {
      const { verdict, fault } = event.data;
      return { ...state, stage: 'concluded', verdict, makersFault: fault === 'maker', headNotified: false };
    }
    case 'QualityHeadNotified': return state.stage === 'concluded' ? { ...state, headNotified: true } : state;
    case 'InvestigationWithdrawn': return { ...state, stage: 'withdrawn' };
    default: return state;
  }
}

/** The clocks of one investigation. They count from awareness, in a later round from the customer's no. */
export const investigationClocks: ClockTable<InvestigationEvent, InvestigationState> = [
  // P002A-10 asks that somebody is sent within the limit, P002A-11 that the verification is finished within its own. A
  // corrected place takes the one for the other, from the same awareness.
  { clock: 'quality.site_verification.local', starts: ['InvestigationOpened', 'InvestigationReopened', 'InvestigationRestated'], from: awareness,
    facts, when: (_, state) => isOpen(state) && state.verification === 'none', meets: ['SiteVerificationDispatched'], revisedBy: ['InvestigationRestated'],
    drops: ['QualityVerdictReached', 'InvestigationReopened', 'InvestigationWithdrawn'] },
  { clock: 'quality.site_verification.remote', starts: ['InvestigationOpened', 'InvestigationReopened', 'InvestigationRestated'], from: awareness,
    facts, when: (_, state) => isOpen(state) && state.verification !== 'completed', meets: ['SiteVerificationCompleted'], revisedBy: ['InvestigationRestated'],
    drops: ['QualityVerdictReached', 'InvestigationReopened', 'InvestigationWithdrawn'] },
  // An interim opinion meets the limit too: three days end before seven do (catalogue contradiction 3).
  { clock: 'quality.disposition', starts: ['InvestigationOpened', 'InvestigationReopened'], from: awareness,
    meets: ['DispositionDecided'], drops: ['InvestigationReopened', 'InvestigationWithdrawn'] },
  { clock: 'quality.manufacturer_contact', starts: ['InvestigationOpened', 'InvestigationReopened'],
    meets: ['ManufacturerSupportRequested'], drops: ['QualityVerdictReached', 'InvestigationReopened', 'InvestigationWithdrawn'] },
  // P002A-20 speaks of a problem that does exist; in a later round the next verdict says whether it still does.
  { clock: 'quality.report_to_quality_head', starts: ['QualityVerdictReached'],
    when: (event) => event.type === 'QualityVerdictReached' && event.data.verdict === 'nonconforming',
    meets: ['QualityHeadNotified'], drops: ['InvestigationReopened'] },
];

function awareness(_: InvestigationEvent, state: InvestigationState): string | undefined {
  return state.stage === 'new' ? undefined : state.awareAt;
}

function isOpen(state: InvestigationState): state is OpenInquiry {
  return state.stage === 'open';
}

/** Which of the two verifications applies is what the packs say about the place. */
function facts(_: InvestigationEvent, state: InvestigationState): Readonly<Record<string, string | null>> {
  return { locality: state.stage === 'new' ? null : state.locality };
}
