import { nanos } from '@nats-io/transport-node';
import { Logger } from '@nestjs/common';
import { natsOwnStream } from './nats-own-stream.js';
import { pause } from './pause.js';
import { Relay } from './relay.js';
import { connectBus } from './bus.js';
import { registerComplaints } from './spec/intake-log.js';
import { IntakeAndQuality, type Figures } from './spec/intake-and-quality.js';

const MOST_HEALING_MS = 10_000;
const FAULT_MS = 1_000;

/** Does the harm and answers when it was mended; what cannot be mended from outside counts from its beginning. */
type Fault = (world: IntakeAndQuality) => Promise<number>;

const faults: Readonly<Record<string, Fault>> = {
  'NATS killed and started again': async ({ nats }) => {
    await nats.stop('SIGKILL');
    await pause(FAULT_MS);
    await nats.start();
    return Date.now();
  },
  'NATS set back to an older copy of its disk': async ({ nats }) => {
    await nats.stop();
    nats.save();
    await nats.start();
    await pause(FAULT_MS);
    await nats.stop('SIGKILL');
    nats.setBack();
    await nats.start();
    return Date.now();
  },
  'NATS lost its disk': async ({ nats }) => {
    await nats.stop('SIGKILL');
    nats.wipe();
    await nats.start();
    return Date.now();
  },
  'stream deleted': async world => {
    await (await world.manager()).streams.delete('INTAKE');
    return Date.now();
  },
  'consumer deleted': async world => {
    await (await world.manager()).consumers.delete('INTAKE', 'quality');
    return Date.now();
  },
  'stranger\'s message in the stream': async world => {
    const direct = connectBus({ servers: world.nats.url, name: 'stranger' });
    (await direct.online())?.publish('intake.events.ComplaintRegistered', 'forged');
    await (await direct.online())?.flush();
    await direct.close();
    return Date.now();
  },
  'connection cut': async ({ wire }) => {
    wire.cut();
    await pause(FAULT_MS);
    wire.mend();
    return Date.now();
  },
  'connection silent without being closed': async ({ wire }) => {
    wire.silence();
    return Date.now();
  },
  'connection slow, 150 ms each way': async ({ wire }) => {
    wire.slow(150);
    return Date.now();
  },
  'NATS stands still': async ({ nats }) => {
    nats.freeze();
    await pause(3 * FAULT_MS);
    nats.thaw();
    return Date.now();
  },
  'relay away longer than the server looks for duplicates': async world => {
    await (await world.manager()).streams.update('INTAKE', { duplicate_window: nanos(100) });
    await world.relay.close();
    await pause(FAULT_MS);
    await registerComplaints(world.intake, 20);
    const start = Date.now();
    world.replaceRelay(bus => new Relay(world.intake, natsOwnStream(bus, 'intake')));
    return start;
  },
};

describe('delivery under faults of the bus', () => {
  beforeAll(() => Logger.overrideLogger(false));

  it.concurrent.each(Object.entries(faults))('misses and doubles nothing: %s', async (name, fault) => {
    const world = new IntakeAndQuality();
    try {
      await world.open();
      const figures: Figures = await world.figuresFrom(name, await fault(world));
      process.stdout.write(`${JSON.stringify(figures)}\n`);
      expect(figures).toMatchObject({ missing: 0, doubled: 0 });
      expect(figures.healingMs).toBeLessThanOrEqual(MOST_HEALING_MS);
    } finally {
      await world.close();
    }
  }, 60_000);
});
