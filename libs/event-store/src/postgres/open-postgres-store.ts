import { decode as asRecorded, type Decode } from '../decode.js';
import { systemNow, type Now } from '../log-clock.js';
import type { EventStore } from '../port.js';
import { HeadWatch } from './head-watch.js';
import { bringUp, databaseOf } from './migrate.js';
import { namesOf } from './names.js';
import { PostgresStore } from './postgres-store.js';
import { Reader } from './reader.js';
import { connect, discard, type Session } from './session.js';
import { requireSoundServer } from './soundness.js';
import type { Stage } from './transaction.js';
import { isUnreachable, unavailable } from './trouble.js';
import { Writer, type WriterOptions } from './writer.js';

export interface PostgresStoreOptions {
  /** `postgres://user:password@host/database`. The user either owns the database or is a member of the log's role. */
  readonly url: string;
  readonly log: string;
  readonly now?: Now;
  readonly decode?: Decode;
  readonly forTransfer?: boolean;
  /** For tests: called between the statements of every transaction that records, and with every connection that records. */
  readonly at?: (stage: Stage) => Promise<void> | void;
  readonly tap?: WriterOptions['tap'];
  readonly doubtMs?: number;
}

/**
 * One department's log in a schema of its own of a PostgreSQL database, which any number of instances may have open.
 * @throws StoreUnavailable when the server cannot be reached; TransferUnfinished; Error when the log is not this one, damaged, unguarded, newer, or the server would not keep what it acknowledges.
 */
export async function openPostgresStore({ url, log, now = systemNow, decode = asRecorded, forTransfer = false, at = () => undefined, ...rest }: PostgresStoreOptions): Promise<EventStore> {
  try {
    const session = await prepare(url, log, forTransfer);
    const announce: { committed: (head: number) => void } = { committed: () => undefined };
    const writer = new Writer({ ...rest, session, log, now, forTransfer, at, committed: (head) => { announce.committed(head); } });
    const watch = new HeadWatch(session, log, await writer.open());
    announce.committed = (head) => { watch.recorded(head); };
    return new PostgresStore(log, writer, new Reader(session, log), watch, decode);
  } catch (error) {
    if (!isUnreachable(error)) throw error;
    throw unavailable(error);
  }
}

/** Makes the log where it is missing or old and this user may; finds out in which role to work. An owner who moves a log does it as one. */
async function prepare(url: string, log: string, forTransfer: boolean): Promise<Session> {
  const client = await connect(url, `${log} opening`);
  try {
    await requireSoundServer(client);
    const names = namesOf(log, await databaseOf(client));
    const hasRole = await bringUp(client, names, log);
    const { rows } = await client.query<{ member: boolean; owner: boolean }>(`SELECT CASE WHEN $1 THEN pg_has_role(session_user, $2, $3) ELSE false END AS member,
      pg_has_role(session_user, nspowner, $3) AS owner FROM pg_namespace WHERE nspname = $4`, [hasRole, names.role, 'MEMBER', names.schema]);
    const [user] = rows;
    return { url, schema: names.schema, role: user?.member && !(forTransfer && user.owner) ? names.role : null };
  } finally {
    discard(client);
  }
}
