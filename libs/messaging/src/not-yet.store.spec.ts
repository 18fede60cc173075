import { Logger } from '@nestjs/common';
import { decode, openMemoryStore, type EventStore } from 'aftercare/event-store';
import { NotYet } from './not-yet.js';
import type { ExecutionMeta } from './reacting.js';
import { Relay } from './relay.js';
import { SourceConsumer, type ConsumerTimes } from './source-consumer.js';
import { intakeLog, registerComplaints } from './spec/intake-log.js';
import { causesOf, expectEachOnceInOrder, openInvestigation, record } from './spec/quality-department.js';
import { SmallBus } from './spec/small-bus.js';
import { VirtualTime } from './spec/virtual-time.js';

const MINUTE = 60_000;

describe('a reaction that rests on what has not come here yet', () => {
  let time: VirtualTime;
  let intake: EventStore;
  let quality: EventStore;
  let consumer: SourceConsumer;
  let relay: Relay;
  let closing: (() => Promise<void>)[];
  /** Which events wait. */
  let isMissing: (meta: ExecutionMeta) => boolean;
  let beforeLooking: () => Promise<void>;

  beforeAll(() => Logger.overrideLogger(false));
  beforeEach(() => {
    time = new VirtualTime();
    intake = intakeLog();
    quality = openMemoryStore({ log: 'quality' });
    closing = [];
    beforeLooking = async () => undefined;
  });
  afterEach(async () => {
    for (const close of closing) await passWhile(close());
  });
  async function passWhile(work: Promise<void>, mostMs = MINUTE): Promise<void> {
    let isDone = false;
    void work.then(() => { isDone = true; });
    await time.passUntil('done', () => isDone, mostMs);
  }

  function listen(times: ConsumerTimes = {}): void {
    const bus = new SmallBus(time);
    relay = new Relay(intake, bus.ownStream('intake'), { time });
    relay.start();
    consumer = new SourceConsumer('intake', {
      log: 'quality', store: quality, decode, open: async (event) => ({ ...event, personal: null }),
      execute: async (command, meta) => {
        await beforeLooking();
        if (isMissing(meta)) throw new NotYet('the case is under example@2');
        await record(quality, command, meta);
      },
    }, { feed: bus.feed('intake', 'quality'), owner: bus.owner(intake), time }, new Map([['ComplaintRegistered', async (event) => [openInvestigation(event)]]]), times);
    consumer.start();
    closing.push(() => consumer.close(), () => relay.close());
  }
  const pass = async (ms: number): Promise<void> => {
    const until = time.now() + ms;
    time.after(ms, () => undefined);
    await time.passUntil('time passed', () => time.now() >= until, ms + 1);
  };
  const dealtWith = (count: number, mostMs = MINUTE): Promise<void> =>
    time.passUntil(`${count} dealt with`, async () => await quality.inboxPosition('intake') === count, mostMs);

  it('waits for minutes, says what for, and is done within seconds of its coming; nothing is put aside', async () => {
    await registerComplaints(intake, 5);
    let isHere = false;
    isMissing = () => !isHere;
    listen();
    await pass(5 * MINUTE);
    expect([await quality.head(), await quality.quarantined(), consumer.status().waitsFor]).toEqual([0, [], 'the case is under example@2']);
    isHere = true;
    await dealtWith(5, 3_000);
    await expectEachOnceInOrder(quality, 5);
    expect(consumer.status().waitsFor).toBeNull();
  });

  it('leaves its place to other cases, however many wait', async () => {
    for (let n = 0; n < 200; n += 1) await registerComplaints(intake, 1, { correlationId: `case-${n}` });
    isMissing = ({ causation }) => causation.index < 150;
    listen();
    await time.passUntil('the others', async () => (await causesOf(quality)).length === 50, 10_000);
    expect([...await causesOf(quality)].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, place) => 150 + place));
    isMissing = () => false;
    await dealtWith(200);
    await expectEachOnceInOrder(quality, 200);
  });

  it('keeps no place for the later events of a case that waits', async () => {
    for (let n = 0; n < 240; n += 1) await registerComplaints(intake, 1, { correlationId: n < 200 ? `case-${n % 50}` : `other-${n}` });
    isMissing = ({ causation }) => causation.index < 50;
    listen();
    await time.passUntil('the others', async () => (await causesOf(quality)).length === 40, 10_000);
    isMissing = () => false;
    await dealtWith(240);
    await expectEachOnceInOrder(quality, 240);
  });

  it('keeps nothing behind it from being brought, more than the server hands out without an answer', async () => {
    await registerComplaints(intake, 1, { correlationId: 'case-x' });
    await registerComplaints(intake, 2_600);
    isMissing = ({ causation }) => causation.index === 0;
    listen();
    await time.passUntil('the others', async () => (await causesOf(quality)).length === 2_600, MINUTE);
    isMissing = () => false;
    await dealtWith(2_601);
    await expectEachOnceInOrder(quality, 2_601);
  });

  it('leaves room for other cases, however many wait, and no more look at once than work at once', async () => {
    for (let n = 0; n < 900; n += 1) await registerComplaints(intake, 1, { correlationId: `case-${n}` });
    let [looking, most] = [0, 0];
    isMissing = ({ causation }) => causation.index < 800;
    beforeLooking = async () => {
      most = Math.max(most, looking += 1);
      await new Promise<void>((done) => { time.after(1, done); });
      looking -= 1;
    };
    listen();
    await time.passUntil('the others', async () => (await causesOf(quality)).length === 100, MINUTE);
    await pass(3_000);
    expect(most).toBe(64);
    isMissing = () => false;
    await dealtWith(900);
    await expectEachOnceInOrder(quality, 900);
  });

  it('is put aside with its reason when it has waited in vain, and works from there once it is here', async () => {
    await registerComplaints(intake, 1);
    isMissing = () => true;
    listen({ notYetMs: MINUTE });
    await dealtWith(1, 2 * MINUTE);
    const [entry] = await quality.quarantined();
    expect([entry?.index, entry?.reason, consumer.status().waitsFor]).toEqual([0, 'NotYet: the case is under example@2', null]);
    const [stored] = await intake.readLog(0, 1);
    if (!stored) throw new Error('nothing stored');
    await expect(consumer.again(stored.event)).rejects.toThrow('the case is under example@2');
    isMissing = () => false;
    await consumer.again(stored.event);
    expect(await causesOf(quality)).toEqual([0]);
  });

  it('does not wait the whole time again for each later event of its case', async () => {
    await registerComplaints(intake, 6, { correlationId: 'case-1' });
    isMissing = () => true;
    listen();
    await dealtWith(6, 16 * MINUTE);
    expect((await quality.quarantined()).map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('answers a retry at once while another event of its case waits', async () => {
    await registerComplaints(intake, 2, { correlationId: 'case-1' });
    isMissing = () => true;
    listen({ notYetMs: MINUTE });
    await dealtWith(1, 2 * MINUTE);
    await time.passUntil('the second waits', () => consumer.status().waitsFor !== null, MINUTE);
    const [stored] = await intake.readLog(0, 1);
    if (!stored) throw new Error('nothing stored');
    const before = time.now();
    await expect(consumer.again(stored.event)).rejects.toThrow('another event of the case still waits');
    expect(time.now()).toBe(before);
  });

  it('keeps nobody from stopping the service', async () => {
    await registerComplaints(intake, 1);
    isMissing = () => true;
    listen();
    await time.passUntil('waits', () => consumer.status().waitsFor !== null, MINUTE);
    await passWhile(consumer.close(), 1_000);
    expect([await quality.head(), await quality.quarantined()]).toEqual([0, []]);
  });
});
