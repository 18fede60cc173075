import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { connectBus, type Bus } from './bus.js';
import { natsOwnStream } from './nats-own-stream.js';
import { Relay } from './relay.js';
import { answerLogRange } from './log-range.js';
import { eventually } from './spec/eventually.js';
import { intakeLog, registerComplaints } from './spec/intake-log.js';
import { NatsFolder } from './spec/nats-folder.js';
import { keepProvisioned } from './spec/provisioner.js';
import { expectEachOnceInOrder, qualityDepartment } from './spec/quality-department.js';

/** A server that goes away costs its clients whole time-outs before they look again. */
const RESTART_MS = 20_000;

describe('the log of a department on the bus', () => {
  let nats: NatsFolder;
  let bus: Bus;
  let store: ReturnType<typeof intakeLog>;
  let relay: Relay;
  let closing: (() => Promise<unknown> | unknown)[];

  beforeEach(async () => {
    nats = new NatsFolder();
    bus = connectBus({ servers: await nats.start(), name: 'test' });
    store = intakeLog();
    relay = new Relay(store, natsOwnStream(bus, 'intake'), { pollMs: 100, window: 16 });
    closing = [keepProvisioned(nats.url)];
  });

  afterEach(async () => {
    for (const close of closing) await close();
    await relay.close();
    await bus.close();
    await nats.remove();
  });

  async function manager(): Promise<JetStreamManager> {
    const connection = await bus.online();
    if (!connection) throw new Error('the bus is closed');
    return jetstreamManager(connection, { checkAPI: false });
  }

  async function allRelayed(count: number): Promise<void> {
    await eventually(`${count} relayed`, async () => {
      const { relayed, connected } = await relay.status();
      return connected && relayed === count - 1;
    });
  }

  /** May take a look of the relay longer: a server that makes a stream again right after deleting it can lose its first messages. */
  async function expectExactCopy(count: number): Promise<void> {
    const jsm = await manager();
    await eventually(`an exact copy of ${count}`, async () => {
      const info = await jsm.streams.info('INTAKE').catch(() => null);
      if (info?.state.messages !== count || info.state.first_seq !== 1 || info.state.last_seq !== count) return false;
      const same = (await store.readLog(0, count)).map(async ({ index, bytes, event }) => {
        const message = await jsm.streams.getMessage('INTAKE', { seq: index + 1 }).catch(() => null);
        return message !== null && Buffer.from(message.data).equals(bytes) && message.header.get('ce-id') === event.id;
      });
      return (await Promise.all(same)).every(Boolean);
    });
  }

  function quality() {
    const department = qualityDepartment(bus);
    const stop = answerLogRange(bus, store);
    department.listen();
    closing.push(() => department.strategy.close(), stop);
    return department;
  }

  async function allAnswered(department: ReturnType<typeof quality>, count: number): Promise<void> {
    await eventually(`${count} answered`, async () => await department.store.inboxPosition('intake') === count);
    await expectEachOnceInOrder(department.store, count);
  }

  it('publishes the exact bytes in index order, with sequence = index + 1 and CloudEvents headers', async () => {
    await registerComplaints(store, 40);
    relay.start();
    await allRelayed(40);
    await registerComplaints(store, 10);
    await allRelayed(50);
    await expectExactCopy(50);
    const message = await (await manager()).streams.getMessage('INTAKE', { seq: 1 });
    const [first] = await store.readLog(0, 1);
    expect(message?.subject).toBe('intake.events.ComplaintRegistered');
    expect(Object.fromEntries(['ce-specversion', 'ce-type', 'ce-source', 'ce-subject'].map(name => [name, message?.header.get(name)])))
      .toEqual({ 'ce-specversion': '1.0', 'ce-type': 'ComplaintRegistered', 'ce-source': '/aftercare/intake', 'ce-subject': first?.event.stream });
  });

  it('stays free of doubles while the old and the new instance of a department both publish', async () => {
    await registerComplaints(store, 300);
    const other = new Relay(store, natsOwnStream(bus, 'intake'), { pollMs: 100, window: 16 });
    relay.start();
    other.start();
    for (let round = 0; round < 10; round++) await registerComplaints(store, 10);
    await allRelayed(400);
    await other.close();
    await expectExactCopy(400);
  });

  it('goes on after a restart without publishing anything twice', async () => {
    await registerComplaints(store, 20);
    relay.start();
    await allRelayed(20);
    await relay.close();
    await registerComplaints(store, 5);
    relay = new Relay(store, natsOwnStream(bus, 'intake'), { pollMs: 100 });
    relay.start();
    await allRelayed(25);
    await expectExactCopy(25);
  });

  it('publishes everything again when the stream was deleted', async () => {
    const department = quality();
    await registerComplaints(store, 30);
    relay.start();
    await allAnswered(department, 30);
    await (await manager()).streams.delete('INTAKE');
    await registerComplaints(store, 5);
    await allRelayed(35);
    await expectExactCopy(35);
    await allAnswered(department, 35);
  });

  it('notices a deleted stream although nothing new is recorded', async () => {
    await registerComplaints(store, 10);
    relay.start();
    await allRelayed(10);
    await (await manager()).streams.delete('INTAKE');
    await eventually('the stream is back', async () => {
      const info = await (await manager()).streams.info('INTAKE').catch(() => null);
      return info?.state.last_seq === 10;
    });
    await expectExactCopy(10);
  });

  it('heals when NATS lost its whole disk', async () => {
    const department = quality();
    await registerComplaints(store, 30);
    relay.start();
    await allAnswered(department, 30);
    await nats.stop('SIGKILL');
    nats.wipe();
    await registerComplaints(store, 10);
    await nats.start();
    await allRelayed(40);
    await expectExactCopy(40);
    await allAnswered(department, 40);
  }, RESTART_MS);

  it('heals when NATS was set back to an older copy of its disk', async () => {
    const department = quality();
    await registerComplaints(store, 12);
    relay.start();
    await allAnswered(department, 12);
    await nats.stop();
    nats.save();
    await nats.start();
    await registerComplaints(store, 12);
    await allAnswered(department, 24);
    await nats.stop('SIGKILL');
    nats.setBack();
    await nats.start();
    await registerComplaints(store, 6);
    await allRelayed(30);
    await expectExactCopy(30);
    await allAnswered(department, 30);
  }, RESTART_MS);

  it.each([20, 30, 45])('throws away a stream that holds another history of %d events and publishes its own 30', async length => {
    const other = intakeLog();
    await registerComplaints(other, length);
    const otherRelay = new Relay(other, natsOwnStream(bus, 'intake'));
    otherRelay.start();
    await eventually('the other history is there', async () => (await otherRelay.status()).relayed === length - 1);
    await otherRelay.close();
    await registerComplaints(store, 30);
    relay.start();
    await allRelayed(30);
    await expectExactCopy(30);
    await allAnswered(quality(), 30);
  });

  it('replaces a stream that a stranger wrote into', async () => {
    await registerComplaints(store, 10);
    relay.start();
    await allRelayed(10);
    (await bus.online())?.publish('intake.events.ComplaintRegistered', 'forged');
    await registerComplaints(store, 3);
    await eventually('an exact copy', async () => {
      const { state } = await (await manager()).streams.info('INTAKE').catch(() => ({ state: { last_seq: 0 } }));
      return state.last_seq === 13 && (await relay.status()).relayed === 12;
    });
    await expectExactCopy(13);
  });

  it('replaces a stream that lost messages in the middle, although it counts on', async () => {
    await closing.shift()?.();
    await (await manager()).streams.add({ name: 'INTAKE', subjects: ['intake.events.>'] });
    await registerComplaints(store, 30);
    relay.start();
    await allRelayed(30);
    const { created } = await (await manager()).streams.info('INTAKE');
    await (await manager()).streams.deleteMessage('INTAKE', 13);
    await eventually('the copy with a hole thrown away', async () => (await relay.status()).state === 'waiting for the stream to be provisioned');
    closing.push(keepProvisioned(nats.url));
    await eventually('another stream', async () => (await relay.status()).state === 'publishing' && (await relay.status()).lag === 0);
    expect((await (await manager()).streams.info('INTAKE')).created).not.toBe(created);
    await allRelayed(30);
    await expectExactCopy(30);
  });

  it('starts without NATS and publishes when it appears', async () => {
    await nats.stop();
    await registerComplaints(store, 5);
    relay.start();
    const lost = connectBus({ servers: nats.url, name: 'early' });
    const early = new Relay(store, natsOwnStream(lost, 'intake'), { pollMs: 100 });
    early.start();
    expect(await early.status()).toMatchObject({ relayed: -1, lag: 5, connected: false });
    await nats.start();
    await eventually('relayed', async () => (await early.status()).relayed === 4);
    await early.close();
    await lost.close();
    await allRelayed(5);
    await expectExactCopy(5);
  }, RESTART_MS);
});
