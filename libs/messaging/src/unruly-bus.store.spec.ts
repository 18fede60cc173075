import { decode, openMemoryStore } from 'aftercare/event-store';
import { Logger } from '@nestjs/common';
import { connectBus, type Bus } from './bus.js';
import type { Delivery } from './delivery.js';
import { answerLogRange, natsLogOwner } from './log-range.js';
import { natsOwnStream } from './nats-own-stream.js';
import { natsSourceFeed } from './nats-source-feed.js';
import type { SourceFeed } from './ports.js';
import { Relay } from './relay.js';
import { SourceConsumer } from './source-consumer.js';
import { eventually } from './spec/eventually.js';
import { intakeLog, registerComplaints } from './spec/intake-log.js';
import { NatsFolder } from './spec/nats-folder.js';
import { keepProvisioned } from './spec/provisioner.js';
import { causesOf, expectEachOnceInOrder, openInvestigation, qualityDepartment, record } from './spec/quality-department.js';

const ACK_WAIT_MS = 300;
const HELD = 8;

/** Hands over in eights, backwards, each message twice, and loses two of three acks. */
function unruly(feed: SourceFeed, count: { handedOver: number; acksLost: number }): SourceFeed {
  return {
    newest: () => feed.newest(),
    run: async (target, stopped) => {
      let held: Delivery[] = [];
      const empty = async () => {
        const backwards = held.reverse();
        held = [];
        for (const delivery of backwards.flatMap(each => [each, each])) {
          count.handedOver++;
          await target.take(delivery);
        }
      };
      const late = setInterval(() => void empty(), 50);
      await feed.run({
        begin: () => target.begin(),
        beat: () => target.beat(),
        take: async delivery => {
          held.push({ ...delivery, ack: () => { if (delivery.seq % 3 === 0) delivery.ack(); else count.acksLost++; } });
          if (held.length >= HELD) await empty();
        },
      }, stopped).finally(() => clearInterval(late));
    },
  };
}

describe('a bus that keeps no rule', () => {
  let nats: NatsFolder;
  let bus: Bus;
  const intake = intakeLog();
  let closing: (() => Promise<unknown> | unknown)[];

  beforeAll(async () => {
    Logger.overrideLogger(false);
    nats = new NatsFolder();
    bus = connectBus({ servers: await nats.start(), name: 'test' });
    const relay = new Relay(intake, natsOwnStream(bus, 'intake'));
    relay.start();
    closing = [keepProvisioned(nats.url, { consumers: [['intake', 'quality'], ['intake', 'billing']], ackWaitMs: ACK_WAIT_MS }), () => relay.close()];
    closing.push(answerLogRange(bus, intake));
  });

  afterAll(async () => {
    for (const close of closing.reverse()) await close();
    await bus.close();
    await nats.remove();
  });

  it('doubles, reverses and forgets acks, and each event is answered once and in the order of its case', async () => {
    const store = openMemoryStore({ log: 'quality' });
    const count = { handedOver: 0, acksLost: 0 };
    const consumer = new SourceConsumer('intake', {
      log: 'quality', store, decode, open: async recorded => ({ ...recorded, personal: null }),
      execute: (command, meta) => record(store, command, meta),
    }, { feed: unruly(natsSourceFeed(bus, 'intake', 'quality'), count), owner: natsLogOwner(bus, 'intake', 'quality') },
    new Map([['ComplaintRegistered', async event => [openInvestigation(event)]]]), { ackWaitMs: ACK_WAIT_MS });
    closing.push(() => consumer.close());
    await registerComplaints(intake, 300);
    const start = Date.now();
    consumer.start();
    await eventually('300 dealt with', async () => await store.inboxPosition('intake') === 300, 10_000);
    await expectEachOnceInOrder(store, 300);
    expect(count.handedOver).toBeGreaterThanOrEqual(600);
    expect(count.acksLost).toBeGreaterThan(0);
    process.stdout.write(`${JSON.stringify({ fault: 'doubled, reversed, acks lost', events: 300, missing: 0, doubled: 0, ...count, healingMs: Date.now() - start })}\n`);
  }, 20_000);

  it('brings an event of a version that nobody here reads: it waits in quarantine, the others go on, and an upgrade lets it be retried', async () => {
    const head = await intake.head();
    await registerComplaints(intake, 2);
    await registerComplaints(intake, 1, { schema: 99 });
    await registerComplaints(intake, 2);
    let isUpgraded = false;
    const { store, strategy, listen } = qualityDepartment(bus, {
      store: openMemoryStore({ log: 'billing' }),
      over: {
        log: 'billing',
        decode: bytes => {
          const event = decode(bytes);
          if (event.schema === 99 && !isUpgraded) throw new Error('no upcaster for version 99');
          return event;
        },
      },
    });
    closing.push(() => strategy.close());
    listen();
    await eventually('all dealt with', async () => await store.inboxPosition('intake') === head + 5, 10_000);
    const mark = { source: 'intake', index: head + 2 };
    expect((await store.quarantined()).filter(({ source }) => source === 'intake')).toMatchObject([{ ...mark, reason: 'is not JSON or of an unknown format' }]);
    expect(await causesOf(store)).not.toContain(head + 2);
    await expect(strategy.retryQuarantined(mark)).resolves.toMatchObject({ outcome: 'still-failing' });
    isUpgraded = true;
    await expect(strategy.retryQuarantined(mark)).resolves.toEqual({ outcome: 'done' });
    expect(await causesOf(store)).toContain(head + 2);
  }, 20_000);
});
