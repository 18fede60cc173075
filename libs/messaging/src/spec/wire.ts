import { createServer, connect as dial, type Server, type Socket } from 'node:net';

/** A TCP line to a server, that can be cut, go silent without telling anybody, or become slow. */
export class Wire {
  private readonly ends = new Set<Socket>();
  private readonly deaf = new WeakSet<Socket>();
  private isCut = false;
  private delayMs = 0;

  private constructor(private readonly listener: Server, readonly port: number) {}

  static async to(port: number): Promise<Wire> {
    const listener = createServer();
    await new Promise<void>(done => listener.listen(0, '127.0.0.1', done));
    const wire = new Wire(listener, (listener.address() as { port: number }).port);
    listener.on('connection', near => wire.join(near, dial(port, '127.0.0.1')));
    return wire;
  }

  /** Connections end and new ones are refused, until mended. */
  cut(): void {
    this.isCut = true;
    for (const end of this.ends) end.destroy();
  }

  /** What is connected now never hears anything again and is not told; new connections work. */
  silence(): void {
    for (const end of this.ends) this.deaf.add(end);
  }

  slow(delayMs: number): void {
    this.delayMs = delayMs;
  }

  mend(): void {
    this.isCut = false;
    this.delayMs = 0;
  }

  async remove(): Promise<void> {
    this.cut();
    await new Promise(done => this.listener.close(done));
  }

  private join(near: Socket, far: Socket): void {
    for (const [from, to] of [[near, far], [far, near]] as const) {
      this.ends.add(from);
      from.on('error', () => undefined);
      from.on('close', () => {
        this.ends.delete(from);
        if (!this.deaf.has(from)) to.destroy();
      });
      from.on('data', bytes => this.pass(bytes, from, to));
    }
    if (this.isCut) near.destroy();
  }

  private pass(bytes: Buffer, from: Socket, to: Socket): void {
    if (this.deaf.has(from) || to.destroyed) return;
    if (this.delayMs === 0) to.write(bytes);
    else setTimeout(() => { if (!to.destroyed) to.write(bytes); }, this.delayMs);
  }
}
