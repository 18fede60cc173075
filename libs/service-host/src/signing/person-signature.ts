import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { RequestCaller } from 'aftercare/access';
import type { Bilingual } from 'aftercare/kernel';
import { HttpProblem } from '../http/index.js';

/** Older than this, a sign-in does not show that the person is still the one at the screen. */
export const FRESH_SIGN_IN_MS = 10 * 60_000;

export interface Signing {
  /** What the person says by signing. */
  readonly meaning: 'responsible' | 'adopted';
  /** Of what is signed. */
  readonly sha256: string;
  /** UTC milliseconds. */
  readonly now: number;
}

export type SigningRefusal = 'not-a-person' | 'sign-in-too-old';

/** Who signs, with the token that vouches for the sign-in. */
export const Signer = createParamDecorator((_: unknown, context: ExecutionContext): RequestCaller =>
  context.switchToHttp().getRequest<{ caller: RequestCaller }>().caller);

/**
 * The compact form that goes into `signature` of the event, one line of `name=value` separated by `;`:
 * `v1;account=…;meaning=responsible;sha256=…;at=…;token=…;issued=…`. Account and token id are percent-encoded, so that
 * neither can pretend to be another member; `token` and `issued` name the sign-in that the person proved itself with.
 */
export function personSignature(signer: RequestCaller, { meaning, sha256, now }: Signing): { readonly signature: string } | { readonly refused: SigningRefusal } {
  const { id, token } = signer;
  if (!isPerson(id)) return { refused: 'not-a-person' };
  if (!token || token.id === '' || Math.abs(now - token.issuedAt) > FRESH_SIGN_IN_MS) return { refused: 'sign-in-too-old' };
  const members = {
    account: encodeURIComponent(id), meaning, sha256, at: new Date(now).toISOString(),
    token: encodeURIComponent(token.id), issued: new Date(token.issuedAt).toISOString(),
  };
  return { signature: ['v1', ...Object.entries(members).map(([name, value]) => `${name}=${value}`)].join(';') };
}

/** The command line signs in as the machine's account unless it is told a person's; a machine answers for nothing. */
function isPerson(account: string): boolean {
  return !account.startsWith('cli-') && !account.includes(':');
}

const REFUSALS: Readonly<Record<SigningRefusal, Bilingual>> = {
  'not-a-person': { zh: '须由本人账号签字。', en: 'A person has to sign this with an account of their own.' },
  'sign-in-too-old': { zh: '签字须在登录后 10 分钟内。请重新登录。', en: 'Sign in again: a signature needs a sign-in of the last 10 minutes.' },
};

export function signingProblem(refused: SigningRefusal): HttpProblem {
  return new HttpProblem({ status: 403, code: refused, detail: REFUSALS[refused] });
}
