import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { locateNatsServer } from '../../../../infra/nats/server.js';
import { pause } from '../pause.js';

/** What one user may do; everything else is refused and written to the server's log. */
export interface Rights {
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
}

/** A server where every user but `operator` may do only what is listed. */
export class GuardedNats {
  private constructor(private readonly child: ChildProcess, private readonly folder: string, private readonly port: number) {}

  static async start(users: Readonly<Record<string, Rights>>): Promise<GuardedNats> {
    const folder = mkdtempSync(join(tmpdir(), 'aftercare-nats-'));
    const place = locateNatsServer();
    if (place.kind === 'running') throw new Error('this test starts its own server');
    writeFileSync(join(folder, 'nats.conf'), configuration(folder, users));
    const child = spawn(place.path, ['-c', join(folder, 'nats.conf')], { stdio: 'ignore' });
    return new GuardedNats(child, folder, await portOf(folder));
  }

  url(user: string): string {
    return `nats://${user}:secret@127.0.0.1:${this.port}`;
  }

  /** What the server refused so far. */
  violations(): readonly string[] {
    return readFileSync(join(this.folder, 'nats.log'), 'utf8').split('\n').filter(line => line.includes('Violation'));
  }

  async stop(): Promise<void> {
    const gone = new Promise(done => this.child.once('exit', done));
    this.child.kill('SIGKILL');
    await gone;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function configuration(folder: string, users: Readonly<Record<string, Rights>>): string {
  const guarded = Object.entries(users).map(([user, { publish, subscribe }]) => ({
    user, password: 'secret', permissions: { publish: { allow: publish }, subscribe: { allow: subscribe } },
  }));
  return JSON.stringify({
    host: '127.0.0.1', port: -1, ports_file_dir: folder, log_file: join(folder, 'nats.log'),
    jetstream: { store_dir: folder }, authorization: { users: [{ user: 'operator', password: 'secret' }, ...guarded] },
  });
}

async function portOf(folder: string): Promise<number> {
  for (let tries = 0; tries < 1_000; tries++) {
    const file = readdirSync(folder).find(name => name.endsWith('.ports'));
    const text = file && existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : '';
    if (text.endsWith('}')) return Number(new URL((JSON.parse(text) as { nats: [string] }).nats[0]).port);
    await pause(10);
  }
  throw new Error('nats-server did not start');
}
