import pg from 'pg';

const CONNECT_MS = 5_000;
/** Longer than the server's own limit, for a server that does not answer at all. */
const ANSWER_MS = 15_000;
const INT8 = 20;

/** Positions are safe integers by the port's own rules, which the engine checks before it sends them. */
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary'): unknown => (oid === INT8 ? Number : pg.types.getTypeParser(oid, format as 'text')),
} as pg.CustomTypesConfig;

/** How to reach one log. */
export interface Session {
  readonly url: string;
  readonly schema: string;
  /** Role to work in; null where the server's rights come from the user of the url alone. */
  readonly role: string | null;
}

export function clientConfig(url: string, purpose: string): pg.ClientConfig {
  return {
    connectionString: url, application_name: `aftercare ${purpose}`, connectionTimeoutMillis: CONNECT_MS, query_timeout: ANSWER_MS,
    keepAlive: true, types,
  };
}

/**
 * Takes the rights of the department and none above, finds only its own tables, and waits for nothing longer than told.
 * A hanging instance would keep the head from all others, so the server ends its transaction. Every question has its
 * index; a plan made while the tables were small must not scan them when they are large.
 */
export async function enter(client: pg.ClientBase, { schema, role }: Session): Promise<void> {
  const name = pg.escapeIdentifier;
  await client.query(`${role === null ? '' : `SET ROLE ${name(role)};`} SET search_path = ${name(schema)}, pg_temp;
    SET lock_timeout = '5s'; SET statement_timeout = '10s'; SET idle_in_transaction_session_timeout = '10s';
    SET default_transaction_isolation = 'read committed'; SET enable_seqscan = off; SET enable_bitmapscan = off; SET jit = off; SET client_encoding = 'UTF8'; SET bytea_output = 'hex'`);
}

/** A connection of its own that never throws at the process: what uses it learns of a loss from its answers, or listens for `error` and `end`. */
export async function connect(url: string, purpose: string, pipeline = false): Promise<pg.Client> {
  const client = new pg.Client({ ...clientConfig(url, purpose), pipeline });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    discard(client);
    throw error;
  }
}

/** Ends a connection of which nothing is expected any more, without waiting for the other side. */
export function discard(client: pg.Client): void {
  client.removeAllListeners('end');
  client.removeAllListeners('error');
  client.on('error', () => undefined);
  void client.end().catch(() => undefined);
}
