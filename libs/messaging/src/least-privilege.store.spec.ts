import { jetstreamManager } from '@nats-io/jetstream';
import { connectBus } from './bus.js';
import { answerLogRange } from './log-range.js';
import { natsOwnStream } from './nats-own-stream.js';
import { Relay } from './relay.js';
import { eventually } from './spec/eventually.js';
import { GuardedNats, type Rights } from './spec/guarded-nats.js';
import { intakeLog, registerComplaints } from './spec/intake-log.js';
import { keepProvisioned } from './spec/provisioner.js';
import { expectEachOnceInOrder, qualityDepartment } from './spec/quality-department.js';

const owning = (department: string): Rights => ({
  publish: [
    `${department}.events.>`, `${department}.log.answers.>`, ...['INFO', 'MSG.GET', 'DELETE'].map(call => `$JS.API.STREAM.${call}.${department.toUpperCase()}`),
  ],
  subscribe: [`_INBOX_${department}.>`, `${department}.log.range`],
});
const listening = (department: string, source: string): Rights => ({
  publish: [
    `$JS.API.CONSUMER.INFO.${source.toUpperCase()}.${department}`, `$JS.API.CONSUMER.MSG.NEXT.${source.toUpperCase()}.${department}`,
    `$JS.ACK.${source.toUpperCase()}.${department}.>`, `${source}.log.range`,
  ],
  subscribe: [`_INBOX_${department}.>`, `${source}.log.answers.${department}.>`],
});

describe('a service with no more rights on the bus than it needs', () => {
  const closing: (() => Promise<unknown> | unknown)[] = [];

  afterAll(async () => {
    for (const close of closing.reverse()) await close();
  });

  it('publishes, listens, asks for what is missing and gets its stream replaced without one refused call', async () => {
    const nats = await GuardedNats.start({ intake: owning('intake'), quality: listening('quality', 'intake') });
    closing.push(() => nats.stop());
    const busOf = (name: string) => connectBus({ servers: nats.url(name), name });
    const [intakeBus, qualityBus, operatorBus] = [busOf('intake'), busOf('quality'), connectBus({ servers: nats.url('operator'), name: 'operator' })];
    closing.push(...[intakeBus, qualityBus, operatorBus].map(bus => () => bus.close()), keepProvisioned(nats.url('operator')));
    const intake = intakeLog();
    closing.push(answerLogRange(intakeBus, intake));
    const relay = new Relay(intake, natsOwnStream(intakeBus, 'intake'), { pollMs: 100 });
    const { store, strategy, listen } = qualityDepartment(qualityBus);
    const dealtWith = (count: number) => eventually(`${count} dealt with`, async () => await store.inboxPosition('intake') === count);

    closing.push(() => relay.close(), () => strategy.close());
    relay.start();
    listen();
    await registerComplaints(intake, 20);
    await dealtWith(20);
    const operator = await operatorBus.online();
    operator?.publish('intake.events.ComplaintRegistered', 'forged');
    await registerComplaints(intake, 5);
    await dealtWith(25);
    await eventually('the forged stream replaced', async () => (await relay.status()).state === 'publishing' && (await relay.status()).lag === 0);
    const manager = operator && await jetstreamManager(operator);
    await manager?.consumers.delete('INTAKE', 'quality');
    await registerComplaints(intake, 5);
    await dealtWith(30);
    await eventually('acked', async () => (await manager?.consumers.info('INTAKE', 'quality'))?.ack_floor.stream_seq === 30);
    await expectEachOnceInOrder(store, 30);
    expect(nats.violations()).toEqual([]);

    (await qualityBus.online())?.publish('intake.events.ComplaintRegistered', 'forged');
    await eventually('a refused call is seen at all', () => nats.violations().length === 1);
  }, 20_000);
});
