import pg, { type ClientBase, type QueryResultRow } from 'pg';
import { StoreUnavailable } from '../port.js';
import { clientConfig, enter, type Session } from './session.js';
import { ask, type Statement } from './statements.js';
import { isLost, unavailable } from './trouble.js';

const MOST_CONNECTIONS = 4;
const IDLE_MS = 30_000;

/** Questions, on a few connections beside the one that records. */
export class Reader {
  private readonly pool: pg.Pool;
  private closed = false;

  constructor(session: Session, log: string) {
    // The declared type leaves out that the pool waits for it.
    const onConnect = (client: ClientBase): Promise<void> => enter(client, session);
    this.pool = new pg.Pool({ ...clientConfig(session.url, `${log} reader`), max: MOST_CONNECTIONS, idleTimeoutMillis: IDLE_MS, allowExitOnIdle: true, onConnect });
    this.pool.on('error', () => undefined);
  }

  /** @throws StoreUnavailable. A lost connection is tried once more, because the others of the pool went with it. */
  async ask<Row extends QueryResultRow>(statement: Statement<Row>, ...values: unknown[]): Promise<readonly Row[]> {
    if (this.closed) throw new StoreUnavailable('The store is closed');
    try {
      return await this.once(statement, values);
    } catch (error) {
      if (!isLost(error)) throw unavailable(error);
    }
    return this.once(statement, values).catch((error: unknown) => { throw unavailable(error); });
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.pool.end();
  }

  private async once<Row extends QueryResultRow>(statement: Statement<Row>, values: unknown[]): Promise<readonly Row[]> {
    return ask(this.pool, statement, ...values);
  }
}
