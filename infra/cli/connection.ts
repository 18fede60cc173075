import { userInfo } from 'node:os';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Role } from 'aftercare/access';
import { access } from '../launcher/issuer.js';
import { readRunState } from '../launcher/run-state.js';
import { dataFolderOf } from './data-folder.js';
import { CliFailure, EXIT } from './exit-codes.js';
import { departmentOf, DepartmentUnavailable, failureOf } from './problem.js';
import { plain } from './table.js';

const ANSWER_WITHIN_MS = 15_000;
/** For a command that asks several departments: one that hangs must not take the answers of the others along. */
export const DEPARTMENT_ANSWERS_WITHIN_MS = 5_000;
const TOKEN_TTL_SECONDS = 600;

/** Talks to one instance through its gateway, signed in with one role. */
export interface Connection {
  readonly url: string;
  /**
   * GET of `/<department>/...`. @throws CliFailure, or DepartmentUnavailable when only that department is away, as one
   * is that has not answered `withinMs`
   */
  get<T>(path: string, withinMs?: number): Promise<T>;
  /** As `get`, with the response itself; for streams. */
  request(path: string, init?: RequestInit): Promise<Response>;
}

export interface ConnectionOptions {
  readonly data?: string;
}

/** @param account who the records are to name; the account of this machine when absent. @throws CliFailure when AFTERCARE_TOKEN is a sign-in of somebody else */
export function connect(options: ConnectionOptions, role: Role, account?: string): Connection {
  const dataDir = dataFolderOf(options);
  const url = gatewayUrl(dataDir);
  if (account !== undefined) requireSignInOf(account);
  const token = tokenSource(dataDir, role, account ?? cliSubject());
  const request = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${await token()}`);
    const response = await reach(`${url}${path}`, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS), ...init, headers }, url);
    if (!response.ok) throw await failureOf(response, path);
    return response;
  };
  const get = async <T>(path: string, withinMs?: number): Promise<T> => {
    if (withinMs === undefined) return await (await request(path)).json() as T;
    const signal = AbortSignal.timeout(withinMs);
    try {
      return await (await request(path, { signal })).json() as T;
    } catch (error) {
      throw signal.aborted ? new DepartmentUnavailable(departmentOf(path)) : error;
    }
  };
  return { url, request, get };
}

function gatewayUrl(dataDir: string): string {
  const url = process.env['AFTERCARE_URL'] ?? readRunState(dataDir)?.gatewayUrl;
  if (!url) throw new CliFailure(EXIT.notRunning, `nothing runs from ${dataDir}: start it with \`aftercare up\`, or name a running gateway in AFTERCARE_URL.`);
  return url.replace(/\/+$/, '');
}

async function reach(address: string, init: RequestInit, url: string): Promise<Response> {
  try {
    return await fetch(address, init);
  } catch (error) {
    const late = error instanceof Error && error.name === 'TimeoutError';
    throw new CliFailure(EXIT.notRunning, late
      ? `the gateway at ${url} did not answer in ${ANSWER_WITHIN_MS / 1_000} s: look with \`aftercare status\`.`
      : `the gateway at ${url} cannot be reached: look with \`aftercare status\`, start with \`aftercare up\`.`);
  }
}

/** AFTERCARE_TOKEN, else one made on the spot with the instance's own key, renewed before it ends. */
function tokenSource(dataDir: string, role: Role, account: string): () => Promise<string> {
  const given = process.env['AFTERCARE_TOKEN'];
  if (given) return async () => given;
  let token = '';
  let freshUntil = 0;
  return async () => {
    if (Date.now() < freshUntil) return token;
    const { issueToken } = await access();
    token = await issueToken({ privateKeyFile: signingKey(dataDir), subject: account, roles: [role], ttlSeconds: TOKEN_TTL_SECONDS });
    freshUntil = Date.now() + TOKEN_TTL_SECONDS * 500;
    return token;
  };
}

/** What is signed bears the name in the token: a command that was given another one would report a signer who did not sign. */
function requireSignInOf(account: string): void {
  const subject = subjectOf(process.env['AFTERCARE_TOKEN'] ?? '');
  if (subject === null || subject === account) return;
  throw new CliFailure(EXIT.refused, `AFTERCARE_TOKEN is a sign-in of ${plain(subject)}, not of ${account}: give --name ${plain(subject)}, or unset AFTERCARE_TOKEN.`);
}

/** Null where it does not say; whether it is good is for the departments to find out. */
function subjectOf(token: string): string | null {
  try {
    const { sub } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as { sub?: unknown };
    return typeof sub === 'string' ? sub : null;
  } catch {
    return null;
  }
}

/** The key of the built-in issuer. @throws CliFailure when this machine does not hold it */
export function signingKey(dataDir: string): string {
  const file = readRunState(dataDir)?.privateKeyFile ?? join(dataDir, 'issuer', 'token-signing-key.json');
  if (existsSync(file)) return file;
  throw new CliFailure(EXIT.refused, `there is no signing key in ${join(dataDir, 'issuer')}: run \`aftercare up\` once, or put a token into AFTERCARE_TOKEN.`);
}

/** Who the records say it was: the account of this machine, in the characters a token subject may have. */
function cliSubject(): string {
  return `cli-${userInfo().username}`.replace(/[^\x21-\x7e]/g, '_').slice(0, 100);
}
