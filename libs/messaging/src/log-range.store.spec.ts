import { Logger } from '@nestjs/common';
import { connectBus, type Bus } from './bus.js';
import { answerLogRange, natsLogOwner } from './log-range.js';
import { intakeLog, registerComplaints } from './spec/intake-log.js';
import { NatsFolder } from './spec/nats-folder.js';

describe('asking the owner of a log', () => {
  let nats: NatsFolder;
  let bus: Bus;

  beforeAll(async () => {
    Logger.overrideLogger(false);
    nats = new NatsFolder();
    bus = connectBus({ servers: await nats.start(), name: 'test' });
    await bus.online();
  });

  afterAll(async () => {
    await bus.close();
    await nats.remove();
  });

  it('gets an answer although the server gives the first questions to a connection that died in silence', async () => {
    let heard = 0;
    const connection = await bus.online();
    const deaf = connection?.subscribe('intake.log.range', { callback: (_, message) => {
      if (++heard === 4) message.respond(JSON.stringify({ head: 7, events: [] }));
    } });
    await expect(natsLogOwner(bus, 'intake', 'quality').ask({ from: 0, limit: 10 })).resolves.toEqual({ head: 7, events: [] });
    deaf?.unsubscribe();
  });

  it('knows at once that nobody is there', async () => {
    const start = Date.now();
    await expect(natsLogOwner(bus, 'registry', 'quality').ask({ from: 0, limit: 10 })).resolves.toBeNull();
    expect(Date.now() - start).toBeLessThan(1_000);
  });

  it('gives up within its time when nobody answers', async () => {
    const connection = await bus.online();
    const deaf = connection?.subscribe('billing.log.range', { callback: () => undefined });
    await expect(natsLogOwner(bus, 'billing', 'quality', 600).ask({ from: 0, limit: 10 })).resolves.toBeNull();
    deaf?.unsubscribe();
  });

  it('gets the bytes of the log from the index asked for, and its length', async () => {
    const store = intakeLog();
    await registerComplaints(store, 5);
    const stop = answerLogRange(bus, store);
    const answer = await natsLogOwner(bus, 'intake', 'quality').ask({ from: 3, limit: 10 });
    const expected = (await store.readLog(3, 10)).map(({ bytes }) => Buffer.from(bytes));
    expect(answer?.head).toBe(5);
    expect(answer?.events.map(bytes => Buffer.from(bytes))).toEqual(expected);
    stop();
  });
});
