import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTo, type NatsConnection } from '@nats-io/transport-node';
import { jetstreamManager } from '@nats-io/jetstream';
import { locateNatsServer, startNatsServer } from './server.js';
import { withoutCredentials } from './without-credentials.js';

const connect = ({ servers, token }: { servers: string; token?: string }): Promise<NatsConnection> =>
  connectTo({ servers: withoutCredentials(servers), token, reconnect: false });

describe('nats-server', () => {
  let folder: string;
  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'aftercare-nats-')); });
  afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

  it('accepts connections with JetStream as soon as it counts as started, and is gone after stop', async () => {
    const server = await startNatsServer({ storeDir: folder });
    const connection = await connect({ servers: server.url, token: server.token });
    await expect(jetstreamManager(connection)).resolves.toBeDefined();
    expect(Number(readFileSync(join(folder, 'nats.pid'), 'utf8'))).toBe(server.pid);
    await connection.close();
    await server.stop();
    expect(() => process.kill(server.pid, 0)).toThrow('ESRCH');
  });

  it('keeps its streams and its port over a restart', async () => {
    const first = await startNatsServer({ storeDir: folder });
    const before = await connect({ servers: first.url, token: first.token });
    await (await jetstreamManager(before)).streams.add({ name: 'KEPT', subjects: ['kept'] });
    await before.close();
    await first.stop();
    const second = await startNatsServer({ storeDir: folder, port: first.port });
    const after = await connect({ servers: second.url, token: first.token });
    await expect((await jetstreamManager(after)).streams.info('KEPT')).resolves.toBeDefined();
    expect(second.port).toBe(first.port);
    await after.close();
    await second.stop();
  });

  it('refuses whoever does not show its token', async () => {
    const server = await startNatsServer({ storeDir: folder });
    await expect(connect({ servers: server.url })).rejects.toThrow(/Authorization Violation/i);
    await expect(connect({ servers: server.url, token: 'a guess' })).rejects.toThrow(/Authorization Violation/i);
    expect(server.url).toBe(`nats://${server.token}@127.0.0.1:${server.port}`);
    expect(Buffer.from(server.token, 'base64url')).toHaveLength(32);
    await server.stop();
  });

  it('keeps the token in a file for its owner alone, also where an older file let others read', async () => {
    writeFileSync(join(folder, 'nats.conf'), '');
    chmodSync(join(folder, 'nats.conf'), 0o644);
    const first = await startNatsServer({ storeDir: folder });
    expect(statSync(join(folder, 'nats.conf')).mode & 0o777).toBe(0o600);
    await first.stop();
    const second = await startNatsServer({ storeDir: folder });
    expect(second.token).toBe(first.token);
    await second.stop();
    const elsewhere = await startNatsServer({ storeDir: join(folder, 'elsewhere') });
    expect(elsewhere.token).not.toBe(first.token);
    await elsewhere.stop();
    expect(readFileSync(join(folder, 'nats.log'), 'utf8')).not.toContain(first.token);
  });

  it('says what its log says when it cannot start', async () => {
    const first = await startNatsServer({ storeDir: join(folder, 'a') });
    await expect(startNatsServer({ storeDir: join(folder, 'b'), port: first.port })).rejects.toThrow(/did not start: .*address already in use/);
    await first.stop();
  });
});

describe('locating NATS', () => {
  it('prefers a server that runs already', () => {
    expect(locateNatsServer({ env: { NATS_URL: 'nats://bus.example:4222' } })).toEqual({ kind: 'running', url: 'nats://bus.example:4222' });
  });

  it('takes the program on the PATH, and only one that may be run', () => {
    const folder = mkdtempSync(join(tmpdir(), 'aftercare-path-'));
    const [first, second] = [join(folder, 'first'), join(folder, 'second')];
    for (const [place, mode] of [[first, 0o644], [second, 0o755]] as const) {
      mkdirSync(place);
      writeFileSync(join(place, 'nats-server'), '', { mode });
    }
    expect(locateNatsServer({ env: { PATH: `${first}:${second}` } })).toEqual({ kind: 'program', path: join(second, 'nats-server') });
    rmSync(folder, { recursive: true });
  });
});
