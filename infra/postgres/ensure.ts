import { locatePostgres } from './locate.js';

/** Before the tests: a missing PostgreSQL is installed once and visibly, not inside the first test that needs it. */
try {
  locatePostgres({ announce: (line) => process.stderr.write(`aftercare: ${line}\n`) });
} catch (error) {
  process.stderr.write(`aftercare: ${(error as Error).message}\n`);
  process.exitCode = 1;
}
