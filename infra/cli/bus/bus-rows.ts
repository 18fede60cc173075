import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { streamNameOf } from 'aftercare/messaging';
import { DEPARTMENTS } from '../../launcher/departments.js';

export interface ConsumerRow {
  readonly listener: string;
  /** Messages not handed out yet, and handed out but not acknowledged. */
  readonly waiting: number;
  readonly unacknowledged: number;
}

export interface StreamRow {
  readonly department: string;
  /** Null when the stream is not there. */
  readonly messages: number | null;
  /** Servers that keep it, and how many of them are level. */
  readonly replicas: number;
  readonly level: number;
  readonly consumers: readonly ConsumerRow[];
}

/** How the streams and consumers of the company stand, as the server tells. */
export async function busRows(connection: NatsConnection): Promise<readonly StreamRow[]> {
  const manager = await jetstreamManager(connection, { checkAPI: false });
  return Promise.all(DEPARTMENTS.map(async (department): Promise<StreamRow> => {
    const stream = streamNameOf(department);
    const info = await manager.streams.info(stream).catch(() => null);
    if (!info) return { department, messages: null, replicas: 0, level: 0, consumers: [] };
    const consumers: ConsumerRow[] = [];
    for await (const { name, num_pending, num_ack_pending } of manager.consumers.list(stream)) {
      consumers.push({ listener: name, waiting: num_pending, unacknowledged: num_ack_pending });
    }
    const followers = info.cluster?.replicas ?? [];
    return {
      department, messages: info.state.messages, replicas: info.config.num_replicas, level: 1 + followers.filter(({ current, offline }) => current && !offline).length,
      consumers: consumers.sort((one, two) => one.listener.localeCompare(two.listener)),
    };
  }));
}
