import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import type { Role } from './roles.js';
import { TOKEN } from './signing-keys.js';

export interface IssuerFiles {
  /** Public keys; every service reads this one. */
  readonly jwksFile: string;
  /** Ed25519 private JWK, mode 0600; only the issuer reads it. */
  readonly privateKeyFile: string;
}

/**
 * Makes the key of the built-in issuer once. Several processes may call it at the same moment: the first key linked
 * into place is the key, everybody else takes that one.
 */
export async function ensureIssuer(dir: string): Promise<IssuerFiles> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const files = { jwksFile: join(dir, 'token-keys.json'), privateKeyFile: join(dir, 'token-signing-key.json') };
  const mine = join(dir, `.${randomUUID()}`);
  if ((await contentOf(files.privateKeyFile)) === null) {
    const { privateKey } = await generateKeyPair(TOKEN.algorithm, { crv: 'Ed25519', extractable: true });
    const jwk = await exportJWK(privateKey);
    await writeFile(mine, JSON.stringify({ ...jwk, kid: await calculateJwkThumbprint(jwk) }), { mode: 0o600 });
    await link(mine, files.privateKeyFile).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    await rm(mine);
  }
  const { kty, crv, x, kid } = await privateKeyOf(files.privateKeyFile);
  const published = JSON.parse((await contentOf(files.jwksFile)) ?? '{"keys":[]}') as { keys: JWK[] };
  if (!published.keys.some((key) => key.kid === kid)) {
    published.keys.push({ kty, crv, x, kid, alg: TOKEN.algorithm, use: 'sig' } as JWK);
    await writeFile(mine, JSON.stringify(published, null, 2), { mode: 0o644 });
    await rename(mine, files.jwksFile);
  }
  return files;
}

/** What a token says. `subject` is the account, printable ASCII of at most 100 characters. */
export interface TokenRequest {
  readonly privateKeyFile: string;
  readonly subject: string;
  readonly roles: readonly Role[];
  /** 1 second to 24 hours; verifiers refuse older tokens whatever they say. */
  readonly ttlSeconds: number;
}

/** A signed access token in compact form. @throws RangeError when it would live longer than verifiers accept. */
export async function issueToken(request: TokenRequest): Promise<string> {
  if (!(request.ttlSeconds >= 1 && request.ttlSeconds <= TOKEN.maxAgeSeconds)) {
    throw new RangeError(`A token lives 1 to ${TOKEN.maxAgeSeconds} seconds, not ${request.ttlSeconds}`);
  }
  const jwk = await privateKeyOf(request.privateKeyFile);
  const issuedAt = Math.floor(Date.now() / 1_000);
  return new SignJWT({ roles: request.roles })
    .setProtectedHeader({ alg: TOKEN.algorithm, typ: TOKEN.type, kid: jwk.kid })
    .setIssuer(TOKEN.issuer)
    .setAudience(TOKEN.audience)
    .setSubject(request.subject)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + Math.floor(request.ttlSeconds))
    .setJti(randomUUID())
    .sign(await importJWK(jwk, TOKEN.algorithm));
}

async function privateKeyOf(file: string): Promise<JWK & { readonly kid: string }> {
  return JSON.parse(await readFile(file, 'utf8')) as JWK & { readonly kid: string };
}

async function contentOf(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}
