import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const TOKEN_BYTES = 32;
const TOKEN_LINE = /^authorization \{ token: "([\w-]{43})" \}$/m;

const AUTHORIZATION = /^authorization \{\n[\s\S]*?^\}$/m;

const fileIn = (folder: string): string => join(folder, 'nats.conf');

/** The token this folder's server asked for before, so that clients survive its restart; a new one for a new folder. */
export function tokenOf(folder: string): string {
  try {
    return TOKEN_LINE.exec(readFileSync(fileIn(folder), 'utf8'))?.[1] ?? newToken();
  } catch {
    return newToken();
  }
}

function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** Who is let in: whoever shows the one token, or the owners of the keys in an `authorization` block. */
export type Admission = { readonly token: string } | { readonly authorization: string };

/** Place of one server among others that replicate their streams. */
export interface ClusterNode {
  readonly serverName: string;
  readonly clusterName: string;
  /** Port for the other servers. */
  readonly port: number;
  /** Ports of all of them, on this machine. */
  readonly routes: readonly number[];
}

export interface ServerSettings {
  /** 0: the server picks one. */
  readonly port: number;
  readonly admission: Admission;
  readonly cluster?: ClusterNode;
}

/**
 * The file is for its owner alone, because whoever reads a token can publish events in any department's name. It is
 * replaced as a whole: a token lost in half a file would lock out the clients that were told it.
 * 8 MB: an event with its sealed texts must always fit, because the relay may not skip one that does not.
 */
export function writeConfig(folder: string, { port, admission, cluster }: ServerSettings): string {
  const quoted = (name: string) => JSON.stringify(join(folder, name));
  return replace(fileIn(folder), [
    'host: "127.0.0.1"',
    `port: ${port === 0 ? -1 : port}`,
    'token' in admission ? `authorization { token: ${JSON.stringify(admission.token)} }` : admission.authorization,
    'max_payload: 8MB',
    // A client that is gone without a word would else be asked for its log for minutes.
    'ping_interval: "5s"',
    `pid_file: ${quoted('nats.pid')}`,
    `ports_file_dir: ${JSON.stringify(folder)}`,
    `log_file: ${quoted('nats.log')}`,
    `jetstream { store_dir: ${JSON.stringify(folder)} }`,
    ...(cluster ? clusterLines(cluster) : []),
    '',
  ].join('\n'));
}

/** Puts another `authorization` block in the place of the present one. The server reads it when it is told to. @throws Error when there is none */
export function replaceAuthorization(folder: string, authorization: string): void {
  const text = readFileSync(fileIn(folder), 'utf8');
  if (!AUTHORIZATION.test(text)) throw new Error(`${fileIn(folder)} has no list of identities`);
  replace(fileIn(folder), text.replace(AUTHORIZATION, () => authorization));
}

function replace(path: string, text: string): string {
  const draft = `${path}.new`;
  // The mode of a file that exists already would stay as it is.
  rmSync(draft, { force: true });
  writeFileSync(draft, text, { mode: 0o600 });
  renameSync(draft, path);
  return path;
}

function clusterLines({ serverName, clusterName, port, routes }: ClusterNode): string[] {
  return [
    `server_name: ${JSON.stringify(serverName)}`,
    `cluster { name: ${JSON.stringify(clusterName)}, listen: "127.0.0.1:${port}", routes: [${routes.map((route) => `"nats://127.0.0.1:${route}"`).join(', ')}] }`,
  ];
}
