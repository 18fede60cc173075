import { Client } from 'pg';
import { startPrivateCluster, type PrivateCluster } from '../../postgres/private-cluster.js';
import { NotDurable } from './contestant.js';

/** Nine contestants with a pool each, and buffers that hold what is measured, as an administrator would give them. */
const SETTINGS = { max_connections: '200', shared_buffers: '256MB' };
const DURABLE = ['fsync', 'synchronous_commit', 'full_page_writes'];

/** A PostgreSQL of our own with a database for each contestant. */
export class BenchCluster {
  private constructor(private readonly cluster: PrivateCluster) {}

  static async start(): Promise<BenchCluster> {
    return new BenchCluster(await startPrivateCluster({ settings: SETTINGS }));
  }

  /** Folder of `psql` and its like. */
  get programs(): string {
    return this.cluster.programs;
  }

  url(database: string): string {
    return this.cluster.url(database);
  }

  async createDatabase(name: string): Promise<void> {
    await this.run('postgres', (client) => client.query(`CREATE DATABASE ${name}`));
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

  stop(): Promise<void> {
    return this.cluster.remove();
  }
}

/** What a session of this database gets; one relaxed setting and an answer no longer means that the disk has it. @throws NotDurable */
export async function postgresDurability(cluster: BenchCluster, database: string): Promise<string> {
  return cluster.run(database, async (client) => {
    const { rows } = await client.query<{ name: string; setting: string }>('SELECT name, setting FROM pg_settings WHERE name = ANY($1)', [[...DURABLE, 'wal_sync_method']]);
    const values = Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
    for (const name of DURABLE) if (values[name] !== 'on') throw new NotDurable(`${database}: ${name} is ${values[name]}`);
    return `fsync=on, synchronous_commit=on, ${values['wal_sync_method']}`;
  });
}

/** Sessions that begin from now on answer before the disk has it, or wait for it again. Only for filling. */
export async function letAnswersWait(cluster: BenchCluster, database: string, wait: boolean): Promise<void> {
  await cluster.run('postgres', (client) => client.query(`ALTER DATABASE ${database} SET synchronous_commit = ${wait ? 'on' : 'off'}`));
}
