import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepProvisioned } from '../../launcher/provisioning.js';
import { startNats } from '../../launcher/bus.js';
import { seedFileOf } from '../../nats/identities.js';
import { startNatsServer, type NatsServer } from '../../nats/server.js';
import { main } from '../main.js';
import type { StreamRow } from './bus-rows.js';

const SILENT = { spawned: () => undefined, crashed: () => undefined, announce: () => undefined, back: () => undefined };

describe('a NATS server that somebody else runs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-bus-cli-'));
  const identities = join(folder, 'keys');
  const block = join(folder, 'authorization.conf');
  const before = process.env['NATS_URL'];
  let server: NatsServer | null = null;
  let out: string[] = [];
  let err: string[] = [];

  const run = (...args: string[]): Promise<number> => {
    [out, err] = [[], []];
    return main(['bus', ...args], { out: (text) => out.push(text), err: (text) => err.push(text), live: false });
  };
  const rows = (): StreamRow[] => JSON.parse(out.join('')) as StreamRow[];

  beforeAll(() => { process.env['AFTERCARE_DATA'] = folder; });
  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
    for (const name of ['AFTERCARE_DATA', 'AFTERCARE_NATS_IDENTITIES', 'NATS_URL']) delete process.env[name];
    if (before !== undefined) process.env['NATS_URL'] = before;
  });

  it('is told public keys and permissions, while the seeds stay with their owners', async () => {
    expect(await run('config', '--identities', identities, '--out', block)).toBe(0);
    const text = readFileSync(block, 'utf8');
    for (const name of ['intake', 'operator', 'provisioner']) {
      expect(statSync(seedFileOf(identities, name)).mode & 0o777).toBe(0o600);
      expect(text).not.toContain(readFileSync(seedFileOf(identities, name), 'utf8').trim());
    }
    // Asked again it says the same: keys that services use already stay.
    expect(await run('config', '--identities', identities)).toBe(0);
    expect(`${out.join('\n')}\n`).toBe(text);
  });

  it('gets its streams and consumers from one command, and shows them', async () => {
    server = await startNatsServer({ storeDir: join(folder, 'elsewhere'), authorization: readFileSync(block, 'utf8') });
    process.env['NATS_URL'] = server.url;
    expect(await run('status', '--identities', identities, '--json')).toBe(3);
    expect(rows().map(({ messages }) => messages)).toEqual([null, null, null, null, null, null]);

    expect(await run('provision', '--identities', identities)).toBe(0);

    expect(await run('status', '--identities', identities, '--json')).toBe(0);
    expect(rows().find(({ department }) => department === 'billing')).toEqual({
      department: 'billing', messages: 0, replicas: 1, level: 1, consumers: ['billing', 'intake'].map((listener) => ({ listener, waiting: 0, unacknowledged: 0 })),
    });
    expect(await run('status', '--identities', identities)).toBe(0);
    expect(out.join()).toMatch(/审批 billing +0 +1\/1 +billing 0, 0; intake 0, 0/);
  }, 30_000);

  it('gives each service its own key, and is provisioned by the launcher only where the launcher holds that key', async () => {
    process.env['AFTERCARE_NATS_IDENTITIES'] = identities;
    const bus = await startNats(join(folder, 'nats'), SILENT);
    expect(bus).toMatchObject({ ours: false, identities, url: server?.url });
    const provisioning = await keepProvisioned(bus, () => undefined);
    expect(provisioning).not.toBeNull();
    await provisioning?.close();
    rmSync(seedFileOf(identities, 'provisioner'));
    expect(await keepProvisioned(bus, () => undefined)).toBeNull();
    rmSync(seedFileOf(identities, 'quality'));
    await expect(startNats(join(folder, 'nats'), SILENT)).rejects.toThrow(/holds no seed of quality: .*aftercare bus config/);
    delete process.env['AFTERCARE_NATS_IDENTITIES'];
    expect((await startNats(join(folder, 'nats'), SILENT)).identities).toBeNull();
  });

  it.each([
    ['a number of replicas that no cluster has', 2, ['provision', '--replicas', '2'], /1, 3 or 5/],
    ['an identity that nobody has', 2, ['rotate', 'kitchen'], /there are registry, intake/],
    ['a new seed where no server of its own runs', 5, ['rotate', 'intake'], /docs\/operations\/bus\.md/],
    ['a look without a key', 5, ['status'], /lets nobody in: .*Authorization Violation/i],
  ])('refuses %s', async (_what, code, args, said) => {
    expect(await run(...args)).toBe(code);
    expect(err.join()).toMatch(said);
  });

  it('is not guessed', async () => {
    delete process.env['NATS_URL'];
    expect(await run('provision')).toBe(5);
    expect(err.join()).toMatch(/name a running NATS in NATS_URL/);
  });
});
