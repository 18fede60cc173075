import pg from 'pg';
import { namesOf, type LogNames } from './names.js';
import { GRANTS, MIGRATIONS } from './schema.js';
import { connect, discard } from './session.js';
import { sqlState } from './trouble.js';

const RIGHT_MISSING = '42501';

/** What the owner of a database does once for a log, and again for a newer version of this program. */
export interface PostgresMigration {
  /** With the right to create schemas in the database; to make the department's role it needs CREATEROLE too. */
  readonly ownerUrl: string;
  readonly log: string;
  /** Login of the department, which is made a member of the log's role. */
  readonly login?: string;
}

/** @returns the role that holds the department's rights. @throws Error when a right is missing. */
export async function migratePostgresLog({ ownerUrl, log, login }: PostgresMigration): Promise<string> {
  const client = await connect(ownerUrl, 'migration');
  try {
    const names = namesOf(log, await databaseOf(client));
    if (!await bringUp(client, names, log)) throw new Error(`The role "${names.role}" does not exist and this user may not create it`);
    if (login !== undefined) await client.query(`GRANT ${pg.escapeIdentifier(names.role)} TO ${pg.escapeIdentifier(login)}`);
    return names.role;
  } finally {
    discard(client);
  }
}

export async function databaseOf(client: pg.Client): Promise<string> {
  return (await client.query<{ name: string }>('SELECT current_database()::text AS name')).rows[0]?.name ?? '';
}

/** Makes or upgrades the log as far as this user may. @returns whether the role of the log exists. */
export async function bringUp(client: pg.Client, names: LogNames, log: string): Promise<boolean> {
  const steps = await stepsTaken(client, names.schema);
  requireNotNewer(steps, names.schema);
  const hasRole = await exists(client, names.role);
  if (steps === MIGRATIONS.length && !(hasRole ? await needsGrants(client, names) : await isOwner(client, names))) return hasRole;
  return alone(client, names.schema, async () => {
    await takeSteps(client, names.schema, log);
    const role = await ensureRole(client, names.role);
    const name = pg.escapeIdentifier;
    if (role) await client.query(GRANTS.replaceAll('%S', name(names.schema)).replaceAll('%R', name(names.role)));
    return role;
  });
}

/** In one transaction and under a lock, because several instances may start at once; each looks again once it has it. */
async function alone<T>(client: pg.Client, schema: string, work: () => Promise<T>): Promise<T> {
  try {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`aftercare migration of ${schema}`]);
    const result = await work();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    if (sqlState(error) !== RIGHT_MISSING) throw error;
    throw new Error(`The log in ${schema} is not set up for this version, and this user may not do it: let the owner migrate it`, { cause: error });
  }
}

function requireNotNewer(steps: number, schema: string): void {
  if (steps > MIGRATIONS.length) throw new Error(`The schema ${schema} was written by a newer version (step ${steps})`);
}

/** 0 where there is no such schema. @throws Error for a schema of somebody else. */
async function stepsTaken(client: pg.Client, schema: string): Promise<number> {
  const found = await client.query<{ steps: string | null }>('SELECT to_regclass($1)::text AS steps FROM pg_namespace WHERE nspname = $2', [`"${schema}".steps`, schema]);
  const [row] = found.rows;
  if (!row) return 0;
  if (row.steps === null) throw new Error(`There is a schema ${schema}, but it is not one of an event log`);
  return (await client.query<{ taken: number }>(`SELECT coalesce(max(step), 0)::int AS taken FROM ${row.steps}`)).rows[0]?.taken ?? 0;
}

async function takeSteps(client: pg.Client, schema: string, log: string): Promise<void> {
  const taken = await stepsTaken(client, schema);
  if (taken === MIGRATIONS.length) return;
  const name = pg.escapeIdentifier(schema);
  if (taken === 0) await client.query(`CREATE SCHEMA ${name}; CREATE TABLE ${name}.steps (step int PRIMARY KEY, taken_at timestamptz NOT NULL DEFAULT now())`);
  await client.query(`SET LOCAL search_path = ${name}, pg_temp`);
  for (const [at, step] of MIGRATIONS.entries()) {
    if (at < taken) continue;
    await client.query(step);
    await client.query('INSERT INTO steps (step) VALUES ($1)', [at + 1]);
  }
  await client.query(`INSERT INTO head (log, next, recorded_at) VALUES ($1, 0, '') ON CONFLICT DO NOTHING`, [log]);
}

/** Rights belong to a role that nobody logs in as. A user who may not create roles works with the rights that he has. */
async function ensureRole(client: pg.Client, role: string): Promise<boolean> {
  if (await exists(client, role)) return true;
  await client.query('SAVEPOINT before_role');
  try {
    await client.query(`CREATE ROLE ${pg.escapeIdentifier(role)} NOLOGIN`);
    await client.query(`GRANT ${pg.escapeIdentifier(role)} TO CURRENT_USER`);
    return true;
  } catch (error) {
    if (sqlState(error) !== RIGHT_MISSING) throw error;
    await client.query('ROLLBACK TO SAVEPOINT before_role');
    return false;
  }
}

async function exists(client: pg.Client, role: string): Promise<boolean> {
  return (await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role])).rows.length > 0;
}

async function isOwner(client: pg.Client, { schema }: LogNames): Promise<boolean> {
  return (await client.query('SELECT 1 FROM pg_namespace WHERE nspname = $1 AND pg_has_role(current_user, nspowner, $2)', [schema, 'USAGE'])).rows.length > 0;
}

/** Only the owner can give rights. A restricted user finds them given, or is refused by the first thing he does. */
async function needsGrants(client: pg.Client, { schema, role }: LogNames): Promise<boolean> {
  const { rows } = await client.query<{ needed: boolean }>(
    `SELECT CASE WHEN pg_has_role(current_user, nspowner, 'USAGE') THEN NOT has_table_privilege($2, format('%I.quarantine', nspname), 'DELETE') ELSE false END AS needed
     FROM pg_namespace WHERE nspname = $1`, [schema, role]);
  return rows[0]?.needed ?? false;
}
