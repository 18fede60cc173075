/**
 * Loaded into every service before its own code. The launcher holds the other end of the channel: when it dies,
 * however it dies, the channel closes and the service shuts down in order instead of running on unseen.
 */
import { isMainThread } from 'node:worker_threads';

const LAST_RESORT_MS = 10_000;

// Worker threads load this too and have no channel of their own.
if (isMainThread) {
  // The launcher may have died while this process was still loading.
  if (!process.connected) process.exit(1);
  process.once('disconnect', () => {
    setTimeout(() => process.exit(1), LAST_RESORT_MS).unref();
    process.kill(process.pid, 'SIGTERM');
  });
  // Listening must not keep a service alive that has otherwise finished.
  process.channel?.unref();
}
