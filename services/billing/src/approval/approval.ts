import type { ApprovalCommands, ApprovalEvent, ApproverRole, CommandOf } from 'aftercare/contracts';
import type { Money } from 'aftercare/kernel';
import type { ClockTable } from 'aftercare/policy';
import { evolveSignatures, isAboutSignatures, noSignatures, type SignatureEvent, type ToBeSigned } from './signatures.js';

export type ApprovalCommand = CommandOf<ApprovalCommands>;

interface Facts extends ToBeSigned {
  readonly kind: 'compensation' | 'service-fee';
  readonly caseId: string | null;
  readonly round: number;
  readonly customerId: string | null;
  readonly returnId: string | null;
  readonly subject: string;
  readonly amount: Money;
  /** Null until finance has calculated it; a compensation has none. */
  readonly cost: Money | null;
  readonly requester: string;
  /** Named by a person, for the decision that waits, where no band covers the amount. */
  readonly appointed: ApproverRole | null;
}

export type PendingApproval =
  | (Facts & { readonly stage: 'proposed' })
  | (Facts & { readonly stage: 'cost-verified' })
  | (Facts & { readonly stage: 'waiver-requested'; readonly waiverRequester: string });

export type ApprovalState =
  | { readonly stage: 'new' }
  /** Money follows once the goods are back. */
  | { readonly stage: 'planned'; readonly customerId: string | null; readonly amount: Money; readonly requester: string; readonly subject: string }
  /** The goods never came back. */
  | { readonly stage: 'lapsed' }
  | PendingApproval
  | (Facts & { readonly stage: 'approved' })
  | (Facts & { readonly stage: 'rejected' })
  /** Not everybody signed in time. */
  | (Facts & { readonly stage: 'expired' })
  | (Facts & { readonly stage: 'waived' })
  | (Facts & { readonly stage: 'agreed' })
  | (Facts & { readonly stage: 'undetermined'; readonly waiting: PendingApproval });

export type ProposedApproval = Extract<ApprovalState, Facts>;

export const noApproval: ApprovalState = { stage: 'new' };

export function evolve(state: ApprovalState, event: ApprovalEvent): ApprovalState {
  switch (event.type) {
    case 'PlannedCompensationNoted': return planned(state, event);
    case 'ApprovalProposed': {
      const { kind, caseId, round, customerId, returnId, subject, amount, requester } = event.data;
      return { stage: 'proposed', kind, caseId, round, customerId, returnId, subject, amount, requester, cost: null, appointed: null, ...noSignatures };
    }
    case 'CompensationRejected':
      return event.data.ground === 'decided' && 'kind' in state ? { ...state, stage: 'rejected' } : { stage: 'lapsed' };
    default: return 'kind' in state ? isAboutSignatures(event) ? evolveSignatures(state, event) : evolveProposed(state, event) : state;
  }
}

type LaterEvent = Exclude<ApprovalEvent, SignatureEvent | { type: 'PlannedCompensationNoted' | 'ApprovalProposed' | 'CompensationRejected' }>;

function planned(state: ApprovalState, event: Extract<ApprovalEvent, { type: 'PlannedCompensationNoted' }>): ApprovalState {
  const { customerId, amount, requester, subject } = event.data;
  // The plan came after the stock-in it belongs to: two departments' logs arrive in no fixed order.
  if (state.stage === 'proposed') return { ...state, requester };
  return { stage: 'planned', customerId, amount, requester, subject };
}

function evolveProposed(state: ProposedApproval, event: LaterEvent): ApprovalState {
  switch (event.type) {
    case 'ServiceCostVerified': return { ...state, ...noSignatures, stage: 'cost-verified', cost: event.data.cost };
    case 'ApprovalRevised': {
      const { amount, requester } = event.data;
      return { ...state, stage: 'proposed', amount, requester, cost: null, appointed: null, ...noSignatures };
    }
    case 'CompensationApproved':
    case 'ServiceFeeApproved': return { ...state, stage: 'approved', appointed: null };
    case 'ServiceFeeRejected': return { ...state, stage: 'rejected' };
    case 'WaiverRequested': return { ...state, ...noSignatures, stage: 'waiver-requested', waiverRequester: event.data.requester };
    case 'ServiceFeeWaived': return { ...state, stage: 'waived' };
    case 'ServiceFeeWaiverRejected': return { ...state, stage: 'approved', appointed: null };
    case 'ApproverUndetermined': return isPending(state) ? { ...state, stage: 'undetermined', waiting: state } : state;
    case 'ApproverAppointed':
      return state.stage === 'undetermined' ? { ...state.waiting, ...noSignatures, appointed: event.data.approverRole } : state;
    case 'ApprovalLapsed': return { ...state, stage: event.data.kind === 'waiver' ? 'approved' : 'expired', appointed: null };
    case 'PriceAgreedWithCustomer': return { ...state, stage: 'agreed', amount: event.data.amount };
  }
}

export function isPending(state: ApprovalState): state is PendingApproval {
  return state.stage === 'proposed' || state.stage === 'cost-verified' || state.stage === 'waiver-requested';
}

const DECIDED = [
  'CompensationApproved', 'CompensationRejected', 'ServiceFeeApproved', 'ServiceFeeRejected', 'ServiceFeeWaived', 'ServiceFeeWaiverRejected',
] as const;

/**
 * P001C sets no time for its approvals; a company that does says so under `approval.expiry`. The due time is in the event,
 * because a signature after it is refused whether or not the watch has recorded the breach.
 */
export const approvalClocks: ClockTable<ApprovalEvent, ApprovalState> = [{
  promise: 'approval.expiry', rule: 'P001A-04', starts: 'ApprovalExpirySet',
  due: (event) => (event.type === 'ApprovalExpirySet' ? event.data.expiresAt : ''),
  meets: DECIDED, drops: ['ApprovalRevised', 'ApprovalLapsed'], warnsLike: 'approval.expiry',
}];
