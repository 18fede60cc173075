import { errors, jwtVerify } from 'jose';
import { AccessDenied } from './access-denied.js';
import { isRole, type Role } from './roles.js';
import { SigningKeys, TOKEN } from './signing-keys.js';

/** The account behind a token and its known roles. */
export interface VerifiedIdentity {
  readonly id: string;
  readonly roles: readonly Role[];
  /** Which token said so, and the UTC milliseconds of its issue, which is when the account last proved itself. */
  readonly token: VerifiedToken;
}

export interface VerifiedToken {
  /** `jti`; empty when the issuer gives its tokens no id. */
  readonly id: string;
  readonly issuedAt: number;
}

export interface TokenVerifier {
  /** @throws AccessDenied `token-invalid` or `token-expired`; any other error means the key file cannot be read. */
  verify(token: string): Promise<VerifiedIdentity>;
}

interface Remembered {
  readonly identity: VerifiedIdentity;
  readonly expiresAtMs: number;
}

const SUBJECT = /^[\x21-\x7e]{1,100}$/;
const REMEMBERED_TOKENS = 2_000;

/**
 * Verifies tokens against a local JWKS file. `jku`, `x5u` and `jwk` headers are never looked at: the key comes from
 * the file by `kid` or not at all. Verified tokens are remembered until they expire, the newest 2,000 of them,
 * because the signature check costs more than the rest of a small command.
 */
export function tokenVerifier(jwksFile: string, now: () => number = Date.now): TokenVerifier {
  const remembered = new Map<string, Remembered>();
  const keys = new SigningKeys(jwksFile, () => remembered.clear(), now);

  return {
    async verify(token) {
      // First, so that a withdrawn key also ends the tokens remembered from it.
      await keys.refresh(10_000);
      const known = remembered.get(token);
      if (known && known.expiresAtMs > now()) return known.identity;
      remembered.delete(token);
      if (known) throw new AccessDenied('token-expired');
      const fresh = await verifySignature(token, keys, now());
      if (remembered.size >= REMEMBERED_TOKENS) remembered.delete(remembered.keys().next().value as string);
      remembered.set(token, fresh);
      return fresh.identity;
    },
  };
}

async function verifySignature(token: string, keys: SigningKeys, nowMs: number): Promise<Remembered> {
  try {
    const { payload } = await jwtVerify(token, async ({ kid }) => {
      const key = await keys.find(kid);
      if (!key) throw new AccessDenied('token-invalid');
      return key;
    }, {
      algorithms: [TOKEN.algorithm],
      issuer: TOKEN.issuer,
      audience: TOKEN.audience,
      typ: TOKEN.type,
      maxTokenAge: TOKEN.maxAgeSeconds,
      requiredClaims: ['sub', 'exp', 'iat', 'roles'],
      currentDate: new Date(nowMs),
    });
    const { sub, roles, exp, iat, jti } = payload;
    if (typeof exp !== 'number' || typeof iat !== 'number' || typeof sub !== 'string' || !SUBJECT.test(sub) || !Array.isArray(roles)) {
      throw new AccessDenied('token-invalid');
    }
    const proof = { id: typeof jti === 'string' ? jti : '', issuedAt: iat * 1_000 };
    return { identity: { id: sub, roles: roles.filter(isRole), token: proof }, expiresAtMs: Math.min(exp, iat + TOKEN.maxAgeSeconds) * 1_000 };
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw new AccessDenied('token-expired');
    if (error instanceof errors.JOSEError) throw new AccessDenied('token-invalid');
    throw error;
  }
}
