import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NatsConnection } from '@nats-io/transport-node';
import { connectOnce } from 'aftercare/messaging';
import { authorizationBlock } from '../authorization.js';
import { ensureIdentities, identitiesFolder, seedFileOf, type Identity } from '../identities.js';
import { IDENTITIES } from '../permissions.js';
import { startNatsServer, type NatsServer } from '../server.js';

/** A server that knows the identities of the company and nobody else. */
export class GuardedServer {
  private readonly connections: NatsConnection[] = [];

  private constructor(readonly folder: string, readonly identities: readonly Identity[], readonly server: NatsServer) {}

  static async start(): Promise<GuardedServer> {
    const folder = mkdtempSync(join(tmpdir(), 'aftercare-guarded-'));
    const storeDir = join(folder, 'nats');
    const identities = ensureIdentities(identitiesFolder(storeDir), IDENTITIES);
    const server = await startNatsServer({ storeDir, authorization: authorizationBlock(identities) });
    return new GuardedServer(folder, identities, server);
  }

  get natsFolder(): string {
    return join(this.folder, 'nats');
  }

  seedFileOf(name: string): string {
    return seedFileOf(identitiesFolder(this.natsFolder), name);
  }

  /** Closed with the server. */
  async as(name: string): Promise<NatsConnection> {
    const connection = await connectOnce({ servers: this.server.url, name, nkeyFile: this.seedFileOf(name) });
    this.connections.push(connection);
    return connection;
  }

  async stop(): Promise<void> {
    await Promise.all(this.connections.map((connection) => connection.close()));
    await this.server.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
