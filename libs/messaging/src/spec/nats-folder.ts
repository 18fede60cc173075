import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startNatsServer, type NatsServer } from '../../../../infra/nats/server.js';

/** A nats-server whose disk can be lost, saved and set back, always on the same port. */
export class NatsFolder {
  private readonly folder = mkdtempSync(join(tmpdir(), 'aftercare-nats-'));
  private server: NatsServer | null = null;
  private port = 0;
  /** Of the last start; it stays the same over restarts. */
  url = '';

  async start(): Promise<string> {
    this.server = await startNatsServer({ storeDir: join(this.folder, 'live'), port: this.port });
    this.port = this.server.port;
    this.url = this.server.url;
    return this.url;
  }

  async stop(signal?: NodeJS.Signals): Promise<void> {
    await this.server?.stop(signal);
    this.server = null;
  }

  /** It keeps its connections and answers nothing until thawed. */
  freeze(): void {
    if (this.server) process.kill(this.server.pid, 'SIGSTOP');
  }

  thaw(): void {
    if (this.server) process.kill(this.server.pid, 'SIGCONT');
  }

  /** Only while the server is stopped. */
  save(): void {
    cpSync(join(this.folder, 'live'), join(this.folder, 'saved'), { recursive: true });
  }

  wipe(): void {
    rmSync(join(this.folder, 'live', 'jetstream'), { recursive: true, force: true });
  }

  setBack(): void {
    this.wipe();
    cpSync(join(this.folder, 'saved'), join(this.folder, 'live'), { recursive: true });
  }

  async remove(): Promise<void> {
    await this.stop('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }
}
