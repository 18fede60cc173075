import { setTimeout as pause } from 'node:timers/promises';
import { jetstreamManager } from '@nats-io/jetstream';
import { decode, openMemoryStore, type EventStore } from 'aftercare/event-store';
import type { Opened } from 'aftercare/kernel';
import { answerLogRange, connectBus, connectOnce, JetStreamStrategy, natsOwnStream, Relay, type Bus } from 'aftercare/messaging';
import { uuidv7 } from 'uuidv7';
import { Provisioner } from '../nats/provisioner.js';
import { NatsCluster, type NodeName } from './nats-cluster.js';

const SETTLED_WITHIN_MS = 60_000;
const EVERY_MS = 5;
const MOST_KILLS = 4;
const RECORDED_BETWEEN_MS = 2_500;

/** The longest time in which a number did not grow although there was more to come. */
class Progress {
  longestMs = 0;
  private last = -1;
  private since = Date.now();

  see(value: number): void {
    if (value !== this.last) this.since = Date.now();
    this.last = value;
    this.longestMs = Math.max(this.longestMs, Date.now() - this.since);
  }
}

/** Section 7 of the plan: a department whose bus is three machines notices the loss of one of them by a pause and by nothing else. */
describe('three NATS servers of which one after the other is killed', () => {
  let cluster: NatsCluster;
  let provisioner: Provisioner;
  const closing: (() => Promise<unknown> | unknown)[] = [];

  beforeAll(async () => {
    cluster = await NatsCluster.start();
    const asProvisioner = { servers: cluster.addresses, seedFile: cluster.seedFileOf('provisioner') };
    // As a department has it that comes from one server: its stream becomes three where it is.
    const single = new Provisioner(asProvisioner);
    await until('one copy of each stream', () => single.provision().then(() => true));
    await single.close();
    if ((await cluster.standing('INTAKE')).level !== 1) throw new Error('the journey is to begin with one copy of each stream');
    provisioner = new Provisioner({ ...asProvisioner, replicas: 3 });
    provisioner.start();
    closing.push(() => provisioner.close());
    await until('three level copies of the stream', async () => (await cluster.standing('INTAKE')).level === 3);
  }, 90_000);
  afterAll(async () => {
    for (const close of closing.reverse()) await close();
    await cluster.stop();
  }, 60_000);

  const busOf = (name: string): Bus => {
    const bus = connectBus({ servers: cluster.addresses, name, nkeyFile: cluster.seedFileOf(name) });
    closing.push(() => bus.close());
    return bus;
  };

  async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
    for (const deadline = Date.now() + SETTLED_WITHIN_MS; Date.now() < deadline; await pause(50)) {
      if (await holds().catch(() => false)) return;
    }
    throw new Error(`never happened: ${what}`);
  }

  async function register(store: EventStore, number: number): Promise<void> {
    await store.append({
      stream: `complaint-${uuidv7()}`, expectedVersion: -1, commandId: uuidv7(), fingerprint: 'fp',
      events: [{
        id: uuidv7(), type: 'ComplaintRegistered', schema: 1, occurredAt: '2026-03-02T01:30:00.000Z', actor: { id: 'staff-7', role: 'clerk' },
        onBehalfOf: null, reason: null, correlationId: `case-${number % 7}`, causationId: null, policy: null, signature: null, data: { number }, personal: null,
      }],
    });
  }

  it('0 events missing, 0 doubled, with the leader of the stream killed, brought back, and the next one killed', async () => {
    const intake = openMemoryStore({ log: 'intake' });
    const quality = openMemoryStore({ log: 'quality' });
    const intakeBus = busOf('intake');
    const relay = new Relay(intake, natsOwnStream(intakeBus, 'intake'));
    const heard: number[] = [];
    const strategy = new JetStreamStrategy({
      log: 'quality', store: quality, bus: busOf('quality'), decode, open: async (recorded) => ({ ...recorded, personal: null }), execute: async () => undefined,
    });
    strategy.addHandler('intake.ComplaintRegistered', (async (event: Opened) => { heard.push(event.index); return undefined; }), true);
    relay.start();
    strategy.listen(() => undefined);
    closing.push(answerLogRange(intakeBus, intake), () => relay.close(), () => strategy.close());

    const [relaying, hearing] = [new Progress(), new Progress()];
    let recorded = 0;
    let isRecording = true;
    const recording = (async () => {
      while (isRecording) {
        await register(intake, recorded++);
        relaying.see((await relay.status()).relayed);
        hearing.see(heard.length);
        await pause(EVERY_MS);
      }
    })();
    // A failure in between must not leave it recording for ever.
    closing.push(() => { isRecording = false; });
    const killed: NodeName[] = [];
    // Who leads next is up to the servers, which may choose the one that has just come back.
    while (new Set(killed).size < 2 && killed.length < MOST_KILLS) {
      await pause(RECORDED_BETWEEN_MS);
      const { leader } = await cluster.standing('INTAKE');
      await cluster.kill(leader);
      killed.push(leader);
      const before = (await relay.status()).relayed;
      await until('publishing goes on without it', async () => (await relay.status()).relayed > before + 10);
      await pause(RECORDED_BETWEEN_MS);
      await cluster.join(leader);
      await until('three level copies again', async () => (await cluster.standing('INTAKE')).level === 3);
    }
    isRecording = false;
    await recording;
    await until('all relayed and heard', async () => (await relay.status()).relayed === recorded - 1 && new Set(heard).size === recorded && await quality.inboxPosition('intake') === recorded);

    process.stdout.write(`three NATS servers: killed ${killed.join(', ')}; ${recorded} events, longest pause of the relay ${relaying.longestMs} ms, of the listener ${hearing.longestMs} ms\n`);
    expect([...heard].sort((one, two) => one - two)).toEqual(Array.from({ length: recorded }, (_, index) => index));
    expect(await quality.quarantined()).toEqual([]);
    await expectExactCopy(intake, recorded);
    expect(relaying.longestMs).toBeLessThan(20_000);
  }, 240_000);

  async function expectExactCopy(store: EventStore, count: number): Promise<void> {
    const connection = await connectOnce({ servers: cluster.addresses, name: 'operator', nkeyFile: cluster.seedFileOf('operator') });
    const manager = await jetstreamManager(connection, { checkAPI: false });
    expect((await manager.streams.info('INTAKE')).state).toMatchObject({ messages: count, first_seq: 1, last_seq: count });
    for (const { index, bytes } of await store.readLog(0, count)) {
      const message = await manager.streams.getMessage('INTAKE', { seq: index + 1 });
      expect(Buffer.from(message?.data ?? []).equals(bytes)).toBe(true);
    }
    await connection.close();
  }
});
