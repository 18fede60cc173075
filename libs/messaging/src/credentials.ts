import { readFileSync } from 'node:fs';
import { nkeyAuthenticator, type Authenticator } from '@nats-io/transport-node';

/** What the client has to be told: it reads nothing before the `@` of an address, and takes a digit there for the port. */
export interface Target {
  readonly servers: string[];
  readonly token?: string;
  readonly user?: string;
  readonly pass?: string;
}

/** A comma inside a password is none: behind it comes another `@` and no scheme. */
const BETWEEN_ADDRESSES = /,\s*(?=[a-z][a-z\d+.-]*:\/\/|[^@]*$)/i;

/** Signs the server's challenge with the seed in `file`; the seed itself never leaves the process. @throws Error when there is none. */
export function nkeyIn(file: string): Authenticator {
  return nkeyAuthenticator(Buffer.from(readFileSync(file, 'utf8').trim()));
}

/** @throws Error when the addresses carry different credentials: the client has one set for all. Names no secret. */
export function withCredentialsApart(servers: string | readonly string[]): Target {
  const parts = [servers].flat().flatMap(list => list.split(BETWEEN_ADDRESSES)).map(apart);
  const carried = [...new Set(parts.flatMap(({ userinfo }) => userinfo === '' ? [] : [userinfo]))];
  if (carried.length > 1) throw new Error('the addresses of the bus carry different credentials');
  return { servers: parts.map(({ address }) => address), ...credentialsIn(carried[0]) };
}

function apart(url: string): { readonly address: string; readonly userinfo: string } {
  const [, scheme = '', userinfo = '', host = ''] = /^([a-z][a-z\d+.-]*:\/\/)?(?:(.*)@)?(.*)$/is.exec(url) ?? [];
  return { address: `${scheme}${host}`, userinfo };
}

function credentialsIn(userinfo: string | undefined): Omit<Target, 'servers'> {
  if (userinfo === undefined) return {};
  const colon = userinfo.indexOf(':');
  if (colon < 0) return { token: decoded(userinfo) };
  return { user: decoded(userinfo.slice(0, colon)), pass: decoded(userinfo.slice(colon + 1)) };
}

/** A password with a bare % in it is meant as it stands. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
