import type { ApprovalEvent, ApproverRole } from 'aftercare/contracts';
import type { RuleTrace } from 'aftercare/kernel';
import type { SigningOrder } from 'aftercare/policy';

/** A signature on what waits. It counts at once, or as soon as the allowance of the month covers it. */
export interface HeldSignature {
  readonly signature: string;
  readonly position: number;
  readonly role: ApproverRole;
  readonly signer: string;
  readonly deputyFor: string | null;
  readonly limit: { readonly person: string; readonly period: string } | null;
  /** Persons whose allowance covers it so far. */
  readonly covered: readonly string[];
  readonly counted: boolean;
}

/** What an approval keeps of those who have to sign it, and of those who did. */
export interface ToBeSigned {
  /** Where several have to sign: as it was asked, whatever the matrix says later. */
  readonly asked: { readonly signers: readonly ApproverRole[]; readonly order: SigningOrder; readonly trace: RuleTrace | null } | null;
  readonly signatures: readonly HeldSignature[];
  readonly expiresAt: string | null;
}

export const noSignatures = { asked: null, signatures: [], expiresAt: null } as const;

const TYPES = ['SignaturesRequired', 'ApprovalExpirySet', 'ApprovalSigned', 'SignatureCovered', 'SignatureCounted', 'SignatureRefused', 'SignaturesVoided'] as const;
export type SignatureEvent = Extract<ApprovalEvent, { type: (typeof TYPES)[number] }>;

export function isAboutSignatures(event: ApprovalEvent): event is SignatureEvent {
  return TYPES.some((type) => type === event.type);
}

export function evolveSignatures<State extends ToBeSigned>(state: State, event: SignatureEvent): State {
  const { signatures } = state;
  switch (event.type) {
    case 'SignaturesRequired': {
      const { signers, order } = event.data;
      return { ...state, asked: { signers, order, trace: event.policy ?? null } };
    }
    case 'ApprovalExpirySet': return { ...state, expiresAt: event.data.expiresAt };
    case 'ApprovalSigned': return event.data.meaning === 'approved' ? { ...state, signatures: [...signatures, held(event)] } : state;
    case 'SignatureCovered': {
      const { signature, person } = event.data;
      return { ...state, signatures: signatures.map((one) => (one.signature === signature ? { ...one, covered: [...one.covered, person] } : one)) };
    }
    case 'SignatureCounted': {
      const isCounted = (one: HeldSignature): HeldSignature => (one.signature === event.data.signature ? { ...one, counted: true } : one);
      return { ...state, signatures: signatures.map(isCounted) };
    }
    case 'SignatureRefused': return { ...state, signatures: signatures.filter(({ signature }) => signature !== event.data.signature) };
    case 'SignaturesVoided': {
      const voided = event.data.signatures.map(({ signature }) => signature);
      return { ...state, signatures: signatures.filter(({ signature }) => !voided.includes(signature)) };
    }
  }
}

function held({ data }: Extract<SignatureEvent, { type: 'ApprovalSigned' }>): HeldSignature {
  const { signature, position, role, signer, deputyFor, limit } = data;
  return {
    signature, position, role, signer, deputyFor: deputyFor?.person ?? null,
    limit: limit && { person: limit.person, period: limit.period }, covered: [], counted: limit === null,
  };
}
