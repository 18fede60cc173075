import type { Authority } from './authority.js';
import { isInForce, type Deputyship } from './deputies.js';

/** A signature that was given. `deputyFor`: the person in whose place, where the deputyship names one. */
export interface Signature {
  /** 1, 2, … in the authority's list of signers. */
  readonly position: number;
  readonly role: string;
  readonly signer: string;
  readonly deputyFor: string | null;
}

export interface OpenPosition {
  readonly position: number;
  readonly role: string;
}

export type SigningRefused =
  | 'requester' | 'deputy-of-requester' | 'signed-already' | 'principal-signed-already' | 'not-your-turn' | 'office-signed-already' | 'not-a-signer' | 'deputyship-not-in-force';

export type Admitted =
  | { readonly may: true; readonly position: number; readonly role: string; readonly deputyship: Deputyship | null }
  | { readonly may: false; readonly why: SigningRefused };

/** Every position without a signature, in the order of the list. None left means that everybody has signed. */
export function stillToSign({ signers }: Authority, signatures: readonly Signature[]): readonly OpenPosition[] {
  return signers.map((role, index) => ({ role, position: index + 1 }))
    .filter(({ position }) => !signatures.some((signature) => signature.position === position));
}

/** Whose turn it is: everybody who is left, or the first of them where the order counts. */
export function nextToSign(authority: Authority, signatures: readonly Signature[]): readonly OpenPosition[] {
  const open = stillToSign(authority, signatures);
  return authority.order === 'in-order' ? open.slice(0, 1) : open;
}

export interface Asked {
  readonly authority: Authority;
  readonly signatures: readonly Signature[];
  readonly requester: string;
  readonly actor: { readonly id: string; readonly role: string };
  /** Deputyships of the actor, of whatever dates. */
  readonly deputyships: readonly Deputyship[];
  /** `YYYY-MM-DD` in the business zone. */
  readonly today: string;
}

/**
 * May this person sign now, and for which position? In one's own office before in anybody's place. Nobody signs twice, not
 * for two offices either, and a deputy does not sign a second time for a person who has signed already.
 */
export function maySign(asked: Asked): Admitted {
  const { authority, signatures } = asked;
  const own = admitted(asked, nextToSign(authority, signatures));
  if (own.may || own.why !== 'not-a-signer') return own;
  const later = admitted(asked, stillToSign(authority, signatures));
  if (later.may) return { may: false, why: 'not-your-turn' };
  // Told that the office decides, a second holder of it would try again for ever.
  return authority.signers.includes(asked.actor.role) ? { may: false, why: 'office-signed-already' } : own;
}

/** May this person stop it? Whoever is named may, before or after the own turn, and also after having signed. */
export function mayReject(asked: Omit<Asked, 'signatures'>): Admitted {
  const { signers } = asked.authority;
  return admitted({ ...asked, signatures: [] }, signers.map((role, index) => ({ role, position: index + 1 })));
}

function admitted(asked: Asked, open: readonly OpenPosition[]): Admitted {
  const { actor, requester, signatures } = asked;
  if (signatures.some(({ signer }) => signer === actor.id)) return { may: false, why: 'signed-already' };
  const own = open.find(({ role }) => role === actor.role);
  const standIn = own ? null : inWhosePlace(asked, open);
  if (!own && !standIn?.may) return standIn ?? { may: false, why: 'not-a-signer' };
  if (actor.id === requester) return { may: false, why: 'requester' };
  if (signatures.some(({ deputyFor }) => deputyFor === actor.id)) return { may: false, why: 'principal-signed-already' };
  return own ? { may: true, ...own, deputyship: null } : standIn as Admitted;
}

/** Null where the actor deputises for none of the open positions. */
function inWhosePlace(asked: Asked, open: readonly OpenPosition[]): Admitted | null {
  let refused: Admitted | null = null;
  for (const { role, position } of open) {
    for (const deputyship of asked.deputyships.filter((one) => one.role === role && one.deputy === asked.actor.id)) {
      const why = whyNotInForce(deputyship, asked);
      if (why === null) return { may: true, position, role, deputyship };
      refused ??= { may: false, why };
    }
  }
  return refused;
}

/** The requester must not sign through somebody else: not as the one who is away, and not as the one who named the deputy. */
function whyNotInForce(deputyship: Deputyship, { requester, signatures, today }: Asked): SigningRefused | null {
  if (!isInForce(deputyship, today)) return 'deputyship-not-in-force';
  if (deputyship.person === requester || deputyship.appointedBy === requester) return 'deputy-of-requester';
  const hasSigned = deputyship.person !== null
    && signatures.some(({ signer, deputyFor }) => signer === deputyship.person || deputyFor === deputyship.person);
  return hasSigned ? 'principal-signed-already' : null;
}
