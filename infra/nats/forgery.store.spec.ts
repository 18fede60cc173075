import { setTimeout as pause } from 'node:timers/promises';
import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { decode, openMemoryStore } from 'aftercare/event-store';
import type { Opened } from 'aftercare/kernel';
import { answerLogRange, connectBus, JetStreamStrategy, logAnswersSubject, natsOwnStream, Relay } from 'aftercare/messaging';
import { uuidv7 } from 'uuidv7';
import { Provisioner } from './provisioner.js';
import { GuardedServer } from './spec/guarded-server.js';

const LONG_ENOUGH_MS = 600;

/** What a taken-over department may still try: to have others, who may, write for it. */
describe('a department that was taken over', () => {
  let guarded: GuardedServer;
  let quality: NatsConnection;
  let closing: (() => Promise<unknown> | unknown)[];

  beforeEach(async () => {
    guarded = await GuardedServer.start();
    closing = [];
    const provisioner = new Provisioner({ servers: guarded.server.url, seedFile: guarded.seedFileOf('provisioner') });
    await provisioner.provision();
    await provisioner.close();
    quality = await guarded.as('quality');
  }, 30_000);
  afterEach(async () => {
    for (const close of closing) await close();
    await guarded.stop();
  });

  const busOf = (name: string) => {
    const bus = connectBus({ servers: guarded.server.url, name, nkeyFile: guarded.seedFileOf(name) });
    closing.unshift(() => bus.close());
    return bus;
  };

  async function lastMessageOf(stream: string): Promise<{ readonly last: number; readonly subject: string | undefined }> {
    const manager = await jetstreamManager(await guarded.as('operator'), { checkAPI: false });
    const { state } = await manager.streams.info(stream);
    const message = state.last_seq === 0 ? null : await manager.streams.getMessage(stream, { seq: state.last_seq });
    return { last: state.last_seq, subject: message?.subject };
  }

  /** Bytes that billing's log could have written: nothing in them tells that it did not. */
  async function eventOfBilling(approval: string): Promise<Uint8Array> {
    const log = openMemoryStore({ log: 'billing' });
    await log.append({
      stream: `approval-${approval}`, expectedVersion: -1, commandId: uuidv7(), fingerprint: 'fp',
      events: [{
        id: uuidv7(), type: 'CompensationApproved', schema: 1, occurredAt: '2026-03-02T01:30:00.000Z', actor: { id: 'staff-1', role: 'manager' },
        onBehalfOf: null, reason: null, correlationId: 'case-1', causationId: null, policy: null, signature: null, data: { approval }, personal: null,
      }],
    });
    const [stored] = await log.readLog(0, 1);
    return (stored as { readonly bytes: Uint8Array }).bytes;
  }

  function intake(): { readonly heard: string[]; readonly quarantine: () => Promise<readonly string[]> } {
    const store = openMemoryStore({ log: 'intake' });
    const heard: string[] = [];
    const strategy = new JetStreamStrategy({
      log: 'intake', store, bus: busOf('intake'), decode, open: async (recorded) => ({ ...recorded, personal: null }), execute: async () => undefined,
    });
    strategy.addHandler('billing.CompensationApproved', (async (event: Opened) => {
      heard.push((event.data as { approval: string }).approval);
      return undefined;
    }), true);
    strategy.listen(() => undefined);
    closing.unshift(() => strategy.close());
    return { heard, quarantine: async () => (await store.quarantined()).map(({ source, reason }) => `${source}: ${reason}`) };
  }

  it('has no effect with an event of another department that it makes the server send into its stream', async () => {
    const { heard, quarantine } = intake();
    quality.publish('quality.events.X', await eventOfBilling('forged'));
    await quality.flush();
    quality.publish('$JS.API.CONSUMER.MSG.NEXT.QUALITY.quality', '', { reply: 'billing.events.CompensationApproved' });
    await quality.flush();
    await pause(LONG_ENOUGH_MS);

    // The server lets it in, and keeps the subject that only quality could use.
    expect(await lastMessageOf('BILLING')).toEqual({ last: 1, subject: 'quality.events.X' });
    expect(heard).toEqual([]);
    expect(await quarantine()).toEqual(['billing!stray: was published elsewhere and sent on into this stream']);

    const store = openMemoryStore({ log: 'billing' });
    const billing = busOf('billing');
    const relay = new Relay(store, natsOwnStream(billing, 'billing'), { pollMs: 100 });
    const provisioner = new Provisioner({ servers: guarded.server.url, seedFile: guarded.seedFileOf('provisioner'), lookMs: 50 });
    provisioner.start();
    relay.start();
    closing.unshift(() => provisioner.close(), () => relay.close());
    const genuine = JSON.parse(Buffer.from(await eventOfBilling('genuine')).toString()) as Parameters<typeof store.append>[0]['events'][number] & { stream: string };
    await store.append({ stream: genuine.stream, expectedVersion: -1, commandId: uuidv7(), fingerprint: 'fp', events: [genuine] });
    for (let waited = 0; heard.length === 0 && waited < 20_000; waited += 20) await pause(20);
    expect(heard).toEqual(['genuine']);
  }, 30_000);

  it('cannot make the owner of a log write its answer into a stream', async () => {
    const bus = busOf('intake');
    closing.unshift(answerLogRange(bus, openMemoryStore({ log: 'intake' })));
    await (await bus.online())?.flush();
    const asking = { timeout: 2_000, noMux: true, reply: `${logAnswersSubject('intake', 'quality')}.1` };
    await expect(quality.request('intake.log.range', JSON.stringify({ from: 0, limit: 1 }), asking)).resolves.toBeDefined();
    quality.publish('intake.log.range', JSON.stringify({ from: 0, limit: 1 }), { reply: 'billing.events.CompensationApproved' });
    await quality.flush();
    await pause(LONG_ENOUGH_MS);
    expect((await lastMessageOf('BILLING')).last).toBe(0);
  }, 30_000);

  it('cannot make the server ask for it what it may not ask itself', async () => {
    const spy = { stream_name: 'BILLING', config: { durable_name: 'spy', deliver_subject: '_INBOX_quality.spy', ack_policy: 'none', deliver_policy: 'all' } };
    for (const [body, asked] of [[JSON.stringify(spy), 'CONSUMER.DURABLE.CREATE.BILLING.spy'], ['', 'STREAM.DELETE.BILLING'], ['', 'STREAM.PURGE.BILLING']] as const) {
      quality.publish('quality.events.X', body);
      await quality.flush();
      quality.publish('$JS.API.CONSUMER.MSG.NEXT.QUALITY.quality', '', { reply: `$JS.API.${asked}` });
      await quality.flush();
    }
    await pause(LONG_ENOUGH_MS);
    const manager = await jetstreamManager(await guarded.as('operator'), { checkAPI: false });
    expect((await manager.streams.info('BILLING')).state.consumer_count).toBe(2);
  }, 30_000);
});
