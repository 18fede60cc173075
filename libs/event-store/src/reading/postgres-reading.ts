import pg from 'pg';
import type { Decode } from '../decode.js';
import type { StoredEvent } from '../port.js';
import { databaseOf } from '../postgres/migrate.js';
import { namesOf } from '../postgres/names.js';
import { Reader } from '../postgres/reader.js';
import { connect, discard, type Session } from '../postgres/session.js';
import { readStream, type EventRow, type Statement } from '../postgres/statements.js';
import { reasonOf } from '../postgres/trouble.js';
import { LogUnreadable, type CaseReading } from './case-reading.js';

/** Case ids are bytes here; as text they are the UTF-8 that the store wrote. */
const caseIds: Statement<{ correlation: Buffer }> = {
  name: 'case_ids', text: 'SELECT DISTINCT correlation FROM events WHERE correlation > $1 AND correlation < $2 ORDER BY correlation LIMIT $3',
};
const recordsOfCases: Statement<{ correlation: Buffer; bytes: Buffer }> = {
  name: 'records_of_cases', text: 'SELECT correlation, bytes FROM events WHERE correlation BETWEEN $1 AND $2 ORDER BY correlation, idx',
};
const bytesOf = (text: string): Buffer => Buffer.from(text, 'utf8');

/** @throws LogUnreadable */
export async function readPostgresLog(url: string, log: string, decode: Decode): Promise<CaseReading> {
  const reader = new Reader(await sessionFor(url, log), log);
  const stored = ({ idx, bytes }: EventRow): StoredEvent => ({ index: idx, bytes, event: decode(bytes) });
  return {
    log, decode,
    caseIds: async (after, before, limit) => (await reader.ask(caseIds, bytesOf(after), bytesOf(before), limit)).map(({ correlation }) => correlation.toString('utf8')),
    recordsOfCases: async (first, last) => (await reader.ask(recordsOfCases, bytesOf(first), bytesOf(last)))
      .map(({ correlation, bytes }) => ({ caseId: correlation.toString('utf8'), stored: bytes })),
    readStream: async (stream, fromVersion, limit) => (await reader.ask(readStream, bytesOf(stream), fromVersion, limit)).map(stored),
    close: () => reader.close(),
  };
}

/** In the role of the log where this user is a member of it, as the department itself works. */
async function sessionFor(url: string, log: string): Promise<Session> {
  let client: pg.Client;
  try {
    client = await connect(url, `${log} reading`);
  } catch (error) {
    throw new LogUnreadable(`the log ${log} cannot be read: ${reasonOf(error)}`, { cause: error });
  }
  try {
    const { schema, role } = namesOf(log, await databaseOf(client));
    const { rows } = await client.query<{ there: boolean; member: boolean }>(`SELECT EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = $1) AS there,
      EXISTS (SELECT 1 FROM pg_roles WHERE rolname = $2 AND pg_has_role(session_user, oid, 'MEMBER')) AS member`, [schema, role]);
    if (!rows[0]?.there) throw new LogUnreadable(`there is no log ${log} in this database`);
    return { url, schema, role: rows[0].member ? role : null };
  } finally {
    discard(client);
  }
}
