import type { NatsConnection } from '@nats-io/transport-node';

/** Longest wait for an answer of the server. */
export const ANSWER_MS = 2_000;

/**
 * Closes a connection that does not answer, so that another is made. A cut that neither side is told of (a firewall
 * that forgot, a cable) looks like silence, and the client's own pings need half a minute to call it that.
 */
export async function closeUnlessAnswering(connection: NatsConnection): Promise<void> {
  if (connection.isClosed()) return;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>(done => { timer = setTimeout(() => done(false), ANSWER_MS); });
  const isAnswering = await Promise.race([connection.rtt().then(() => true, () => false), late]);
  clearTimeout(timer);
  if (!isAnswering) await connection.close().catch(() => undefined);
}
