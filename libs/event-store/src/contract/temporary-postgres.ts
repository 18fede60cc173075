import pg from 'pg';
import { startPrivateCluster, type PrivateCluster } from '../../../../infra/postgres/private-cluster.js';
import { openPostgresStore } from '../postgres/open-postgres-store.js';
import type { Place, Tampering } from './place.js';

export { startPrivateCluster, type PrivateCluster };

const LOG = 'intake';
const SCHEMA = 'aftercare_intake';
/** Emptied databases by cluster: making one writes three hundred files, emptying one removes thirty. */
const emptied = new WeakMap<PrivateCluster, string[]>();

export interface PostgresPlace extends Place {
  /** Of the database, with the user who owns it. */
  url(): Promise<string>;
  /** Runs it in a connection that may do what the store's connections may do. */
  asDepartment(sql: string): Promise<void>;
  asOwner(sql: string): Promise<void>;
}

/** A database that nobody else uses meanwhile. */
export function temporaryPlaceIn(cluster: () => PrivateCluster): PostgresPlace {
  let database: Promise<string> | null = null;
  const url = (): Promise<string> => (database ??= Promise.resolve(emptied.get(cluster())?.pop() ?? cluster().createDatabase()));
  const asOwner = async (sql: string): Promise<void> => run(await url(), `SET search_path = ${SCHEMA}; ${sql}`);
  const asDepartment = async (sql: string): Promise<void> => {
    const role = `aftercare_${LOG}@${new URL(await url()).pathname.slice(1)}`;
    await run(await url(), `SET SESSION AUTHORIZATION "${role}"; SET search_path = ${SCHEMA}; ${sql}`);
  };
  return {
    url, asDepartment, asOwner,
    open: async (now) => openPostgresStore({ url: await url(), log: LOG, now }),
    openForTransfer: async () => openPostgresStore({ url: await url(), log: LOG, forTransfer: true }),
    openDying: async (afterStatements, now) => {
      const { tap, dieAfter } = dyingConnection();
      const store = await openPostgresStore({ url: await url(), log: LOG, now, tap, doubtMs: 50 });
      dieAfter(afterStatements);
      return store;
    },
    tamper: tamperings(asDepartment),
    remove: async () => {
      if (!database) return;
      await asOwner(`DROP SCHEMA IF EXISTS ${SCHEMA} CASCADE`);
      emptied.set(cluster(), [...emptied.get(cluster()) ?? [], await database]);
    },
  };
}

async function run(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } catch (error) {
    throw new Error(String(error), { cause: error });
  } finally {
    await client.end();
  }
}

function tamperings(by: (sql: string) => Promise<void>): Record<Tampering, () => Promise<void>> {
  return {
    edit: () => by(`UPDATE events SET bytes = convert_to(replace(convert_from(bytes, 'UTF8'), '"quantity":3', '"quantity":4'), 'UTF8') WHERE idx = 1`),
    delete: () => by('DELETE FROM events WHERE idx = 1'),
    reorder: () => by('UPDATE events SET idx = 9 WHERE idx = 1'),
    insert: () => by(`INSERT INTO events (idx, stream, version, correlation, recorded_at, bytes) SELECT 1, 'c-1', 0, correlation, recorded_at, bytes FROM events WHERE idx = 1`),
    truncate: () => by('DELETE FROM events WHERE idx > 1'),
    swap: () => by('UPDATE events SET bytes = (SELECT other.bytes FROM events other WHERE other.idx = 5 - events.idx) WHERE idx IN (2, 3)'),
  };
}

/**
 * Lets the store send so many more statements and then tears its connection, without the one that was to be sent, and
 * every later one too: what the server sees when the process is killed there.
 */
function dyingConnection(): { readonly tap: (client: pg.Client) => void; dieAfter(statements: number): void } {
  let left = Infinity;
  const tap = (client: pg.Client): void => {
    const query = client.query.bind(client) as (...given: unknown[]) => Promise<unknown>;
    const dying = async (...given: unknown[]): Promise<unknown> => {
      left -= 1;
      if (left >= 0) return query(...given);
      (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
      throw Object.assign(new Error('the process is gone'), { code: 'EPIPE' });
    };
    client.query = dying as typeof client.query;
  };
  return { tap, dieAfter: (statements) => { left = statements; } };
}
