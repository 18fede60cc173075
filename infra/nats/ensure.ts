import { locateNatsServer } from './locate.js';

/** Before the tests: a missing nats-server is installed once and visibly, not inside the first test that needs it. */
try {
  locateNatsServer({ announce: (line) => process.stderr.write(`aftercare: ${line}\n`) });
} catch (error) {
  process.stderr.write(`aftercare: ${(error as Error).message}\n`);
  process.exitCode = 1;
}
