import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { NotDurable } from './contestant.js';

const BIN = '/usr/lib/postgresql/15/bin';
const SETTINGS = ['fsync', 'synchronous_commit', 'full_page_writes', 'wal_sync_method'];

/** A PostgreSQL of our own with a database for each contestant. */
export class BenchCluster {
  private constructor(private readonly child: ChildProcess, private readonly folder: string, readonly port: number) {}

  static async start(): Promise<BenchCluster> {
    const folder = mkdtempSync(join(tmpdir(), 'bench-postgres-'));
    const [uid, gid] = [Number(execFileSync('id', ['-u', 'postgres'])), Number(execFileSync('id', ['-g', 'postgres']))];
    const data = join(folder, 'data');
    mkdirSync(data);
    for (const path of [folder, data]) chownSync(path, uid, gid);
    execFileSync(join(BIN, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C'], { uid, gid, stdio: 'ignore', cwd: folder });
    const port = await freePort();
    const child = spawn(join(BIN, 'postgres'), ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder], { uid, gid, stdio: 'ignore', cwd: folder });
    const cluster = new BenchCluster(child, folder, port);
    for (let left = 100; ; left -= 1) {
      try {
        await cluster.run('postgres', async () => undefined);
        return cluster;
      } catch (error) {
        if (left === 0 || child.exitCode !== null) throw error;
        await pause(100);
      }
    }
  }

  url(database: string): string {
    return `postgres://postgres@127.0.0.1:${this.port}/${database}`;
  }

  async createDatabase(name: string): Promise<string> {
    await this.run('postgres', (client) => client.query(`CREATE DATABASE ${name}`));
    return this.url(name);
  }

  async run<T>(database: string, work: (client: Client) => Promise<T>): Promise<T> {
    const client = new Client({ connectionString: this.url(database) });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  async stop(): Promise<void> {
    const gone = once(this.child, 'exit');
    this.child.kill('SIGINT');
    await gone;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What a session of this database gets; one relaxed setting and an answer no longer means that the disk has it. @throws NotDurable */
export async function postgresDurability(cluster: BenchCluster, database: string): Promise<string> {
  return cluster.run(database, async (client) => {
    const { rows } = await client.query<{ name: string; setting: string }>('SELECT name, setting FROM pg_settings WHERE name = ANY($1)', [SETTINGS]);
    const values = Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
    for (const name of ['fsync', 'synchronous_commit', 'full_page_writes']) {
      if (values[name] !== 'on') throw new NotDurable(`${database}: ${name} is ${values[name]}`);
    }
    return `fsync=on, synchronous_commit=on, ${values['wal_sync_method']}`;
  });
}

/** Sessions that begin from now on answer before the disk has it, or wait for it again. Only for filling. */
export async function letAnswersWait(cluster: BenchCluster, database: string, wait: boolean): Promise<void> {
  await cluster.run('postgres', (client) => client.query(`ALTER DATABASE ${database} SET synchronous_commit = ${wait ? 'on' : 'off'}`));
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
