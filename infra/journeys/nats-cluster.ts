import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jetstreamManager } from '@nats-io/jetstream';
import { connectOnce } from 'aftercare/messaging';
import { authorizationBlock } from '../nats/authorization.js';
import { ensureIdentities, identitiesFolder, seedFileOf } from '../nats/identities.js';
import { IDENTITIES } from '../nats/permissions.js';
import { startNatsServer, type NatsServer } from '../nats/server.js';

const NAMES = ['north', 'east', 'south'] as const;
export type NodeName = (typeof NAMES)[number];

interface Ports {
  readonly client: number;
  readonly route: number;
}

/** Three servers on this machine that keep every stream three times. */
export class NatsCluster {
  private readonly folder = mkdtempSync(join(tmpdir(), 'aftercare-cluster-'));
  private readonly servers = new Map<NodeName, NatsServer>();

  private constructor(private readonly ports: ReadonlyMap<NodeName, Ports>) {}

  static async start(): Promise<NatsCluster> {
    const free = await freePorts(NAMES.length * 2);
    const cluster = new NatsCluster(new Map(NAMES.map((name, place) => [name, { client: free[place * 2] as number, route: free[place * 2 + 1] as number }])));
    await Promise.all(NAMES.map((name) => cluster.join(name)));
    return cluster;
  }

  /** As a department is told them. */
  get addresses(): string {
    return [...this.ports.values()].map(({ client }) => `nats://127.0.0.1:${client}`).join(',');
  }

  seedFileOf(name: string): string {
    return seedFileOf(identitiesFolder(this.folder), name);
  }

  async join(name: NodeName): Promise<void> {
    const { client, route } = this.ports.get(name) as Ports;
    this.servers.set(name, await startNatsServer({
      storeDir: join(this.folder, name), port: client, authorization: authorizationBlock(ensureIdentities(identitiesFolder(this.folder), IDENTITIES)),
      cluster: { serverName: name, clusterName: 'aftercare', port: route, routes: [...this.ports.values()].map((ports) => ports.route) },
    }));
  }

  /** As a machine goes that loses its power, but for the page cache. */
  async kill(name: NodeName): Promise<void> {
    await this.servers.get(name)?.stop('SIGKILL');
    this.servers.delete(name);
  }

  /** Which server leads the stream, and how many keep it and are level. */
  async standing(stream: string): Promise<{ readonly leader: NodeName; readonly level: number; readonly last: number }> {
    const connection = await connectOnce({ servers: this.addresses, name: 'operator', nkeyFile: this.seedFileOf('operator') });
    try {
      const { cluster, state } = await (await jetstreamManager(connection, { checkAPI: false })).streams.info(stream);
      const level = 1 + (cluster?.replicas ?? []).filter(({ current, offline }) => current && !offline).length;
      return { leader: cluster?.leader as NodeName, level, last: state.last_seq };
    } finally {
      await connection.close();
    }
  }

  async stop(): Promise<void> {
    await Promise.all([...this.servers.values()].map((server) => server.stop('SIGKILL')));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Held open together, so that no two are the same; somebody else may take one in the moment after. */
async function freePorts(count: number): Promise<number[]> {
  const held = await Promise.all(Array.from({ length: count }, () => new Promise<ReturnType<typeof createServer>>((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => done(server));
  })));
  const ports = held.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(held.map((server) => new Promise((done) => server.close(done))));
  return ports;
}
