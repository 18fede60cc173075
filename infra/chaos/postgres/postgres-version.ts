import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { locatePostgres } from '../../postgres/locate.js';

/** Such as `PostgreSQL 15.14`, or that there is none. */
export function postgresVersion(): string {
  try {
    const line = execFileSync(join(locatePostgres({ env: process.env }), 'postgres'), ['--version'], { encoding: 'utf8' });
    return `PostgreSQL ${/\d+(\.\d+)+/.exec(line)?.[0] ?? 'of unknown version'}`;
  } catch {
    return 'no PostgreSQL';
  }
}
