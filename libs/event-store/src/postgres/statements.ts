import type pg from 'pg';
import type { QueryResultRow } from 'pg';

/** A statement with a name is planned once for each connection. */
export interface Statement<Row extends QueryResultRow> {
  readonly name: string;
  readonly text: string;
  /** Never there: carries the shape of the rows. */
  readonly row?: Row;
}

export interface HeadRow extends QueryResultRow { readonly next: number; readonly recordedAt: string; readonly filling: boolean; readonly departure: string | null; readonly levels: string }
export interface CommandRow extends QueryResultRow {
  readonly id: Buffer; readonly fingerprint: Buffer; readonly stream: Buffer; readonly version: number;
  readonly firstIndex: number; readonly nextIndex: number; readonly recordedAt: string;
}
export interface EventRow extends QueryResultRow { readonly idx: number; readonly bytes: Buffer }
export interface TailRow extends QueryResultRow {
  readonly idx: number; readonly stream: Buffer; readonly version: number; readonly correlation: Buffer; readonly recordedAt: string; readonly bytes: Buffer;
  readonly continues: boolean; readonly headRecordedAt: string;
}
export interface QuarantineRow extends QueryResultRow {
  readonly source: Buffer; readonly index: number; readonly type: Buffer; readonly reason: Buffer; readonly bytes: Buffer; readonly at: Buffer;
}
interface Counted extends QueryResultRow { readonly events: number; readonly commands: number; readonly heads: number }

const COMMAND = `id, fingerprint, stream, version, first_index AS "firstIndex", next_index AS "nextIndex", recorded_at AS "recordedAt"`;
const one = <Row extends QueryResultRow>(name: string, text: string): Statement<Row> => ({ name, text });

/**
 * Must stand alone: a question in the same statement would be answered as of before the wait for the lock. Until the
 * transaction ends nobody else appends, which makes indexes dense and the order of commits the order of reading. The
 * settings come along, because a reload of the configuration may take the durability away from a running session.
 */
export const lockHead = one<HeadRow>('lock_head', `SELECT next, recorded_at AS "recordedAt", filling, departure,
  concat_ws(' ', current_setting('fsync'), current_setting('full_page_writes'), current_setting('synchronous_commit')) AS levels
  FROM head FOR UPDATE`);
export const commandsOf = one<CommandRow>('commands_of', `SELECT ${COMMAND} FROM commands WHERE id = ANY ($1::bytea[])`);
export const versionsOf = one<{ stream: Buffer; version: number }>('versions_of',
  `SELECT s.stream, coalesce((SELECT max(e.version) FROM events e WHERE e.stream = s.stream), -1) AS version FROM unnest($1::bytea[]) AS s (stream)`);

const parameters = (count: number): string => Array.from({ length: count }, (_, at) => `$${at + 1}`).join(', ');
export const write = one<Counted>('write', `SELECT events, commands, heads FROM write_records(${parameters(17)})`);
/** Answers after its own COMMIT, whose name in it lets the tests cut the connection there. */
export const appendAsExpected = one<{ appended: boolean }>('append_and_COMMIT', `SELECT append_as_expected(${parameters(23)}) AS appended`);

export const markInbox = one<{ marked: number }>('mark_inbox', `SELECT count(mark_inbox(m.source, m.idx)) AS marked FROM unnest($1::bytea[], $2::bigint[]) AS m (source, idx)`);
export const keepInQuarantine = one<QueryResultRow>('keep_in_quarantine', `INSERT INTO quarantine (source, idx, type, reason, bytes, at)
  SELECT * FROM unnest($1::bytea[], $2::bigint[], $3::bytea[], $4::bytea[], $5::bytea[], $6::bytea[])
  ON CONFLICT (source, idx) DO UPDATE SET type = excluded.type, reason = excluded.reason, bytes = excluded.bytes, at = excluded.at`);
export const releaseFromQuarantine = one<QueryResultRow>('release', `DELETE FROM quarantine q USING unnest($1::bytea[], $2::bigint[]) AS r (source, idx)
  WHERE q.source = r.source AND q.idx = r.idx`);
export const traces = one<{ any: boolean }>('traces', `SELECT EXISTS (SELECT 1 FROM commands) OR EXISTS (SELECT 1 FROM inbox) OR EXISTS (SELECT 1 FROM inbox_ahead)
  OR EXISTS (SELECT 1 FROM quarantine) AS any`);
export const setStanding = one<QueryResultRow>('set_standing', 'UPDATE head SET filling = $1, departure = $2');
export const readStanding = one<{ filling: boolean; departure: string | null }>('read_standing', 'SELECT filling, departure FROM head');
export const releaseAll = one<QueryResultRow>('release_all', 'DELETE FROM quarantine');
export const forgetAhead = one<QueryResultRow>('forget_ahead', 'DELETE FROM inbox_ahead WHERE source = ANY ($1::bytea[])');
export const moveClock = one<QueryResultRow>('move_clock', 'UPDATE head SET recorded_at = $1');
/** Counts the given receipts of which another one is there, including those of the same part. */
export const takeCommands = one<{ differing: number }>('take_commands', `WITH given AS (
    SELECT * FROM unnest($1::bytea[], $2::bytea[], $3::bytea[], $4::bigint[], $5::bigint[], $6::bigint[], $7::text[])
      AS g (id, fingerprint, stream, version, first_index, next_index, recorded_at)
  ), taken AS (
    INSERT INTO commands (id, fingerprint, stream, version, first_index, next_index, recorded_at) SELECT * FROM given ON CONFLICT (id) DO NOTHING
  )
  SELECT count(*)::int AS differing FROM given g JOIN commands c ON c.id = g.id
  WHERE (c.fingerprint, c.stream, c.version, c.first_index, c.next_index, c.recorded_at) <> (g.fingerprint, g.stream, g.version, g.first_index, g.next_index, g.recorded_at)`);
export const takePositions = one<QueryResultRow>('take_positions', `INSERT INTO inbox (source, next) SELECT * FROM unnest($1::bytea[], $2::bigint[])
  ON CONFLICT (source) DO UPDATE SET next = excluded.next`);
export const takeAhead = one<QueryResultRow>('take_ahead', `INSERT INTO inbox_ahead (source, idx) SELECT * FROM unnest($1::bytea[], $2::bigint[]) ON CONFLICT DO NOTHING`);
/** A change that changes nothing, whose commit proves that the server can still make something durable. */
export const touchHead = one<QueryResultRow>('touch_head', 'UPDATE head SET recorded_at = recorded_at');

export const readHead = one<{ next: number }>('read_head', 'SELECT next FROM head');
/** With the number of other instances that watch this log. */
export const lookAtHead = one<{ next: number; others: number }>('look_at_head', `SELECT next, (SELECT count(*) FROM pg_stat_activity
  WHERE datname = current_database() AND application_name = current_setting('application_name') AND pid <> pg_backend_pid()) AS others FROM head`);
export const readStream = one<EventRow>('read_stream', 'SELECT idx, bytes FROM events WHERE stream = $1 AND version >= $2 ORDER BY version LIMIT $3');
export const readLog = one<EventRow>('read_log', 'SELECT idx, bytes FROM events WHERE idx >= $1 ORDER BY idx LIMIT $2');
export const readCorrelation = one<EventRow>('read_correlation', 'SELECT idx, bytes FROM events WHERE correlation = $1 AND idx >= $2 ORDER BY idx LIMIT $3');
export const readTail = one<TailRow>('read_tail', `SELECT idx, stream, version, correlation, e.recorded_at AS "recordedAt", bytes, h.recorded_at AS "headRecordedAt",
    version = 0 OR EXISTS (SELECT 1 FROM events before WHERE before.stream = e.stream AND before.version = e.version - 1) AS continues
  FROM events e CROSS JOIN head h WHERE idx >= $1 AND idx < $2 ORDER BY idx`);
/** Halves the log on the server: recording times never run backwards, so no index on them is needed. */
export const headAt = one<{ at: number }>('head_at', `WITH RECURSIVE halves (low, high) AS (
    SELECT 0::bigint, next FROM head
    UNION ALL
    SELECT CASE WHEN e.recorded_at > $1 THEN low ELSE (low + high) / 2 + 1 END, CASE WHEN e.recorded_at > $1 THEN (low + high) / 2 ELSE high END
    FROM halves CROSS JOIN LATERAL (SELECT recorded_at FROM events WHERE idx = (low + high) / 2 LIMIT 1) e WHERE low < high
  ) SELECT low AS at FROM halves WHERE low = high`);
export const inboxNext = one<{ next: number }>('inbox_next', 'SELECT next FROM inbox WHERE source = $1');
export const inboxSeen = one<QueryResultRow>('inbox_seen', `SELECT 1 FROM inbox WHERE source = $1 AND next > $2
  UNION ALL SELECT 1 FROM inbox_ahead WHERE source = $1 AND idx = $2 LIMIT 1`);
export const quarantined = one<QuarantineRow>('quarantined', `SELECT source, idx AS "index", type, reason, bytes, at FROM quarantine ORDER BY source, idx`);
export const commandsAfter = one<CommandRow>('commands_after', `SELECT ${COMMAND} FROM commands WHERE id > $1 ORDER BY id LIMIT $2`);
export const inboxStates = one<{ source: Buffer; next: number; ahead: string[] }>('inbox_states', `SELECT source,
    coalesce((SELECT next FROM inbox i WHERE i.source = s.source), 0) AS next,
    coalesce((SELECT array_agg(idx::text ORDER BY idx) FROM inbox_ahead a WHERE a.source = s.source), '{}') AS ahead
  FROM (SELECT source FROM inbox UNION SELECT source FROM inbox_ahead) s ORDER BY source`);

export async function ask<Row extends QueryResultRow>(client: pg.Client | pg.Pool, { name, text }: Statement<Row>, ...values: unknown[]): Promise<readonly Row[]> {
  return (await client.query<Row>({ name, text, values })).rows;
}
