/**
 * Loaded into every service before its own code. The launcher holds the other end of the channel: when it dies,
 * however it dies, the channel closes and the service shuts down in order instead of running on unseen.
 */
const LAST_RESORT_MS = 10_000;

if (process.channel) {
  process.once('disconnect', () => {
    setTimeout(() => process.exit(1), LAST_RESORT_MS).unref();
    process.kill(process.pid, 'SIGTERM');
  });
  // Listening must not keep a service alive that has otherwise finished.
  process.channel.unref();
}
