/**
 * For the owner of a database: makes or upgrades the log of one department and gives its login the department's rights,
 * so that the department itself never needs the owner's password.
 *   AFTERCARE_POSTGRES_OWNER=postgres://owner@host/database node dist/infra/postgres/migrate.js intake intake_login
 */
import { migratePostgresLog } from 'aftercare/event-store';

const [log, login] = process.argv.slice(2);
const ownerUrl = process.env['AFTERCARE_POSTGRES_OWNER'];
if (!log || !ownerUrl) {
  process.stderr.write('usage: AFTERCARE_POSTGRES_OWNER=postgres://owner@host/database node dist/infra/postgres/migrate.js <department> [<login of the department>]\n');
  process.exit(2);
}
try {
  const role = await migratePostgresLog({ ownerUrl, log, ...(login && { login }) });
  process.stdout.write(`The log "${log}" is ready. Its rights belong to the role "${role}"${login ? `, of which "${login}" is a member` : ''}.\n`);
} catch (error) {
  process.stderr.write(`aftercare: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
