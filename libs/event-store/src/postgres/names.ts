const LOG = /^[a-z][a-z0-9-]{0,39}$/;
/** PostgreSQL cuts longer names off, and two roles would become one. */
const LONGEST_NAME = 63;

/** Where one log lives in a database that several departments may share. */
export interface LogNames {
  /** Schema that holds the log. */
  readonly schema: string;
  /** Role that may do what a department does and nothing else. Roles belong to the whole server, hence the database in its name. */
  readonly role: string;
}

/** @throws RangeError for a name that no schema or role can carry. */
export function namesOf(log: string, database: string): LogNames {
  if (!LOG.test(log)) throw new RangeError('A log on PostgreSQL is named with a-z, 0-9 and hyphens, at most 40');
  const role = `aftercare_${log}@${database}`;
  if (Buffer.byteLength(role) > LONGEST_NAME) throw new RangeError(`The role "${role}" would be longer than ${LONGEST_NAME} bytes: choose a shorter database name`);
  return { schema: `aftercare_${log}`, role };
}
