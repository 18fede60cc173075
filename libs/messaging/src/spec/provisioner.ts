import { jetstreamManager } from '@nats-io/jetstream';
import { connectBus } from '../bus.js';
import { pause } from '../pause.js';
import { provisionConsumer, provisionStream } from '../provision.js';

export interface Provisioning {
  readonly streams?: readonly string[];
  /** Pairs of source and listening department. */
  readonly consumers?: readonly (readonly [source: string, department: string])[];
  readonly ackWaitMs?: number;
}

const EVERY_MS = 50;

/** Plays the operator: makes what is missing on the server, again and again. Returns the way to stop. */
export function keepProvisioned(url: string, { streams = ['intake'], consumers = [['intake', 'quality']], ackWaitMs }: Provisioning = {}): () => Promise<void> {
  const bus = connectBus({ servers: url, name: 'provisioner' });
  const stopped = new AbortController();
  const round = async (): Promise<void> => {
    const connection = await bus.online(stopped.signal);
    if (!connection) return;
    const manager = await jetstreamManager(connection, { checkAPI: false, timeout: 1_000 });
    for (const stream of streams) await provisionStream(manager, stream);
    for (const [source, department] of consumers) await provisionConsumer(manager, source, department, ackWaitMs);
  };
  const loop = (async () => {
    while (!stopped.signal.aborted) {
      await round().catch(() => undefined);
      await pause(EVERY_MS, stopped.signal);
    }
  })();
  return async () => {
    stopped.abort();
    await bus.close();
    await loop;
  };
}
