import type { RequestCaller } from 'aftercare/access';

/** Older than this, a sign-in does not show that the person is still the one at the screen. */
export const FRESH_SIGN_IN_MS = 10 * 60_000;

export interface Statement {
  readonly account: string;
  readonly meaning: 'responsible';
  readonly sha256: string;
  /** UTC instant of signing. */
  readonly at: string;
  readonly token: NonNullable<RequestCaller['token']>;
}

/**
 * The compact form that goes into `signature` of the event, one line of `name=value` separated by `;`:
 * `v1;account=…;meaning=responsible;sha256=…;at=…;token=…;issued=…`. Account and token id are percent-encoded, so that
 * neither can pretend to be another member; `token` and `issued` name the sign-in that the person proved itself with.
 */
export function compactSignature({ account, meaning, sha256, at, token }: Statement): string {
  const members = {
    account: encodeURIComponent(account), meaning, sha256, at, token: encodeURIComponent(token.id), issued: new Date(token.issuedAt).toISOString(),
  };
  return ['v1', ...Object.entries(members).map(([name, value]) => `${name}=${value}`)].join(';');
}
