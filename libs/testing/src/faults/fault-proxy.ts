import { createServer, connect, type Server, type Socket } from 'node:net';
import { HEALTHY, type Fault } from './fault.js';
import { pumpInto } from './pump.js';

interface Link { readonly client: Socket; readonly server: Socket }

/** A TCP link to a server on this machine that can be made bad and good again. Its own port stays the same. */
export class FaultProxy {
  /** Bytes or connections that met a fault: a window that nobody noticed tested nothing. */
  met = 0;
  private readonly links = new Set<Link>();
  private listener: Server | null = null;
  private fault: Fault = HEALTHY;
  private chosenPort = 0;

  private constructor(private readonly targetPort: number) {}

  /** Answers when it listens on a free port of 127.0.0.1. */
  static async to(targetPort: number): Promise<FaultProxy> {
    const proxy = new FaultProxy(targetPort);
    await proxy.listen();
    return proxy;
  }

  get port(): number {
    return this.chosenPort;
  }

  /** Answers when the fault is in force; `HEALTHY` ends the one before. */
  async become(fault: Fault): Promise<void> {
    this.fault = fault;
    if (fault.kind === 'reset') this.resetAll();
    if (fault.kind === 'half-close') this.closeClientsDirection();
    if (fault.kind === 'refuse') await this.stopListening();
    else await this.listen();
  }

  async close(): Promise<void> {
    await this.stopListening();
  }

  private async listen(): Promise<void> {
    if (this.listener) return;
    const listener = createServer({ allowHalfOpen: true }, (client) => this.join(client));
    this.listener = listener;
    await new Promise<void>((done, failed) => {
      listener.once('error', failed);
      listener.listen(this.chosenPort, '127.0.0.1', done);
    });
    const address = listener.address();
    if (address !== null && typeof address === 'object') this.chosenPort = address.port;
  }

  private async stopListening(): Promise<void> {
    const { listener } = this;
    this.listener = null;
    if (!listener) return;
    const closed = new Promise<void>((done) => { listener.close(() => done()); });
    this.resetAll();
    await closed;
  }

  private join(client: Socket): void {
    if (this.fault.kind !== 'pass') this.met += 1;
    client.on('error', () => undefined);
    if (this.fault.kind === 'reset') return void client.resetAndDestroy();
    const server = connect({ port: this.targetPort, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    client.setNoDelay(true);
    const link = { client, server };
    this.links.add(link);
    const part = (): void => {
      this.links.delete(link);
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) {
      socket.on('error', () => undefined);
      socket.once('close', part);
    }
    pumpInto(client, server, () => this.seen());
    pumpInto(server, client, () => this.seen());
  }

  private seen(): Fault {
    if (this.fault.kind !== 'pass') this.met += 1;
    return this.fault;
  }

  private resetAll(): void {
    for (const { client, server } of this.links) {
      this.met += 1;
      client.resetAndDestroy();
      server.destroy();
    }
    this.links.clear();
  }

  private closeClientsDirection(): void {
    for (const { server } of this.links) {
      this.met += 1;
      server.end();
    }
  }
}
