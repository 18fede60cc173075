import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../launcher/project-root.js';
import { goesWithUs } from '../children.js';
import { locateNatsServer, startNatsServer, type NatsServer } from '../../nats/server.js';

/** The program that becomes nats-server and is ended by the kernel when this process is killed. */
function endsWithUs(): string {
  const place = locateNatsServer();
  if (place.kind === 'running') throw new Error('NATS_URL names a running server, and this one is to be killed: unset it and repeat');
  process.env['AFTERCARE_NATS_SERVER'] = place.path;
  return join(projectRoot(), 'infra', 'launcher', 'nats-with-parent.sh');
}

/** What a restart finds: everything, an earlier day, or nothing. */
export type Kept = 'kept' | 'set back' | 'wiped';

/** A nats-server of our own that can be killed and comes back on the same port with the disk that it deserves. */
export class NatsDisk {
  private server: NatsServer | null = null;
  private port = 0;

  constructor(private readonly folder: string) {}

  async start(): Promise<NatsServer> {
    this.server = await startNatsServer({ storeDir: join(this.folder, 'live'), port: this.port, program: endsWithUs() });
    this.port = this.server.port;
    void this.server.exited.then(goesWithUs(this.server.pid));
    return this.server;
  }

  get pid(): number {
    if (!this.server) throw new Error('nats-server does not run');
    return this.server.pid;
  }

  async kill(): Promise<void> {
    const { server } = this;
    this.server = null;
    await server?.stop('SIGKILL');
  }

  /** Only while it is dead. */
  become(kept: Kept, saves: boolean): Kept {
    const live = join(this.folder, 'live', 'jetstream');
    const saved = join(this.folder, 'saved');
    const really = kept === 'set back' && !existsSync(saved) ? 'kept' : kept;
    if (really !== 'kept') rmSync(live, { recursive: true, force: true });
    if (really === 'set back') cpSync(saved, live, { recursive: true });
    if (really === 'kept' && (saves || !existsSync(saved)) && existsSync(live)) {
      rmSync(saved, { recursive: true, force: true });
      cpSync(live, saved, { recursive: true });
    }
    return really;
  }
}
