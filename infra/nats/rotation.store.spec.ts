import { cpSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { connectBus, connectOnce } from 'aftercare/messaging';
import { rotateSeed } from './rotation.js';
import { GuardedServer } from './spec/guarded-server.js';

describe('a new seed for a running department', () => {
  let guarded: GuardedServer;
  beforeEach(async () => { guarded = await GuardedServer.start(); });
  afterEach(() => guarded.stop());

  it('is used at once without a restart, and the old one is refused', async () => {
    const seedFile = guarded.seedFileOf('intake');
    const stolen = join(guarded.folder, 'stolen.nk');
    cpSync(seedFile, stolen);
    const bus = connectBus({ servers: guarded.server.url, name: 'intake', nkeyFile: seedFile });
    const quality = await guarded.as('quality');
    await bus.online();
    await (await connectOnce({ servers: guarded.server.url, name: 'thief', nkeyFile: stolen })).close();

    const publicKey = rotateSeed(guarded.natsFolder, 'intake', guarded.server.pid);

    for (let waited = 0; bus.status().reconnects === 0 && waited < 10_000; waited += 20) await pause(20);
    await expect((await bus.online())?.flush()).resolves.toBeUndefined();
    expect(bus.status().reconnects).toBe(1);
    await expect(connectOnce({ servers: guarded.server.url, name: 'thief', nkeyFile: stolen })).rejects.toThrow(/Authorization Violation/i);
    expect(readFileSync(join(guarded.natsFolder, 'nats.conf'), 'utf8')).toContain(publicKey);
    expect(statSync(seedFile).mode & 0o777).toBe(0o600);
    // Nobody else notices.
    expect(quality.isClosed()).toBe(false);
    await bus.close();
  }, 30_000);
});
