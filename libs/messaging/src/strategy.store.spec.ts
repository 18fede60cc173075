import { AckPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { decode, StoreUnavailable, type EventStore } from 'aftercare/event-store';
import type { Opened } from 'aftercare/kernel';
import { connectBus, type Bus } from './bus.js';
import { answerLogRange } from './log-range.js';
import { pause } from './pause.js';
import { natsOwnStream } from './nats-own-stream.js';
import { Relay } from './relay.js';
import { eventually } from './spec/eventually.js';
import { intakeLog, registerComplaints } from './spec/intake-log.js';
import { NatsFolder } from './spec/nats-folder.js';
import { keepProvisioned } from './spec/provisioner.js';
import {
  causesOf, expectEachOnceInOrder, openInvestigation, qualityDepartment, record, type QualityOptions,
} from './spec/quality-department.js';

/** A server that goes away costs its clients whole time-outs before they look again. */
const RESTART_MS = 20_000;
const ACK_WAIT_MS = 600;

describe('reactions to the events of another department', () => {
  let nats: NatsFolder;
  let bus: Bus;
  let intake: EventStore;
  let relay: Relay;
  let closing: (() => Promise<unknown> | unknown)[];

  beforeEach(async () => {
    nats = new NatsFolder();
    bus = connectBus({ servers: await nats.start(), name: 'test' });
    intake = intakeLog();
    relay = new Relay(intake, natsOwnStream(bus, 'intake'), { pollMs: 100 });
    closing = [];
    closing.push(keepProvisioned(nats.url, { streams: [], ackWaitMs: ACK_WAIT_MS }));
  });

  afterEach(async () => {
    for (const close of closing) await close();
    await relay.close();
    await bus.close();
    await nats.remove();
  });

  /** As every department does, the owner also answers for what the bus does not bring. */
  function startRelay(): void {
    startRelayAlone();
    closing.push(answerLogRange(bus, intake));
  }

  function startRelayAlone(): void {
    closing.push(keepProvisioned(nats.url, { consumers: [] }));
    relay.start();
  }

  function quality(options: QualityOptions = {}) {
    const department = qualityDepartment(bus, options);
    department.listen();
    closing.push(() => department.strategy.close());
    return department;
  }

  /** A stream that takes whatever the test publishes, as no relay would. */
  async function lawlessStream(messages: readonly (Uint8Array | string)[]): Promise<void> {
    const connection = await bus.online();
    if (!connection) throw new Error('the bus is closed');
    const manager = await jetstreamManager(connection, { checkAPI: false });
    await manager.streams.add({ name: 'INTAKE', subjects: ['intake.events.>'] });
    for (const message of messages) await jetstream(connection).publish('intake.events.ComplaintRegistered', message);
  }

  async function bytesOf(store: EventStore, most = 1_000): Promise<Uint8Array[]> {
    return (await store.readLog(0, most)).map(({ bytes }) => bytes);
  }

  async function dealtWith(store: EventStore, count: number): Promise<void> {
    await eventually(`${count} dealt with`, async () => await store.inboxPosition('intake') === count);
  }

  it('are made once and in the order of each case, effect and position together', async () => {
    const { store } = quality({
      reactions: { 'intake.ComplaintRegistered': async event => { await pause((event.index * 7) % 5); return openInvestigation(event); } },
    });
    startRelay();
    await registerComplaints(intake, 200);
    await dealtWith(store, 200);
    await expectEachOnceInOrder(store, 200);
  });

  it('are made of what the bus brings, without a question to the owner, also when its consumer is made while messages arrive', async () => {
    const { store } = quality();
    startRelayAlone();
    await registerComplaints(intake, 150);
    await dealtWith(store, 150);
    await registerComplaints(intake, 50);
    await dealtWith(store, 200);
    await expectEachOnceInOrder(store, 200);
  });

  it('are not made for types nobody listens to, which are marked all the same', async () => {
    const { store } = quality();
    startRelay();
    await registerComplaints(intake, 150, { type: 'ComplaintWithdrawn' });
    await registerComplaints(intake, 1);
    await dealtWith(store, 151);
    expect(await causesOf(store)).toEqual([150]);
  });

  it('are not repeated for doubled and shuffled messages, and keep the order of the case', async () => {
    await registerComplaints(intake, 30);
    const bytes = await bytesOf(intake);
    const shuffled = [...bytes.slice(10), ...bytes.slice(0, 20), ...bytes].sort((a, b) => (a[80] ?? 0) - (b[80] ?? 0));
    await lawlessStream([...shuffled.reverse(), ...bytes]);
    const { store } = quality();
    await dealtWith(store, 30);
    await expectEachOnceInOrder(store, 30);
  });

  it('come from the owner page after page, without a quiet time for each, when the bus brought none', async () => {
    closing.push(answerLogRange(bus, intake));
    await registerComplaints(intake, 1_000);
    const { store } = quality({ over: { times: { retryMs: [5], quietMs: 2_500 } } });
    await eventually('1000 dealt with', async () => await store.inboxPosition('intake') === 1_000, 6_000);
    await expectEachOnceInOrder(store, 1_000);
  }, 20_000);

  it('wait for a message missing in the stream until its owner gives it', async () => {
    await registerComplaints(intake, 20);
    const bytes = await bytesOf(intake);
    await lawlessStream(bytes);
    const connection = await bus.online();
    if (connection) await (await jetstreamManager(connection)).streams.deleteMessage('INTAKE', 11);
    const { store, strategy } = quality();
    await dealtWith(store, 10);
    await pause(300);
    expect(await store.inboxPosition('intake')).toBe(10);
    expect(strategy.statusOfSources()).toMatchObject([{ source: 'intake', due: 10, missingSince: expect.any(String) }]);
    closing.push(answerLogRange(bus, intake));
    await dealtWith(store, 20);
    await expectEachOnceInOrder(store, 20);
    await eventually('nothing missing', () => strategy.statusOfSources()[0]?.missingSince === null);
  });

  it('are not delayed by messages that went back to the server because too many waited for a missing one', async () => {
    await registerComplaints(intake, 1_200);
    await lawlessStream(await bytesOf(intake, 2_000));
    const connection = await bus.online();
    if (connection) await (await jetstreamManager(connection)).streams.deleteMessage('INTAKE', 1);
    const { store, strategy } = quality({ over: { times: { retryMs: [5] } } });
    await eventually('as many held as may be', () => strategy.statusOfSources()[0]?.open === 512);
    await pause(300);
    closing.push(answerLogRange(bus, intake));
    const start = Date.now();
    await dealtWith(store, 1_200);
    expect(Date.now() - start).toBeLessThan(3_500);
    await expectEachOnceInOrder(store, 1_200);
  }, RESTART_MS);

  it('are made for the newest events as well when the bus forgot exactly those', async () => {
    await registerComplaints(intake, 10);
    await lawlessStream((await bytesOf(intake)).slice(0, 7));
    closing.push(answerLogRange(bus, intake));
    const { store } = quality();
    await dealtWith(store, 10);
    await expectEachOnceInOrder(store, 10);
  });

  it('that always fail end in quarantine with their bytes, the others go on, and a later retry works', async () => {
    let isBroken = true;
    const { store, strategy } = quality({
      reactions: {
        'intake.ComplaintRegistered': event => {
          if (isBroken && event.index === 3) throw new Error('no rule for this product');
          return openInvestigation(event);
        },
      },
    });
    startRelay();
    await registerComplaints(intake, 20);
    await dealtWith(store, 20);
    const [stored] = await intake.readLog(3, 1);
    const [entry, ...others] = await store.quarantined();
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ source: 'intake', index: 3, type: 'ComplaintRegistered', reason: 'Error: no rule for this product' });
    expect(Buffer.from(entry?.bytes ?? []).equals(stored?.bytes ?? Buffer.of(1))).toBe(true);
    expect(await causesOf(store)).not.toContain(3);

    await expect(strategy.retryQuarantined({ source: 'intake', index: 3 })).resolves
      .toEqual({ outcome: 'still-failing', reason: 'no rule for this product' });
    isBroken = false;
    await expect(strategy.retryQuarantined({ source: 'intake', index: 3 })).resolves.toEqual({ outcome: 'done' });
    expect(await store.quarantined()).toEqual([]);
    expect([...await causesOf(store)].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index));
  });

  it('that nobody makes any more keep their message in quarantine until somebody signs', async () => {
    const { store, strategy } = quality({ reactions: { 'intake.ComplaintWithdrawn': openInvestigation } });
    await registerComplaints(intake, 1);
    const [bytes = Buffer.of()] = await bytesOf(intake);
    const kept = { type: 'ComplaintRegistered', reason: 'no rule', at: '2026-03-02T01:30:00.000Z', bytes };
    await store.quarantine({ source: 'intake', index: 0, ...kept });
    await store.quarantine({ source: 'intake!set-back', index: 0, ...kept });
    await eventually('listening', async () => (await strategy.retryQuarantined({ source: 'intake', index: 0 }).catch(() => null)) !== null);
    await expect(strategy.retryQuarantined({ source: 'intake', index: 0 })).resolves
      .toEqual({ outcome: 'still-failing', reason: 'nobody reacts to ComplaintRegistered any more; drop it with a signature' });
    await expect(strategy.retryQuarantined({ source: 'intake!set-back', index: 0 })).resolves.toMatchObject({ outcome: 'still-failing' });
    expect(await store.quarantined()).toHaveLength(2);
  });

  it('are tried again after a passing failure without quarantine', async () => {
    let failures = 2;
    const { store } = quality({
      reactions: {
        'intake.ComplaintRegistered': event => {
          if (failures-- > 0) throw new Error('passing');
          return openInvestigation(event);
        },
      },
    });
    startRelay();
    await registerComplaints(intake, 3, { correlationId: 'case-1' });
    await dealtWith(store, 3);
    expect(await causesOf(store)).toEqual([0, 1, 2]);
    expect(await store.quarantined()).toEqual([]);
  });

  it('wait as long as the own store takes nothing, and say so', async () => {
    let isAway = true;
    const { store, strategy } = quality({
      over: {
        decode,
        execute: async (command, meta) => {
          if (isAway) throw new StoreUnavailable('disk full');
          await record(store, command, meta);
        },
      },
    });
    startRelay();
    await registerComplaints(intake, 5);
    await eventually('reported', () => strategy.statusOfSources()[0]?.isStoreAway === true);
    await pause(400);
    expect(await store.quarantined()).toEqual([]);
    isAway = false;
    await dealtWith(store, 5);
    await expectEachOnceInOrder(store, 5);
    expect(strategy.statusOfSources()[0]?.isStoreAway).toBe(false);
  });

  it('are never made for bytes that are not the owner\'s; the genuine event of that place still is', async () => {
    await registerComplaints(intake, 6);
    const [zero, one, two, three, four, five] = await bytesOf(intake) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array];
    const foreign = Buffer.from(Buffer.from(two).toString().replace('"log":"intake"', '"log":"billing"'));
    const beyond = Buffer.from(Buffer.from(two).toString().replace('"index":2', '"index":99'));
    await lawlessStream([zero, one, foreign, three, Buffer.from([0xff, 0xfe]), five, beyond]);
    expect(four.length).toBeGreaterThan(0);
    closing.push(answerLogRange(bus, intake));
    const { store } = quality();
    await dealtWith(store, 6);
    await expectEachOnceInOrder(store, 6);
    await eventually('all strays kept', async () => (await store.quarantined()).length === 3);
    expect((await store.quarantined()).map(({ source, index, reason }) => ({ source, index, reason }))).toEqual([
      { source: 'intake!stray', index: 2, reason: 'claims another log than intake' },
      { source: 'intake!stray', index: 4, reason: 'is not UTF-8' },
      { source: 'intake!stray', index: 6, reason: 'the log of intake ends before it' },
    ]);
  });

  it('give each command an id made of the event and its place; no command still marks', async () => {
    const ids: (string | undefined)[] = [];
    const marks: (number | undefined)[] = [];
    const { store } = quality({
      reactions: {
        'intake.ComplaintRegistered': event => event.index === 0
          ? [openInvestigation(event), { ...openInvestigation(event), id: 'other' }] : undefined,
      },
      over: {
        decode,
        execute: async (command, meta) => {
          ids.push(meta.commandId.replace(meta.causation.id, 'event'));
          marks.push(meta.inbox?.index);
          await record(store, command, meta);
        },
      },
    });
    startRelay();
    await registerComplaints(intake, 2);
    await dealtWith(store, 2);
    expect(ids).toEqual(['event:0', 'event:1']);
    expect(marks).toEqual([undefined, 0]);
  });

  it('that take longer than the server waits are made once, because it is told that work goes on', async () => {
    let begun = 0;
    const { store } = quality({
      reactions: { 'intake.ComplaintRegistered': async event => { begun++; await pause(2_500); return openInvestigation(event); } },
      over: { times: { ackWaitMs: ACK_WAIT_MS } },
    });
    startRelay();
    await registerComplaints(intake, 3);
    await dealtWith(store, 3);
    expect(begun).toBe(3);
    const connection = await bus.online();
    if (!connection) throw new Error('the bus is closed');
    const manager = await jetstreamManager(connection);
    await eventually('all acked', async () => (await manager.consumers.info('INTAKE', 'quality')).num_ack_pending === 0, 400);
    expect((await manager.consumers.info('INTAKE', 'quality')).delivered.consumer_seq).toBe(3);
  }, RESTART_MS);

  it('are made once when a consumer of an earlier version, which acked each message, has to be replaced', async () => {
    await closing.shift()?.();
    await registerComplaints(intake, 8);
    await lawlessStream(await bytesOf(intake));
    const connection = await bus.online();
    if (!connection) throw new Error('the bus is closed');
    const manager = await jetstreamManager(connection);
    await manager.consumers.add('INTAKE', { durable_name: 'quality', ack_policy: AckPolicy.Explicit });
    closing.push(keepProvisioned(nats.url, { streams: [] }));
    const { store } = quality();
    await dealtWith(store, 8);
    await expectEachOnceInOrder(store, 8);
    await eventually('acked up to the last', async () =>
      (await manager.consumers.info('INTAKE', 'quality').catch(() => null))?.ack_floor?.stream_seq === 8);
    expect((await manager.consumers.info('INTAKE', 'quality')).config.ack_policy).toBe(AckPolicy.All);
  });

  it('under way are finished before the service stops, and the rest is made after the next start', async () => {
    const begun: number[] = [];
    const slow = { 'intake.ComplaintRegistered': async (event: Opened) => {
      begun.push(event.index);
      await pause(30);
      return openInvestigation(event);
    } };
    const first = quality({ reactions: slow });
    startRelay();
    await registerComplaints(intake, 100, { correlationId: 'case-1' });
    await eventually('begun', () => begun.length > 3);
    await first.strategy.close();
    const done = (await causesOf(first.store)).length;
    expect(begun.length).toBe(done);
    expect(done).toBeLessThan(100);
    closing.push(answerLogRange(bus, intake));
    const second = quality({ store: first.store });
    await dealtWith(second.store, 100);
    await expectEachOnceInOrder(second.store, 100);
  });

  it('begin when NATS appears after the department', async () => {
    await nats.stop();
    const late = connectBus({ servers: nats.url, name: 'late' });
    const department = qualityDepartment(late);
    department.listen();
    closing.push(() => department.strategy.close(), () => late.close());
    expect(late.status().connected).toBe(false);
    await registerComplaints(intake, 5);
    startRelay();
    await nats.start();
    await dealtWith(department.store, 5);
    await expectEachOnceInOrder(department.store, 5);
  }, RESTART_MS);
});
