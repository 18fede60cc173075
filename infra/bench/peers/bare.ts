import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Pool } from 'pg';
import { postgresDurability } from './cluster.js';
import type { Contestant, Entrant, Place, Seen, Work } from './contestant.js';
import { sqliteDurability } from './sqlite-durability.js';

/** Connections of every pool here, also the default of node-postgres and of postgres.js. */
export const POOL = 10;
const TABLE = 'CREATE TABLE IF NOT EXISTS events (idx %ID% PRIMARY KEY, stream TEXT NOT NULL, version INTEGER NOT NULL, bytes %BYTES% NOT NULL, UNIQUE (stream, version))';

export const bareSqlite: Entrant = {
  id: 'bare-sqlite', title: 'bare loop, better-sqlite3', engine: 'sqlite', standing: 'ceiling', mostWriters: 1,
  chosen: 'prepared INSERT of finished bytes, one transaction for each append, two indexes, no receipt and nothing checked',
  open: async ({ folder }) => new BareSqlite(join(folder, 'bare.db')),
};

export const barePostgres: Entrant = {
  id: 'bare-postgres', title: 'bare loop, node-postgres', engine: 'postgres', standing: 'ceiling',
  chosen: `prepared multi-row INSERT of finished bytes, committed by itself, pool of ${POOL}; no head row, no receipt`,
  async open(place) {
    const pool = new Pool({ connectionString: place.cluster.url(place.database), max: POOL });
    await pool.query(TABLE.replace('%ID%', 'BIGINT GENERATED ALWAYS AS IDENTITY').replace('%BYTES%', 'BYTEA'));
    const { rows: [{ server_version: version } = { server_version: 'unknown' }] } = await pool.query<{ server_version: string }>('SHOW server_version');
    return new BarePostgres(pool, place, `on PostgreSQL ${version}`);
  },
};

class BareSqlite implements Contestant {
  readonly version: string;
  private readonly db: Database.Database;
  private readonly insert: Database.Transaction<(work: Work, from: number) => void>;

  constructor(file: string) {
    this.db = new Database(file);
    for (const pragma of ['journal_mode = WAL', 'synchronous = FULL']) this.db.pragma(pragma);
    this.db.exec(TABLE.replace('%ID%', 'INTEGER').replace('%BYTES%', 'BLOB'));
    const one = this.db.prepare('INSERT INTO events (stream, version, bytes) VALUES (?, ?, ?)');
    this.insert = this.db.transaction(({ stream, bytes }: Work, from: number) => {
      for (const [i, of] of bytes.entries()) one.run(stream, from + i, of);
    });
    this.version = `on SQLite ${this.db.prepare('SELECT sqlite_version()').pluck().get() as string}`;
  }

  async durability(): Promise<string> {
    return sqliteDurability(this.db.pragma('journal_mode', { simple: true }), this.db.pragma('synchronous', { simple: true }));
  }

  append(work: Work, expectedVersion: number): Promise<boolean> {
    this.insert.immediate(work, expectedVersion + 1);
    return Promise.resolve(true);
  }

  async load(stream: string, fromVersion: number, fold: (event: Seen) => void): Promise<number> {
    const rows = this.db.prepare<[string, number], Buffer>('SELECT bytes FROM events WHERE stream = ? AND version >= ? ORDER BY version').pluck().all(stream, fromVersion);
    for (const bytes of rows) fold(JSON.parse(bytes.toString('utf8')) as Seen);
    return rows.length;
  }

  async close(): Promise<void> {
    this.db.close();
  }
}

class BarePostgres implements Contestant {
  constructor(private readonly pool: Pool, private readonly place: Place, readonly version: string) {}

  durability(): Promise<string> {
    return postgresDurability(this.place.cluster, this.place.database);
  }

  async append({ stream, bytes }: Work, expectedVersion: number): Promise<boolean> {
    const versions = bytes.map((_, i) => expectedVersion + 1 + i);
    await this.pool.query({
      name: 'insert', text: 'INSERT INTO events (stream, version, bytes) SELECT $1, * FROM unnest($2::integer[], $3::bytea[])', values: [stream, versions, bytes],
    });
    return true;
  }

  async load(stream: string, fromVersion: number, fold: (event: Seen) => void): Promise<number> {
    const { rows } = await this.pool.query<{ bytes: Buffer }>({
      name: 'load', text: 'SELECT bytes FROM events WHERE stream = $1 AND version >= $2 ORDER BY version', values: [stream, fromVersion],
    });
    for (const { bytes } of rows) fold(JSON.parse(bytes.toString('utf8')) as Seen);
    return rows.length;
  }

  close(): Promise<void> {
    return this.pool.end();
  }
}
