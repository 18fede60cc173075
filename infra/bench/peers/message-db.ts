import { execFile } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Pool } from 'pg';
import { POOL } from './bare.js';
import type { CaseEvent } from './case-list.js';
import { CaseTable } from './case-table.js';
import { postgresDurability } from './cluster.js';
import type { Contestant, Entrant, Place, Projected, Seen, Work } from './contestant.js';

interface Message {
  readonly type: string;
  readonly stream_name: string;
  readonly global_position: string;
  readonly data: string;
  readonly metadata: string;
}

const PACKAGE = '@eventide/message-db';
const CATEGORY = 'complaint';
const BATCH = 1_000;
/** Rest of a consumer that found nothing; 100 ms is what its clients take unless told otherwise. */
const POLL_MS = 100;
const ONE = 'SELECT message_store.write_message($1, $2, $3, $4, $5, $6)';
const MANY = `SELECT message_store.write_message(e.id, $1, e.type, e.data::jsonb, e.metadata::jsonb, e.expected)
  FROM unnest($2::varchar[], $3::varchar[], $4::text[], $5::text[], $6::bigint[]) WITH ORDINALITY AS e (id, type, data, metadata, expected, place) ORDER BY e.place`;

export const messageDb: Entrant = {
  id: 'message-db', title: 'message-db', engine: 'postgres', standing: 'peer',
  chosen: `its own functions, installed by its own script; prepared statements, pool of ${POOL}; several events in one statement, hence one round trip and one transaction. `
    + `It has neither read models nor a consumer: ours fold ${BATCH} messages at a time, and poll every ${POLL_MS} ms as its clients do`,
  async open(place) {
    const pool = new Pool({ connectionString: place.cluster.url(place.database), max: POOL, options: '-c search_path=message_store,public' });
    const { rowCount } = await pool.query("SELECT 1 FROM pg_namespace WHERE nspname = 'message_store'");
    if (rowCount === 0) await install(place);
    return new MessageDb(pool, place);
  },
};

async function install({ peers, cluster, database }: Place): Promise<void> {
  const script = join(peers.folder, 'node_modules', PACKAGE, 'database', 'install.sh');
  const { hostname: PGHOST, port: PGPORT, username: PGUSER, password: PGPASSWORD } = new URL(cluster.url(database));
  const PATH = `${cluster.programs}${delimiter}${process.env['PATH'] ?? ''}`;
  const env = { ...process.env, PATH, PGHOST, PGPORT, PGUSER, PGPASSWORD, DATABASE_NAME: database, CREATE_DATABASE: 'off' };
  await promisify(execFile)('bash', [script], { env });
}

class MessageDb implements Contestant {
  readonly version: string;

  constructor(private readonly pool: Pool, private readonly place: Place) {
    this.version = place.peers.version(PACKAGE);
  }

  durability(): Promise<string> {
    return postgresDurability(this.place.cluster, this.place.database);
  }

  async append({ stream, split }: Work, expectedVersion: number): Promise<boolean> {
    const [first] = split;
    try {
      if (first && split.length === 1) {
        const values = [first.id, stream, first.type, JSON.stringify(first.data), JSON.stringify(first.metadata), expectedVersion];
        await this.pool.query({ name: 'one', text: ONE, values });
      } else {
        const values = [stream, split.map(({ id }) => id), split.map(({ type }) => type), split.map(({ data }) => JSON.stringify(data)),
          split.map(({ metadata }) => JSON.stringify(metadata)), split.map((_, i) => expectedVersion + i)];
        await this.pool.query({ name: 'many', text: MANY, values });
      }
      return true;
    } catch (error) {
      if (/Wrong expected version/.test((error as Error).message)) return false;
      throw error;
    }
  }

  async load(stream: string, fromVersion: number, fold: (event: Seen) => void): Promise<number> {
    const { rows } = await this.pool.query<Message>({ name: 'load', text: 'SELECT * FROM message_store.get_stream_messages($1, $2, -1)', values: [stream, fromVersion] });
    for (const { type, data, metadata } of rows) fold({ type, data: JSON.parse(data), ...{ metadata: JSON.parse(metadata) } });
    return rows.length;
  }

  async project(): Promise<Projected> {
    const table = new CaseTable(this.pool);
    await table.create();
    const began = performance.now();
    let events = 0;
    for (let next = 0; ;) {
      const batch = await this.read(next);
      if (batch.length > 0) await table.take(batch.map((message) => ({ key: message.stream_name, ...decoded(message) })));
      events += batch.length;
      next = Number(batch.at(-1)?.global_position) + 1;
      if (batch.length < BATCH) break;
    }
    await table.index();
    return { events, seconds: (performance.now() - began) / 1_000, ...await table.totals() };
  }

  async follow(seen: (stream: string) => void): Promise<() => Promise<void>> {
    const { rows: [{ last } = { last: '0' }] } = await this.pool.query<{ last: string }>('SELECT coalesce(max(global_position), 0) AS last FROM message_store.messages');
    let stopped = false;
    const polling = (async () => {
      for (let next = Number(last) + 1; !stopped;) {
        const batch = await this.read(next);
        for (const message of batch) seen(message.stream_name);
        next = Number(batch.at(-1)?.global_position ?? next - 1) + 1;
        if (batch.length === 0) await pause(POLL_MS);
      }
    })();
    return async () => { stopped = true; await polling; };
  }

  close(): Promise<void> {
    return this.pool.end();
  }

  private async read(from: number): Promise<readonly Message[]> {
    const { rows } = await this.pool.query<Message>({ name: 'read', text: 'SELECT * FROM message_store.get_category_messages($1, $2, $3)', values: [CATEGORY, from, BATCH] });
    return rows;
  }
}

function decoded({ type, data, metadata }: Message): { readonly at: string; readonly event: CaseEvent } {
  const { occurredAt } = JSON.parse(metadata) as { occurredAt: string };
  return { at: occurredAt, event: { type, data: JSON.parse(data) } as CaseEvent };
}
