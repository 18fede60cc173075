import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { withoutCredentials } from '../nats/without-credentials.js';
import { startNats, type Bus } from './bus.js';

/** As a service does that was told the address at its start. */
const connected = (url: string): Promise<NatsConnection> =>
  connect({ servers: withoutCredentials(url), token: new URL(url).username, reconnect: false });

describe('the message bus of the launcher', () => {
  let dir: string;
  let bus: Bus | null = null;
  beforeEach(async () => { dir = await mkdtemp(join(tmpdir(), 'aftercare-bus-')); });
  afterEach(async () => {
    await bus?.stop();
    await rm(dir, { recursive: true, force: true });
  });

  it('lets the services in again after a crash that took its folder with it', async () => {
    let pid = 0;
    let isBack = (): void => undefined;
    const back = new Promise<void>((done) => { isBack = done; });
    bus = await startNats(dir, { spawned: (started) => { pid = started; }, crashed: () => undefined, announce: () => undefined, back: () => isBack() });
    await (await connected(bus.url)).close();

    process.kill(pid, 'SIGKILL');
    await rm(dir, { recursive: true });
    await back;

    await (await connected(bus.url)).close();
    await expect(connect({ servers: withoutCredentials(bus.url), reconnect: false })).rejects.toThrow(/Authorization Violation/i);
  }, 30_000);
});
