import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { decodeWith, openMemoryStore, type Decode, type EventStore } from 'aftercare/event-store';
import { connectBus, type Bus } from './bus.js';
import { answerLogRange } from './log-range.js';
import { natsOwnStream } from './nats-own-stream.js';
import { Relay } from './relay.js';
import { eventually } from './spec/eventually.js';
import { intakeLog, registerComplaints } from './spec/intake-log.js';
import { NatsFolder } from './spec/nats-folder.js';
import { keepProvisioned } from './spec/provisioner.js';
import { causesOf, qualityDepartment } from './spec/quality-department.js';

const knowing = (newest: number): Decode => decodeWith({ known: { intake: { ComplaintRegistered: newest } }, upcasters: [] });

describe('an event in a version that the listening department cannot read', () => {
  let nats: NatsFolder;
  let bus: Bus;
  let intake: EventStore;
  let relay: Relay;
  let close: () => Promise<void>;
  let stopProvisioning: ReturnType<typeof keepProvisioned>;

  beforeEach(async () => {
    nats = new NatsFolder();
    const url = await nats.start();
    stopProvisioning = keepProvisioned(url);
    bus = connectBus({ servers: url, name: 'test' });
    intake = intakeLog();
    relay = new Relay(intake, natsOwnStream(bus, 'intake'), { pollMs: 100 });
  });
  afterEach(async () => {
    await close();
    await relay.close();
    await bus.close();
    await stopProvisioning();
    await nats.remove();
  });

  it('is put aside once, under its own place and name, until the department is updated; the rest goes on', async () => {
    relay.start();
    let decode = knowing(1);
    const { store, strategy, listen } = qualityDepartment(bus, { over: { decode: (bytes) => decode(bytes) } });
    close = () => strategy.close();
    listen();
    await registerComplaints(intake, 2);
    await registerComplaints(intake, 1, { schema: 2 });
    await registerComplaints(intake, 2);
    await eventually('five dealt with', async () => await store.inboxPosition('intake') === 5);
    expect([...await causesOf(store)].sort((a, b) => a - b)).toEqual([0, 1, 3, 4]);
    expect(await store.quarantined()).toEqual([expect.objectContaining({
      source: 'intake', index: 2, type: 'ComplaintRegistered', bytes: Buffer.from((await intake.readLog(2, 1))[0]?.bytes ?? []),
      reason: 'intake event 2 is ComplaintRegistered version 2: this program knows up to 1, so it must be updated first',
    })]);
    expect(await strategy.retryQuarantined({ source: 'intake', index: 2 })).toMatchObject({ outcome: 'still-failing' });
    decode = knowing(2);
    expect(await strategy.retryQuarantined({ source: 'intake', index: 2 })).toEqual({ outcome: 'done' });
    expect([await store.quarantined(), await causesOf(store)]).toMatchObject([[], expect.arrayContaining([2])]);
  });

  it('is passed when nobody there listens to it, also when the owner had to be asked for it', async () => {
    await relay.close();
    const stopAnswering = answerLogRange(bus, intake);
    const { store, strategy, listen } = qualityDepartment(bus, { over: { decode: knowing(1) }, reactions: { 'intake.CaseClosed': () => undefined } });
    close = async () => { stopAnswering(); await strategy.close(); };
    await registerComplaints(intake, 1, { schema: 2 });
    await registerComplaints(intake, 1);
    const connection = await bus.online();
    if (!connection) throw new Error('the bus is closed');
    const manager = await jetstreamManager(connection, { checkAPI: false });
    await eventually('the stream provisioned', () => manager.streams.info('INTAKE').then(() => true, () => false));
    const [, second] = await intake.readLog(0, 2);
    await jetstream(connection).publish('intake.events.ComplaintRegistered', second?.bytes);
    listen();
    await eventually('both passed', async () => await store.inboxPosition('intake') === 2);
    expect(await store.quarantined()).toEqual([]);
  });

  it('goes with the name of the schema it was recorded by, though the relay itself reads it in the version of today', async () => {
    const upcasters = [{ log: 'intake', type: 'ComplaintRegistered', from: 1, data: ({ data }: { data: object }) => ({ ...data, added: null }) }];
    const upcast = openMemoryStore({ log: 'intake', decode: decodeWith({ known: { intake: { ComplaintRegistered: 2 } }, upcasters }) });
    const newer = new Relay(upcast, natsOwnStream(bus, 'intake'), { pollMs: 100 });
    close = () => newer.close();
    newer.start();
    await registerComplaints(upcast, 1);
    await registerComplaints(upcast, 1, { schema: 2 });
    await eventually('both relayed', async () => (await newer.status()).relayed === 1);
    const connection = await bus.online();
    if (!connection) throw new Error('the bus is closed');
    const { streams } = await jetstreamManager(connection, { checkAPI: false });
    const messages = await Promise.all([1, 2].map((seq) => streams.getMessage('INTAKE', { seq })));
    expect((await upcast.readLog(0, 2)).map(({ event }) => event.schema)).toEqual([2, 2]);
    expect(messages.map((message) => [message?.header.get('ce-dataschema'), message?.json<{ schema: number }>().schema]))
      .toEqual([['/schemas/intake/ComplaintRegistered.v1.json', 1], ['/schemas/intake/ComplaintRegistered.v2.json', 2]]);
  });
});
