import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Where a link is cut, seen from the message that carries a COMMIT. */
export type Cut = 'before-the-commit' | 'after-the-commit';

/** Stands between a store and PostgreSQL on the loopback, and loses one side of a COMMIT when told to. */
export class CuttingProxy {
  private readonly sockets = new Set<Socket>();
  private armed: Cut | null = null;
  private refusing = false;
  private refusesAfterCut = false;
  cuts = 0;

  private constructor(private readonly server: Server, private readonly to: number) {
    server.on('connection', (client) => { this.link(client); });
  }

  static async before(port: number): Promise<CuttingProxy> {
    const server = createServer();
    await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); });
    return new CuttingProxy(server, port);
  }

  urlOf(url: string): string {
    const through = new URL(url);
    through.port = String((this.server.address() as AddressInfo).port);
    return through.toString();
  }

  /** The next COMMIT does not arrive, or its answer does not; either way the link is gone for both sides, if told for good. */
  arm(cut: Cut, thenRefuse = false): void {
    this.armed = cut;
    this.refusesAfterCut = thenRefuse;
  }

  /** Lets everybody connect again. */
  admit(): void {
    this.refusing = false;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((closed) => { this.server.close(closed); });
  }

  private link(client: Socket): void {
    if (this.refusing) {
      client.destroy();
      return;
    }
    const server = connect(this.to, '127.0.0.1');
    let deaf = false;
    const end = (): void => {
      client.destroy();
      server.destroy();
      this.sockets.delete(client);
      this.sockets.delete(server);
    };
    for (const socket of [client, server]) {
      this.sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', end);
      socket.on('close', end);
    }
    server.on('data', (chunk) => {
      if (!deaf) client.write(chunk);
      else end();
    });
    client.on('data', (chunk) => {
      const cut = chunk.includes('COMMIT') ? this.armed : null;
      if (cut !== null) {
        this.armed = null;
        this.cuts += 1;
        this.refusing = this.refusesAfterCut;
      }
      if (cut === 'before-the-commit') end();
      else {
        deaf ||= cut === 'after-the-commit';
        server.write(chunk);
      }
    });
  }
}
