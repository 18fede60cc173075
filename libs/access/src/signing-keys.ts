import { readFile } from 'node:fs/promises';
import { importJWK, type CryptoKey, type JWK } from 'jose';

/** Values both sides of a token agree on. */
export const TOKEN = {
  issuer: 'aftercare',
  audience: 'aftercare',
  type: 'at+jwt',
  algorithm: 'EdDSA',
  maxAgeSeconds: 24 * 3_600,
} as const;

// Hostile key ids must not turn into disk reads; a removed key must not stay good for long.
const SHORTEST_PAUSE_MS = 1_000;
const LONGEST_TRUST_MS = 10_000;

/**
 * Public keys of a local JWKS file by `kid`. The file is read again when a key id is unknown (at most once a second)
 * and every ten seconds, so adding or withdrawing a key needs no restart.
 */
export class SigningKeys {
  private keys: ReadonlyMap<string, CryptoKey> = new Map();
  private content = '';
  private readAt = Number.NEGATIVE_INFINITY;

  /** `onChange` is called when the set of keys differs from before. */
  constructor(private readonly jwksFile: string, private readonly onChange: () => void, private readonly now: () => number) {}

  async find(kid: unknown): Promise<CryptoKey | undefined> {
    await this.refresh(LONGEST_TRUST_MS);
    if (typeof kid !== 'string') return undefined;
    if (!this.keys.has(kid)) await this.refresh(SHORTEST_PAUSE_MS);
    return this.keys.get(kid);
  }

  /** Reads the file when the last reading is at least this old. @throws when the file cannot be read or is no JWKS. */
  async refresh(olderThanMs: number): Promise<void> {
    if (this.now() - this.readAt < olderThanMs) return;
    const content = await readFile(this.jwksFile, 'utf8');
    if (content !== this.content) {
      this.keys = await keysOf(content);
      this.content = content;
      this.onChange();
    }
    this.readAt = this.now();
  }
}

async function keysOf(jwks: string): Promise<ReadonlyMap<string, CryptoKey>> {
  const found = new Map<string, CryptoKey>();
  for (const jwk of (JSON.parse(jwks) as { keys: JWK[] }).keys) {
    if (jwk.kty !== 'OKP' || jwk.crv !== 'Ed25519' || !jwk.kid) continue;
    // Only the public members are taken: a private part in this file would be a mistake, never a reason to use it.
    const key = await importJWK({ kty: 'OKP', crv: 'Ed25519', x: jwk.x }, TOKEN.algorithm);
    if (!(key instanceof Uint8Array)) found.set(jwk.kid, key);
  }
  return found;
}
