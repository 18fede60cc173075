import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { tokenOf, writeConfig, type ClusterNode } from './config.js';
import { locateNatsServer } from './locate.js';

export { locateNatsServer, type NatsLocation } from './locate.js';

export interface NatsServerOptions {
  /** Folder of everything the server writes: configuration, pid, log, and the JetStream files in `jetstream/`. */
  readonly storeDir: string;
  /** 0 or absent: the server picks a free port itself, so no other program can take it in between. */
  readonly port?: number;
  /** Program to start; found by `locateNatsServer` when absent. */
  readonly program?: string;
  /** An `authorization` block with who may connect and what each may do. Absent: whoever shows the token. */
  readonly authorization?: string;
  /** What clients have to show without such a block; else the one this folder had before, else a new one. */
  readonly token?: string;
  readonly cluster?: ClusterNode;
}

export interface NatsServer {
  /** With the token in it, where there is one: nothing for a screen or a log, see `withoutCredentials`. */
  readonly url: string;
  /** Empty when everyone has a key. */
  readonly token: string;
  readonly port: number;
  readonly pid: number;
  /** Resolves when the process is gone, with its exit code (null after a signal). */
  readonly exited: Promise<number | null>;
  /** Ends the server and waits until it is gone. SIGKILL leaves the files as a power cut would leave them in the page cache. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

const START_MS = 15_000;
const STOP_MS = 10_000;

/** Starts nats-server with JetStream as a direct child and answers when it accepts connections. @throws Error with the log's end. */
export async function startNatsServer(options: NatsServerOptions): Promise<NatsServer> {
  const folder = resolve(options.storeDir);
  mkdirSync(folder, { recursive: true });
  const program = options.program ?? programToStart();
  const { authorization, cluster } = options;
  const token = authorization ? '' : options.token ?? tokenOf(folder);
  const admission = authorization ? { authorization } : { token };
  const config = writeConfig(folder, { port: options.port ?? 0, admission, ...(cluster && { cluster }) });
  const child = spawn(program, ['-c', config], { stdio: 'ignore', env: { ...process.env } });
  const exited = new Promise<number | null>(done => {
    child.once('exit', code => done(code));
    child.once('error', () => done(null));
  });
  const port = await listeningPort(child, folder, exited);
  const pid = child.pid as number;
  return { url: `nats://${token && `${token}@`}127.0.0.1:${port}`, token, port, pid, exited, stop: signal => stop(child, exited, signal) };
}

function programToStart(): string {
  const place = locateNatsServer();
  if (place.kind === 'running') throw new Error('NATS_URL names a running server: connect to it instead of starting one');
  return place.path;
}

/** The server writes its ports file once it accepts; the file is named after the pid, so an old one is never mistaken for ours. */
async function listeningPort(child: ChildProcess, folder: string, exited: Promise<number | null>): Promise<number> {
  let gone = false;
  void exited.then(() => { gone = true; });
  const portsFile = join(folder, `nats-server_${child.pid}.ports`);
  for (const deadline = Date.now() + START_MS; Date.now() < deadline && !gone;) {
    const port = readPort(portsFile);
    if (port) return port;
    await pause(10);
  }
  child.kill('SIGKILL');
  rmSync(portsFile, { force: true });
  throw new Error(`nats-server did not start: ${logEnd(folder)}`);
}

function readPort(portsFile: string): number | null {
  try {
    const ports = JSON.parse(readFileSync(portsFile, 'utf8')) as { nats?: string[] };
    return ports.nats?.[0] ? Number(new URL(ports.nats[0]).port) : null;
  } catch {
    return null;
  }
}

function logEnd(folder: string): string {
  try {
    return readFileSync(join(folder, 'nats.log'), 'utf8').trim().split('\n').slice(-3).join(' | ');
  } catch {
    return 'it wrote no log';
  }
}

async function stop(child: ChildProcess, exited: Promise<number | null>, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  child.kill(signal);
  const patience = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await exited;
  clearTimeout(patience);
}
