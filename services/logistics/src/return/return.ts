import type {
  CommandOf, Discrepancy, Goods, ReturnCommands, ReturnEvent, ReturnKind, ReturnObstacle, ReturnReason, ReviewSigner, ShipmentLeg,
  ShipmentStatus, SignatoryRole, Signer, SigningStep, StockInSigner, UndeterminedWhy, Verdict,
} from 'aftercare/contracts';
import type { Money } from 'aftercare/kernel';
import type { ClockTable } from 'aftercare/policy';

export type ReturnCommand = CommandOf<ReturnCommands>;

export interface Signature<S extends string> { readonly signer: S; readonly account: string }
export interface ShipmentNews { readonly leg: ShipmentLeg; readonly status: ShipmentStatus; readonly at: string }

/** What no rule answered. Two judgements that found the same ask the same. */
export interface EligibilityQuestion { readonly why: UndeterminedWhy; readonly obstacles: readonly ReturnObstacle[] }
export interface SignatureAsked { readonly step: SigningStep; readonly signer: Signer }
interface Appointed extends SignatureAsked { readonly role: SignatoryRole; readonly by: string }

interface Facts {
  readonly subject: string;
  readonly caseId: string | null;
  readonly round: number;
  readonly customerId: string | null;
  readonly reason: ReturnReason;
  readonly kind: ReturnKind;
  readonly goods: Goods;
  readonly quantity: number | null;
  readonly requestedOn: string;
  readonly compensation: Money | null;
  readonly temporary: boolean;
  readonly verdict: Verdict | null;
  /** Waits for a person; `account` is who was told so. Null: nothing waits. */
  readonly eligibilityOpen: (EligibilityQuestion & { readonly account: string }) | null;
  /** The question that a person answered with yes. */
  readonly eligibilityAccepted: EligibilityQuestion | null;
  readonly signaturesOpen: readonly SignatureAsked[];
  readonly appointed: readonly Appointed[];
  /** Referred to the customer-service team because nobody could tell (P001E-07); a later signature answers it. */
  readonly referred: boolean;
  readonly reviews: readonly Signature<ReviewSigner>[];
  /** Expiry date that a signer read off the goods. */
  readonly expiresOn: string | null;
  /** P000-17, oldest first. */
  readonly shipments: readonly ShipmentNews[];
}

interface OnTheRoad extends Facts { readonly order: string; readonly driver: string }

interface Received extends Facts {
  readonly received: number;
  readonly discrepancy: Discrepancy | null;
  readonly discrepancySettled: boolean;
}

interface Inspected extends Received {
  readonly intact: boolean;
  readonly makersFault: boolean;
  readonly signatures: readonly Signature<StockInSigner>[];
}

interface StockedIn extends Facts {
  readonly stockedIn: number;
  readonly exchangeShipped: boolean;
  readonly slipSent: boolean;
}

export type ReturnState =
  | { readonly stage: 'new' }
  | (Facts & { readonly stage: 'requested' })
  | (Facts & { readonly stage: 'reviewed' })
  | (Facts & { readonly stage: 'exception-requested'; readonly exception: { readonly ground: ReturnObstacle; readonly account: string } })
  | (Facts & { readonly stage: 'approved' })
  | (Facts & { readonly stage: 'instructed' })
  | (Facts & { readonly stage: 'arrived' })
  | (OnTheRoad & { readonly stage: 'ordered' })
  | (OnTheRoad & { readonly stage: 'picked-up' })
  | (Received & { readonly stage: 'received' })
  | (Inspected & { readonly stage: 'inspected' })
  | (Facts & { readonly stage: 'refused' })
  | (StockedIn & { readonly stage: 'stocked-in' })
  | (StockedIn & { readonly stage: 'valued' })
  | (StockedIn & { readonly stage: 'completed' })
  | (Facts & { readonly stage: 'rejected' })
  | (Facts & { readonly stage: 'cancelled' });

export type OpenedReturn = Exclude<ReturnState, { stage: 'new' }>;
export type AtStage<S extends ReturnState['stage']> = Extract<ReturnState, { stage: S }>;

export const noReturn: ReturnState = { stage: 'new' };

/** P002B-16: unsaleable goods cost money although nothing is wrong with them, so finance looks at them too. */
export function reviewersOf(reason: string): readonly ReviewSigner[] {
  return reason === 'unsaleable' ? ['after-sales', 'finance'] : ['after-sales'];
}

export function evolve(state: ReturnState, event: ReturnEvent): ReturnState {
  if (event.type === 'ReturnRequested') {
    const { subject, caseId, round, customerId, reason, kind, goods, quantity, requestedOn, compensation, temporary, verdict } = event.data;
    return {
      stage: 'requested', subject, caseId, round, customerId, reason, kind, goods, quantity, requestedOn, compensation, temporary,
      verdict, eligibilityOpen: null, eligibilityAccepted: null, signaturesOpen: [], appointed: [], referred: false, reviews: [], expiresOn: null, shipments: [],
    };
  }
  if (state.stage === 'new') return state;
  switch (event.type) {
    case 'ReturnReferred': return { ...state, referred: true };
    case 'ReturnReviewed': return reviewed(state, event.data);
    case 'ReturnExceptionRequested':
      return { ...state, stage: 'exception-requested', exception: { ground: event.data.ground, account: event.data.account } };
    case 'ReturnApproved': return { ...state, stage: 'approved', referred: false, eligibilityOpen: null, signaturesOpen: [] };
    case 'ReturnRejected': return { ...state, stage: 'rejected', referred: false, eligibilityOpen: null, signaturesOpen: [] };
    case 'ReturnCancelled': return { ...state, stage: 'cancelled', referred: false, eligibilityOpen: null, signaturesOpen: [] };
    case 'ReturnInstructionSent': return { ...state, stage: 'instructed' };
    case 'ReturnArrivalNotified': return { ...state, stage: 'arrived' };
    case 'ReturnTransportOrderIssued': return { ...state, stage: 'ordered', order: event.data.order, driver: event.data.driver };
    case 'ShipmentStatusUpdated': {
      const { leg, status, at } = event.data;
      return { ...state, shipments: [...state.shipments, { leg, status, at }] };
    }
    case 'ReturnEligibilityUndetermined':
    case 'ReturnEligibilityDecided':
    case 'SignatoryUndetermined':
    case 'SignatoryAppointed': return evolveQuestions(state, event);
    default: return evolveGoods(state, event);
  }
}

type QuestionEvent = Extract<ReturnEvent, { type: 'ReturnEligibilityUndetermined' | 'ReturnEligibilityDecided' | 'SignatoryUndetermined' | 'SignatoryAppointed' }>;

/** What the rules leave to a person, and what the person said. */
function evolveQuestions(state: OpenedReturn, event: QuestionEvent): ReturnState {
  switch (event.type) {
    case 'ReturnEligibilityUndetermined': {
      const { why, obstacles, account, expiresOn } = event.data;
      return { ...state, eligibilityOpen: { why, obstacles, account }, expiresOn: expiresOn ?? state.expiresOn };
    }
    case 'ReturnEligibilityDecided': {
      const { why, obstacles, decision } = event.data;
      return { ...state, eligibilityOpen: null, referred: false, eligibilityAccepted: decision === 'accept' ? { why, obstacles } : null };
    }
    case 'SignatoryUndetermined': return { ...state, signaturesOpen: [...state.signaturesOpen, { step: event.data.step, signer: event.data.signer }] };
    case 'SignatoryAppointed': {
      const { step, signer, role, account: by } = event.data;
      return { ...state, signaturesOpen: state.signaturesOpen.filter((open) => !isAbout({ step, signer }, open)), appointed: [...state.appointed, { step, signer, role, by }] };
    }
  }
}

export const isAbout = (asked: SignatureAsked, other: SignatureAsked): boolean => asked.step === other.step && asked.signer === other.signer;

function reviewed(state: OpenedReturn, { signer, account, expiresOn }: { signer: ReviewSigner; account: string; expiresOn: string | null }): ReturnState {
  const reviews = [...state.reviews, { signer, account }];
  const complete = reviewersOf(state.reason).every((needed) => reviews.some((review) => review.signer === needed));
  return { ...state, stage: complete ? 'reviewed' : 'requested', reviews, referred: false, eligibilityOpen: null, expiresOn: expiresOn ?? state.expiresOn };
}

/** From the driver's hands to the shelf. */
function evolveGoods(state: OpenedReturn, event: ReturnEvent): ReturnState {
  switch (event.type) {
    case 'ReturnPickedUp': return state.stage === 'ordered' ? { ...state, stage: 'picked-up' } : state;
    case 'ReturnReceived': {
      const { quantity, discrepancy } = event.data;
      return { ...state, stage: 'received', received: quantity, discrepancy, discrepancySettled: discrepancy === null };
    }
    case 'ReturnDiscrepancySettled':
      return state.stage === 'received' || state.stage === 'inspected' ? { ...state, discrepancySettled: true } : state;
    case 'ReturnInspected': {
      const { intact, makersFault } = event.data;
      return state.stage === 'received' ? { ...state, stage: 'inspected', intact, makersFault, signatures: [] } : state;
    }
    case 'ReturnInspectionRefused': return { ...state, stage: 'refused', signaturesOpen: [] };
    case 'StockInSigned':
      return state.stage === 'inspected'
        ? { ...state, signatures: [...state.signatures, { signer: event.data.signer, account: event.data.account }] } : state;
    case 'ReturnStockedIn': return { ...state, stage: 'stocked-in', stockedIn: event.data.quantity, exchangeShipped: false, slipSent: false };
    case 'ReturnValueRecorded': return state.stage === 'stocked-in' ? { ...state, stage: 'valued' } : state;
    case 'ExchangeShipped': return isOnTheShelf(state) ? completed({ ...state, exchangeShipped: true }) : state;
    case 'ReturnSlipSent': return isOnTheShelf(state) ? completed({ ...state, slipSent: true }) : state;
    default: return state;
  }
}

function isOnTheShelf(state: ReturnState): state is AtStage<'stocked-in' | 'valued'> {
  return state.stage === 'stocked-in' || state.stage === 'valued';
}

/** The customer holds the slip, and the new goods where some were promised. */
function completed(state: AtStage<'stocked-in' | 'valued'>): ReturnState {
  return state.slipSent && (state.kind === 'return' || state.exchangeShipped) ? { ...state, stage: 'completed' } : state;
}

/** P002B-29 has a time; the other limits of the sources say only "promptly", so their clocks run where a company has filled them. */
export const returnClocks: ClockTable<ReturnEvent, ReturnState> = [
  // The sources want a signature for the list received; the first one that a return gets shows that somebody has it (P002B-15).
  { clock: 'return.request_acknowledge', starts: ['ReturnRequested'],
    meets: ['ReturnReviewed', 'ReturnReferred', 'ReturnEligibilityUndetermined', 'ReturnExceptionRequested', 'ReturnRejected'], drops: ['ReturnCancelled'] },
  { clock: 'return.instruction_notice', starts: ['ReturnApproved'], meets: ['ReturnInstructionSent'], drops: ['ReturnCancelled'] },
  { clock: 'return.logistics_handling', starts: ['ReturnApproved'], meets: ['ReturnReceived'], drops: ['ReturnCancelled'] },
  { clock: 'return.transport_order', starts: ['ReturnArrivalNotified'], meets: ['ReturnTransportOrderIssued'], drops: ['ReturnCancelled'] },
  { clock: 'return.inspection', starts: ['ReturnReceived'], facts, meets: ['ReturnInspected', 'ReturnInspectionRefused'] },
  { clock: 'return.value_entry', starts: ['ReturnStockedIn'], meets: ['ReturnValueRecorded'] },
  // P001E-26: what becomes of the goods is decided at the inspection; the customer reads it on the slip or in the refusal.
  { clock: 'return.outcome_notice', starts: ['ReturnInspected'], meets: ['ReturnSlipSent', 'ReturnInspectionRefused'] },
  { clock: 'return.slip_to_customer', starts: ['ReturnValueRecorded'], meets: ['ReturnSlipSent'] },
];

/** P002B-23 speaks of returns for quality, P002B-22 of all of them. */
function facts(_: ReturnEvent, state: ReturnState): Readonly<Record<string, string | null>> {
  return { reason: state.stage === 'new' ? null : state.reason };
}
