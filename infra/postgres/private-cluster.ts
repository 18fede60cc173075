import { execFileSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { locatePostgres } from './locate.js';
import { runner, spawnWithParent, type Runner } from './run-as.js';

export interface PrivateClusterOptions {
  /** Server settings beside those that every private cluster has, such as `{ synchronous_commit: 'off' }`. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A PostgreSQL server of one's own, in a temporary folder and on a free port of 127.0.0.1. */
export interface PrivateCluster {
  readonly port: number;
  /** Folder of the programs, for `pg_dump` and its like. */
  readonly programs: string;
  /** Process id of the running server. */
  readonly pid: number;
  /** With user and password of the superuser; `postgres` unless another database is named. */
  url(database?: string): string;
  /** Makes an empty database and gives its url. */
  createDatabase(): Promise<string>;
  /** Ends the server and waits until it is gone: SIGINT in order, SIGQUIT at once, SIGKILL as a crash. */
  stop(signal?: NodeJS.Signals): Promise<void>;
  /** Starts it again on the same data and port; answers when it accepts connections. */
  start(): Promise<void>;
  /** Ends it and removes its folder. */
  remove(): Promise<void>;
}

const START_MS = 30_000;
const STOP_MS = 20_000;
const SETTINGS = {
  listen_addresses: '127.0.0.1', unix_socket_directories: '', shared_buffers: '32MB', max_connections: '60', logging_collector: 'off', timezone: 'UTC',
};

/** Makes and starts a cluster; takes about two seconds. @throws Error with the end of its log. */
export async function startPrivateCluster(options: PrivateClusterOptions = {}): Promise<PrivateCluster> {
  const programs = locatePostgres();
  const by = runner();
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-pg-'));
  const password = randomBytes(18).toString('base64url');
  try {
    if (by.uid !== undefined && by.gid !== undefined) chownSync(folder, by.uid, by.gid);
    initialise(programs, folder, password, by);
    const cluster = new Cluster(programs, folder, password, by, await freePort(), options.settings ?? {});
    await cluster.start();
    return cluster;
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function initialise(programs: string, folder: string, password: string, by: Runner): void {
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (by.uid !== undefined && by.gid !== undefined) chownSync(passwordFile, by.uid, by.gid);
  execFileSync(join(programs, 'initdb'), [
    '--data-checksums', '--no-sync', '--encoding=UTF8', '--locale=C', '--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '-D', join(folder, 'data'),
  ], { ...by, cwd: folder, stdio: 'ignore' });
  rmSync(passwordFile);
}

/** Somebody may take it before the server does; the start then fails and says so. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); });
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => { server.close(closed); });
  return port;
}

class Cluster implements PrivateCluster {
  private child: ChildProcess | null = null;
  private exited: Promise<void> = Promise.resolve();
  private databases = 0;

  constructor(
    readonly programs: string, private readonly folder: string, private readonly password: string, private readonly by: Runner,
    readonly port: number, private readonly settings: Readonly<Record<string, string>>,
  ) {}

  get pid(): number {
    if (this.child?.pid === undefined) throw new Error('The private cluster does not run');
    return this.child.pid;
  }

  url(database = 'postgres'): string {
    return `postgres://postgres:${this.password}@127.0.0.1:${this.port}/${database}`;
  }

  async createDatabase(): Promise<string> {
    this.databases += 1;
    const name = `d${this.databases}`;
    await this.asSuperuser(`CREATE DATABASE ${name}`);
    return this.url(name);
  }

  /** After a kill, backends that have not noticed yet hold the shared memory for a moment, and the start is tried again. */
  async start(): Promise<void> {
    for (const deadline = Date.now() + START_MS; ;) {
      this.launch();
      if (await this.accepts(deadline)) return;
      if (Date.now() > deadline || !/shared memory block|lock file/.test(this.logEnd())) throw new Error(`PostgreSQL did not start: ${this.logEnd()}`);
      await pause(50);
    }
  }

  async stop(signal: NodeJS.Signals = 'SIGINT'): Promise<void> {
    const child = this.child;
    if (child === null) return;
    child.kill(signal);
    const patience = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await this.exited;
    clearTimeout(patience);
  }

  async remove(): Promise<void> {
    await this.stop('SIGQUIT');
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  private launch(): void {
    const log = openSync(join(this.folder, 'server.log'), 'a');
    const settings = Object.entries({ ...SETTINGS, port: String(this.port), ...this.settings }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const child = spawnWithParent(join(this.programs, 'postgres'), ['-D', join(this.folder, 'data'), ...settings], this.by, log);
    closeSync(log);
    this.child = child;
    this.exited = new Promise((done) => {
      const gone = (): void => {
        this.child = null;
        done();
      };
      child.once('exit', gone);
      child.once('error', gone);
    });
  }

  private async accepts(deadline: number): Promise<boolean> {
    while (this.child !== null) {
      if (await this.asSuperuser('SELECT 1').then(() => true, () => false)) return true;
      if (Date.now() > deadline) await this.stop('SIGKILL');
      await pause(20);
    }
    return false;
  }

  private async asSuperuser(sql: string): Promise<void> {
    const client = new pg.Client({ connectionString: this.url(), connectionTimeoutMillis: 5_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query(sql);
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  private logEnd(): string {
    return readFileSync(join(this.folder, 'server.log'), 'utf8').trim().split('\n').slice(-3).join(' | ');
  }
}
