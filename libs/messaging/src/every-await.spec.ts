import { Logger } from '@nestjs/common';
import { decode, openMemoryStore, type EventStore } from 'aftercare/event-store';
import type { React, ReactionHost } from './reacting.js';
import { Relay } from './relay.js';
import { SourceConsumer } from './source-consumer.js';
import { intakeLog, registerComplaints } from './spec/intake-log.js';
import { Mortal, type LastCall } from './spec/mortal.js';
import { investigation, openInvestigation, record } from './spec/quality-department.js';
import { SmallBus } from './spec/small-bus.js';
import { VirtualTime } from './spec/virtual-time.js';

const POISON = 4;
const EVENTS = 14;
const MOST_HEALING_MS = 10_000;

/** Two commands for some events, none for others, and one that always fails. */
const react: React = async event => {
  if (event.index === POISON) throw new Error('no rule for this product');
  if (event.index % 3 === 1) return [];
  const opened = openInvestigation(event);
  return event.index % 3 === 2 ? [opened, { ...opened, aggregate: { ...investigation, name: 'warning' } }] : [opened];
};

interface World {
  readonly time: VirtualTime;
  readonly bus: SmallBus;
  readonly intake: EventStore;
  readonly quality: EventStore;
}

async function world(): Promise<World> {
  const time = new VirtualTime();
  const intake = intakeLog();
  await registerComplaints(intake, EVENTS - 2);
  await registerComplaints(intake, 2, { type: 'ComplaintWithdrawn' });
  return { time, bus: new SmallBus(time), intake, quality: openMemoryStore({ log: 'quality' }) };
}

/** Both halves of delivery as one mortal process: the relay of intake and the inbox of quality. */
function start({ time, bus, intake, quality }: World, mortal: Mortal): void {
  const ownTime = mortal.time(time);
  const store = mortal.store(quality);
  const host: ReactionHost = {
    log: 'quality', store, decode,
    open: recorded => mortal.counted(async () => ({ ...recorded, personal: null })),
    execute: (command, meta) => mortal.counted(() => record(store, command, meta)),
  };
  const ports = { feed: mortal.feed(bus.feed('intake', 'quality')), owner: mortal.owner(bus.owner(intake)), time: ownTime };
  new Relay(mortal.store(intake), mortal.stream(bus.ownStream('intake')), { time: ownTime, window: 4 }).start();
  new SourceConsumer('intake', host, ports, new Map([['ComplaintRegistered', react]])).start();
}

/** What people see in the end: which effects each case has, in order, and what waits for a person. */
async function readModel({ quality, bus, intake }: World): Promise<object> {
  const effects = new Map<string, string[]>();
  for (const { event } of await quality.readLog(0, 1_000)) {
    effects.set(event.stream, [...effects.get(event.stream) ?? [], `${(event.data as { cause: number }).cause}`]);
  }
  const log = (await intake.readLog(0, 1_000)).map(({ bytes }) => bytes);
  return {
    effects: Object.fromEntries([...effects].sort(([a], [b]) => a < b ? -1 : 1)),
    quarantine: (await quality.quarantined()).map(({ source, index, reason }) => ({ source, index, reason })),
    position: await quality.inboxPosition('intake'),
    isExactCopy: log.length === bus.copyOf('intake').length && log.every((bytes, place) => Buffer.from(bytes).equals(bus.copyOf('intake')[place] ?? Buffer.of())),
  };
}

const isDone = async ({ quality, bus }: World): Promise<boolean> =>
  bus.copyOf('intake').length === EVENTS && await quality.inboxPosition('intake') === EVENTS;

describe('a process killed in any of its awaited calls', () => {
  beforeAll(() => Logger.overrideLogger(false));

  it.each<LastCall>(['lost', 'kept'])('ends, after its restart, with the same read model; the effect of its last call was %s', async lastCall => {
    const undisturbed = await world();
    const whole = new Mortal(Number.POSITIVE_INFINITY, 'lost');
    start(undisturbed, whole);
    await undisturbed.time.passUntil('all done', () => isDone(undisturbed), 60_000);
    const expected = await readModel(undisturbed);
    expect(expected).toMatchObject({ position: EVENTS, isExactCopy: true, quarantine: [{ index: POISON }] });

    let slowest = 0;
    let kills = 0;
    for (let at = 1; ; at++) {
      const disturbed = await world();
      const first = new Mortal(at, lastCall);
      start(disturbed, first);
      await disturbed.time.passUntil('killed or done', async () => first.died || await isDone(disturbed), 60_000);
      if (!first.died) break;
      kills++;
      const killedAt = disturbed.time.now();
      start(disturbed, new Mortal(Number.POSITIVE_INFINITY, 'lost'));
      await disturbed.time.passUntil(`all done after a kill in call ${at}`, () => isDone(disturbed), 60_000);
      slowest = Math.max(slowest, disturbed.time.now() - killedAt);
      expect({ at, ...await readModel(disturbed) }).toEqual({ at, ...expected });
    }
    expect(kills).toBeGreaterThan(80);
    expect(slowest).toBeLessThanOrEqual(MOST_HEALING_MS);
    process.stdout.write(`${JSON.stringify({ fault: `killed at every await, last call ${lastCall}`, kills, slowestHealingMs: slowest, missing: 0, doubled: 0 })}\n`);
  }, 60_000);
});
