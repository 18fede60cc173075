import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { connectOnce } from 'aftercare/messaging';
import { seedFileOf } from '../nats/identities.js';
import { startNats, type Bus } from './bus.js';
import { keepProvisioned, type Provisioning } from './provisioning.js';

const HEALED_WITHIN_MS = 10_000;
/** Half a second between two looks, and what a busy machine adds. */
const SOON_MS = 5_000;

describe('the message bus of the launcher', () => {
  let dir: string;
  let bus: Bus | null = null;
  let provisioning: Provisioning | null = null;
  let pid = 0;
  let isBack = (): void => undefined;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'aftercare-bus-'));
    bus = await startNats(dir, { spawned: (started) => { pid = started; }, crashed: () => undefined, announce: () => undefined, back: () => isBack() });
  });
  afterEach(async () => {
    await provisioning?.close();
    provisioning = null;
    await bus?.stop();
    await rm(dir, { recursive: true, force: true });
  });

  /** As a service does that was told the address and the file of its key at its start. */
  const connected = (name: string) => connectOnce({ servers: (bus as Bus).url, name, nkeyFile: seedFileOf((bus as Bus).identities as string, name) });

  it('lets the services in again after a crash that took its folder with it', async () => {
    const back = new Promise<void>((done) => { isBack = done; });
    await (await connected('intake')).close();
    const seed = await readFile(seedFileOf(bus?.identities as string, 'intake'), 'utf8');

    process.kill(pid, 'SIGKILL');
    await rm(dir, { recursive: true });
    await back;

    await (await connected('intake')).close();
    expect(await readFile(seedFileOf(bus?.identities as string, 'intake'), 'utf8')).toBe(seed);
    await expect(connect({ servers: (bus as Bus).url, reconnect: false })).rejects.toThrow(/Authorization Violation/i);
  }, 30_000);

  it('keeps a seed for everyone in a file for its owner alone, and none in its own configuration', async () => {
    const folder = bus?.identities as string;
    const files = await readdir(folder);
    expect(files.sort()).toEqual(['billing', 'intake', 'logistics', 'operator', 'provisioner', 'quality', 'registry', 'surveys'].map((name) => `${name}.nk`));
    const config = await readFile(join(dir, 'nats.conf'), 'utf8');
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    for (const file of files) {
      expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600);
      expect(config).not.toContain((await readFile(join(folder, file), 'utf8')).trim());
    }
    expect(bus?.url).toMatch(/^nats:\/\/127\.0\.0\.1:\d+$/);
  });

  it('has streams and consumers as soon as it counts as started, and has them again after each of them was lost', async () => {
    provisioning = await keepProvisioned(bus as Bus, () => undefined);
    const looking = async (): Promise<string[]> => {
      const connection = await connected('operator');
      const manager = await jetstreamManager(connection, { checkAPI: false });
      const found: string[] = [];
      for await (const { config, state } of manager.streams.list()) found.push(`${config.name} ${state.consumer_count}`);
      await connection.close();
      return found.sort();
    };
    const whole = ['BILLING 2', 'INTAKE 4', 'LOGISTICS 4', 'QUALITY 4', 'REGISTRY 5', 'SURVEYS 1'];
    const healedWithin = async (): Promise<number> => {
      const lostAt = Date.now();
      while (Date.now() - lostAt < HEALED_WITHIN_MS) {
        if ((await looking().catch(() => [])).join() === whole.join()) return Date.now() - lostAt;
      }
      throw new Error(`not healed: ${(await looking()).join()}`);
    };
    expect(await looking()).toEqual(whole);

    const intake = await connected('intake');
    await (await jetstreamManager(intake, { checkAPI: false })).streams.delete('INTAKE');
    await intake.close();
    expect(await looking()).not.toEqual(whole);
    expect(await healedWithin()).toBeLessThan(SOON_MS);

    const provisioner = await connected('provisioner');
    await (await jetstreamManager(provisioner, { checkAPI: false })).consumers.delete('QUALITY', 'intake');
    await provisioner.close();
    expect(await healedWithin()).toBeLessThan(SOON_MS);

    process.kill(pid, 'SIGKILL');
    await rm(join(dir, 'jetstream'), { recursive: true });
    expect(await healedWithin()).toBeLessThan(HEALED_WITHIN_MS);
  }, 60_000);
});
