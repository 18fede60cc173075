import { AckPolicy, DeliverPolicy, jetstream, jetstreamManager, type JetStreamClient } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { Contestant, Entrant, Work } from './contestant.js';

const STREAM = 'bench-floor';

export const jetStreamFloor: Entrant = {
  id: 'jetstream', title: 'JetStream publish', engine: 'jetstream', standing: 'floor',
  chosen: 'acknowledged publishes of finished bytes to a file stream, the events of one append under way together; the server does not sync before it acknowledges, so this is no store, '
    + 'only what a message costs',
  async open({ natsUrl }) {
    const connection = await connect({ servers: natsUrl.replace(/\/\/[^@]*@/, '//'), token: tokenIn(natsUrl) });
    const manager = await jetstreamManager(connection);
    await manager.streams.add({ name: STREAM, subjects: [`${STREAM}.>`] });
    return new Floor(connection, jetstream(connection));
  },
};

function tokenIn(url: string): string {
  return new URL(url).username;
}

class Floor implements Contestant {
  readonly version: string;

  constructor(private readonly connection: NatsConnection, private readonly client: JetStreamClient) {
    this.version = `nats-server ${connection.info?.version ?? 'unknown'}`;
  }

  durability(): Promise<string> {
    return Promise.resolve('file storage, not synced before the acknowledgement');
  }

  async append({ stream, bytes }: Work): Promise<boolean> {
    await Promise.all(bytes.map((of) => this.client.publish(`${STREAM}.${stream}`, of)));
    return true;
  }

  async follow(seen: (stream: string) => void): Promise<() => Promise<void>> {
    const manager = await jetstreamManager(this.connection);
    const name = `floor-${Date.now()}`;
    await manager.consumers.add(STREAM, { durable_name: name, ack_policy: AckPolicy.Explicit, deliver_policy: DeliverPolicy.New });
    const consumer = await this.client.consumers.get(STREAM, name);
    const messages = await consumer.consume({ callback: (message) => {
      seen(message.subject.slice(STREAM.length + 1));
      message.ack();
    } });
    return async () => { await messages.close(); };
  }

  async close(): Promise<void> {
    await this.connection.close();
  }
}
