import { Logger } from '@nestjs/common';
import { decode, openMemoryStore, type EventStore, type QuarantineEntry } from 'aftercare/event-store';
import type { LogOwner, LogRange, SourceFeed } from './ports.js';
import { Relay } from './relay.js';
import { SourceConsumer } from './source-consumer.js';
import { record, openInvestigation } from './spec/quality-department.js';
import { goOn, logOf, signFor } from './spec/set-back-log.js';
import { SmallBus } from './spec/small-bus.js';
import { VirtualTime } from './spec/virtual-time.js';

const MOST_MS = 60_000;
let time: VirtualTime;
let bus: SmallBus;
let closing: (() => Promise<void>)[];

beforeAll(() => Logger.overrideLogger(false));
beforeEach(() => {
  time = new VirtualTime();
  bus = new SmallBus(time);
  closing = [];
});
afterEach(async () => {
  let isClosed = false;
  void Promise.all(closing.map(close => close())).then(() => { isClosed = true; });
  await time.passUntil('closed', () => isClosed, MOST_MS);
});

async function pass(ms: number): Promise<void> {
  const end = time.now() + ms;
  time.after(ms, () => undefined);
  await time.passUntil('time passed', () => time.now() >= end, ms + 1);
}
const length = (): number => bus.copyOf('intake').length;
const isCopyOf = async (store: EventStore): Promise<boolean> => {
  const log = await store.readLog(0, 1_000);
  return log.length === length() && log.every(({ bytes }, place) => Buffer.from(bytes).equals(bus.copyOf('intake')[place] ?? Buffer.of()));
};

describe('a log that is shorter than its copy', () => {
  function relayOf(store: EventStore): Relay {
    const relay = new Relay(store, bus.ownStream('intake'), { time, window: 8 });
    relay.start();
    closing.push(() => relay.close());
    return relay;
  }
  async function published(count: number): Promise<void> {
    const relay = relayOf(await logOf(count));
    await time.passUntil('published', () => length() === count, MOST_MS);
    closing.pop();
    let isClosed = false;
    void relay.close().then(() => { isClosed = true; });
    await time.passUntil('closed', () => isClosed, MOST_MS);
  }
  async function alarm(store: EventStore): Promise<QuarantineEntry> {
    await time.passUntil('an alarm', async () => (await store.quarantined()).length > 0, MOST_MS);
    const [entry, ...others] = await store.quarantined();
    expect(others).toEqual([]);
    return entry as QuarantineEntry;
  }

  it.each([20, 0])('by an older backup of %d leaves the copy, raises an alarm once, and goes on when the log has caught up', async backup => {
    await published(30);
    const store = await logOf(backup);
    const relay = relayOf(store);
    expect(await alarm(store)).toMatchObject({ source: 'intake!stream-ahead', index: 29, reason: expect.stringContaining(`holds 30 events, some of which are not in the log of ${backup}`) });
    await pass(20_000);
    expect(await relay.status()).toMatchObject({ state: 'the stream holds more than the log', connected: false });
    expect([length(), (await store.quarantined()).length]).toEqual([30, 1]);
    await goOn(store, 33 - backup);
    await time.passUntil('caught up', () => length() === 33, MOST_MS);
    expect(await isCopyOf(store)).toBe(true);
    expect(await store.quarantined()).toEqual([]);
  });

  it.each([3, 25])('leaves the copy although %d other events were recorded since, until a person signs for what is lost', async since => {
    await published(30);
    const store = await logOf(20);
    await goOn(store, since, 'other');
    const relay = relayOf(store);
    const entry = await alarm(store);
    await pass(10_000);
    expect([length(), (await relay.status()).state]).toEqual([30, 'the stream holds more than the log']);
    await signFor(store, entry);
    await time.passUntil('published anew', () => isCopyOf(store), MOST_MS);
    await pass(10_000);
    expect(await store.quarantined()).toEqual([]);
    expect((await relay.status()).state).toBe('publishing');
  });

  it('of an instance that lags behind another for a moment is no alarm', async () => {
    await published(30);
    const store = await logOf(28);
    const relay = relayOf(store);
    await pass(2_000);
    expect([await store.quarantined(), (await relay.status()).state]).toEqual([[], 'aligning']);
    await goOn(store, 3);
    await time.passUntil('published', () => length() === 31, MOST_MS);
    expect((await relay.status()).state).toBe('publishing');
    expect(await store.quarantined()).toEqual([]);
  });

  it('keeps the alarm when somebody else deletes the copy: what it held is gone then, and nobody signed', async () => {
    await published(30);
    const store = await logOf(20);
    relayOf(store);
    await alarm(store);
    await (await bus.ownStream('intake').open(new AbortController().signal))?.remove();
    await goOn(store, 15);
    await time.passUntil('published', () => length() === 35, MOST_MS);
    relayOf(store);
    await pass(10_000);
    expect(await store.quarantined()).toMatchObject([{ source: 'intake!stream-ahead', index: 29 }]);
  });

  it('is published anew where the copy has no event of this log beyond it, or another beginning', async () => {
    await published(10);
    const stream = bus.copyOf('intake') as Uint8Array[];
    stream.push(Buffer.from('a stranger'));
    const store = await logOf(10);
    relayOf(store);
    await time.passUntil('replaced', () => isCopyOf(store), MOST_MS);
    await published(10);
    const other = await logOf(8, 'other');
    relayOf(other);
    await time.passUntil('replaced', () => isCopyOf(other), MOST_MS);
  });
});

describe('a neighbour whose log ends before what was dealt with', () => {
  let quality: EventStore;
  let owner: EventStore;
  let consumer: SourceConsumer;
  let endSession: () => void;
  let answers: (range: LogRange, from: number) => LogRange;

  beforeEach(async () => {
    quality = openMemoryStore({ log: 'quality' });
    owner = await logOf(10);
    answers = range => range;
  });

  function listen(quietMs = 5_000): void {
    const whole = { ask: (range: { from: number; limit: number }) => bus.owner(owner).ask(range) };
    const asked: LogOwner = { ask: async range => answers(await whole.ask(range) as LogRange, range.from) };
    const feed = bus.feed('intake', 'quality');
    const run: SourceFeed['run'] = async (target, stopped) => {
      const session = new AbortController();
      endSession = () => session.abort();
      await feed.run(target, AbortSignal.any([stopped, session.signal]));
    };
    consumer = new SourceConsumer('intake', {
      log: 'quality', store: quality, decode, open: async recorded => ({ ...recorded, personal: null }), execute: (command, meta) => record(quality, command, meta),
    }, { feed: { ...feed, run }, owner: asked, time }, new Map([['ComplaintRegistered', async event => [openInvestigation(event)]]]), { retryMs: [5], quietMs });
    consumer.start();
    const mine = consumer;
    closing.push(() => mine.close());
  }
  async function restart(): Promise<void> {
    let isClosed = false;
    void consumer.close().then(() => { isClosed = true; });
    await time.passUntil('closed', () => isClosed, MOST_MS);
    closing.pop();
    listen();
  }
  async function dealtWith(count: number): Promise<void> {
    await time.passUntil(`${count} dealt with`, async () => await quality.inboxPosition('intake') === count, MOST_MS);
  }

  it('is a fact that stays when the log has outgrown its old end, also over a restart, until a person signs', async () => {
    listen();
    await dealtWith(10);
    owner = await logOf(6);
    await restart();
    await time.passUntil('an alarm', async () => (await quality.quarantined()).length > 0, 4_000);
    await goOn(owner, 8, 'other');
    await dealtWith(14);
    await pass(20_000);
    await restart();
    await pass(20_000);
    const kept = await quality.quarantined();
    expect(kept).toMatchObject([{ source: 'intake!set-back', index: 6, reason: expect.stringContaining('holds 6 events but 10 were dealt with') }]);
    expect(consumer.status().isOwnerBehind).toBe(true);
    await signFor(quality, kept[0] as QuarantineEntry);
    await pass(10_000);
    expect(consumer.status().isOwnerBehind).toBe(false);
  });

  it('is noticed when a new session begins, before a quiet time has passed', async () => {
    (bus.copyOf('intake') as Uint8Array[]).push(...(await owner.readLog(0, 10)).map(({ bytes }) => bytes));
    listen(600_000);
    await dealtWith(10);
    await pass(20_000);
    owner = await logOf(6);
    endSession();
    await time.passUntil('an alarm', async () => (await quality.quarantined()).length > 0, 3_500);
  });

  it('is not reported again after a signature while the log is still short, but when it is set back further', async () => {
    listen();
    await dealtWith(10);
    owner = await logOf(6);
    await time.passUntil('an alarm', async () => (await quality.quarantined()).length > 0, MOST_MS);
    await signFor(quality, (await quality.quarantined())[0] as QuarantineEntry);
    await goOn(owner, 1, 'other');
    await pass(30_000);
    expect([await quality.quarantined(), consumer.status().isOwnerBehind]).toEqual([[], false]);
    owner = await logOf(3);
    await time.passUntil('an alarm', async () => (await quality.quarantined()).length > 0, MOST_MS);
    expect(await quality.quarantined()).toMatchObject([{ index: 3 }]);
  });

  it('is not believed of one answer: an instance of the owner may lag behind another', async () => {
    let isLate = true;
    answers = (range, from) => {
      if (from < 10 || !isLate) return range;
      isLate = false;
      return { head: 6, events: [] };
    };
    listen();
    await dealtWith(10);
    await restart();
    await pass(30_000);
    expect([isLate, await quality.quarantined()]).toEqual([false, []]);
  });

  it('does not turn events that the bus brought into a stranger\'s because an instance of the owner lags behind', async () => {
    let late = 3;
    answers = range => late-- > 0 ? { head: 4, events: [] } : range;
    const stream = bus.copyOf('intake') as Uint8Array[];
    const all = (await owner.readLog(0, 10)).map(({ bytes }) => bytes);
    stream.push(...all.slice(0, 4), Buffer.from('a stranger'), ...all.slice(5));
    listen();
    await dealtWith(10);
    expect((await quality.quarantined()).map(({ source, index }) => `${source} ${index}`)).toEqual(['intake!stray 4']);
  });
});
