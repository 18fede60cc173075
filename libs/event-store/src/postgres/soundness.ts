import type { ClientBase } from 'pg';
import { requireOpen, standingOf } from '../standing.js';
import { GUARDS } from './schema.js';
import { NotSound } from './trouble.js';

const OLDEST_VERSION = 130_000;

const SETTINGS = `SELECT current_setting('server_version_num')::int AS version, current_setting('fsync') AS fsync,
  current_setting('full_page_writes') AS full_page_writes, current_setting('synchronous_commit') AS synchronous_commit,
  current_setting('synchronous_standby_names') AS standbys, current_setting('data_sync_retry') AS data_sync_retry,
  pg_is_in_recovery() AS recovering, current_setting('transaction_read_only') AS read_only`;

interface Settings {
  readonly version: number; readonly fsync: string; readonly full_page_writes: string; readonly synchronous_commit: string;
  readonly standbys: string; readonly data_sync_retry: string; readonly recovering: boolean; readonly read_only: string;
}

/**
 * Whether an answered COMMIT is a durable one on this server, for a session like this one.
 * @throws NotSound with the setting that says no.
 */
export async function requireSoundServer(client: ClientBase): Promise<void> {
  const settings = (await client.query<Settings>(SETTINGS)).rows[0];
  if (!settings) throw new NotSound('PostgreSQL does not tell its settings');
  if (settings.version < OLDEST_VERSION) throw new NotSound('PostgreSQL is older than 13');
  if (settings.recovering) throw new NotSound('PostgreSQL is a standby; a log is written and read on the primary');
  if (settings.read_only !== 'off') throw new NotSound('PostgreSQL takes no changes (default_transaction_read_only)');
  if (settings.fsync !== 'on') throw new NotSound('fsync is off; the log would not be durable');
  if (settings.full_page_writes !== 'on') throw new NotSound('full_page_writes is off; a power cut could tear pages of the log');
  if (settings.data_sync_retry !== 'off') throw new NotSound('data_sync_retry is on; a failed sync would be taken for a good one');
  requireCommitLevel(settings);
}

/** Without standbys every level but `off` waits for this server's own disk; with them anything below `on` forgets the standby's. */
function requireCommitLevel({ synchronous_commit: level, standbys }: Settings): void {
  if (level === 'off') throw new NotSound('synchronous_commit is off; a crash would lose acknowledged events');
  if (standbys !== '' && level !== 'on' && level !== 'remote_apply') {
    throw new NotSound(`synchronous_commit is ${level} although standbys are configured; losing this server would lose acknowledged events`);
  }
}

const LOG = `SELECT log, next, filling, departure, (SELECT coalesce(max(idx) + 1, 0) FROM events) AS recorded,
  (SELECT coalesce(array_agg(relname::text), '{}') FROM pg_class WHERE relnamespace = $1::regnamespace AND relkind = 'r' AND relpersistence <> 'p') AS unlogged,
  (SELECT coalesce(array_agg(tgname::text), '{}') FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE c.relnamespace = $1::regnamespace AND tgenabled = 'A') AS guards FROM head`;

interface LogState {
  readonly log: string; readonly next: number; readonly filling: boolean; readonly departure: string | null; readonly recorded: number;
  readonly unlogged: readonly string[]; readonly guards: readonly string[];
}

/** Number of events of a log that may be worked on. @throws NotSound; TransferUnfinished; LogMoved */
export async function requireSoundLog(client: ClientBase, schema: string, log: string, forTransfer: boolean): Promise<number> {
  const state = (await client.query<LogState>(LOG, [`"${schema}"`])).rows[0];
  if (!state) throw new NotSound(`The schema ${schema} has lost its head`);
  if (state.log !== log) throw new NotSound(`The schema ${schema} holds the log "${state.log}", not "${log}"`);
  if (state.recorded !== state.next) throw new NotSound(`The log is damaged: its head says ${state.next} events, the last index says ${state.recorded}`);
  if (state.unlogged.length > 0) throw new NotSound(`${state.unlogged.join(', ')} is not written to the WAL; a crash would empty it`);
  const missing = GUARDS.filter((guard) => !state.guards.includes(guard));
  if (missing.length > 0) throw new NotSound(`The guard ${missing.join(', ')} is missing or switched off`);
  if (!forTransfer) requireOpen(standingOf(state.filling, state.departure), log);
  return state.next;
}
