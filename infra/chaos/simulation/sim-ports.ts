import { NotProvisioned, type Delivery, type FeedTarget, type LogOwner, type OwnStream, type OwnStreamAccess, type SourceFeed } from 'aftercare/messaging';
import type { Incarnation } from './incarnation.js';
import type { Handed } from './sim-bus.js';

const NO_ANSWER_MS = 2_000;

/** The department's own stream, over a link that may be cut. */
export function simOwnStream(life: Incarnation): OwnStreamAccess {
  const { world, department } = life;
  return {
    isConnected: () => world.isLinked(department),
    open: async (stopped) => {
      await linked(life, stopped);
      return stopped.aborted ? null : streamOver(life);
    },
  };
}

function streamOver(life: Incarnation): OwnStream {
  const { world, department } = life;
  const since = world.busLife;
  const asked = <T>(effect: () => T | Promise<T>): Promise<T> => life.call(() => answered(life, since, effect));
  return {
    state: () => asked(() => {
      if (world.breaks('relay-trusts-its-checkpoint')) return { created: 'the one I know', lastSequence: world.confirmed.get(department) ?? 0 };
      const stream = world.bus.stream(department);
      return stream && { created: stream.created, lastSequence: stream.messages.length };
    }),
    message: (sequence) => asked(async () => world.breaks('copy-not-compared') ? await world.bytesAt(department, sequence - 1) : world.bus.stream(department)?.messages[sequence - 1] ?? null),
    publishFenced: async (events) => {
      let refused = false;
      for (const { index, bytes } of events) {
        // Each goes its own way: after a lost one the fences of all that follow do not hold.
        if (!put(life, since, index, bytes)) refused = true;
        if (world.random.chance(0.3)) await life.step();
      }
      await life.call(() => answered(life, since, () => undefined));
      if (refused) throw new Error('refused or not confirmed');
      world.confirmed.set(department, (events.at(-1)?.index ?? -1) + 1);
    },
    remove: () => asked(() => world.bus.remove(department)),
    leave: () => undefined,
  };
}

/** False when the event got lost on its way or its fence did not hold. */
function put({ world, department }: Incarnation, since: number, index: number, bytes: Uint8Array): boolean {
  if (!world.isLinked(department, since) || world.losesOne()) return false;
  const isTaken = world.bus.append(department, bytes, world.breaks('no-fence') ? null : index);
  if (isTaken) world.monitor.published(department, index);
  return isTaken;
}

/** The request or its answer may be lost, in which case the effect is there or not. */
async function answered<T>(life: Incarnation, since: number, effect: () => T | Promise<T>): Promise<T> {
  const { world } = life;
  if (!world.isLinked(life.department, since) || world.losesOne()) return silence(life);
  const answer = await effect();
  await life.step(world.latencyMs());
  if (!world.isLinked(life.department, since) || world.losesOne()) return silence(life);
  return answer;
}

async function silence(life: Incarnation): Promise<never> {
  await life.step(NO_ANSWER_MS);
  throw new Error('no answer in time');
}

async function linked(life: Incarnation, stopped: AbortSignal): Promise<void> {
  while (!life.world.isLinked(life.department) && !stopped.aborted) await changed(life, stopped, null);
  await life.step();
}

/** Until something changes on the bus, `at` has come, or the service stops. */
function changed(life: Incarnation, stopped: AbortSignal, at: number | null): Promise<void> {
  const { bus, time } = life.world;
  return new Promise((done) => {
    const end = (): void => {
      leave();
      callOff();
      stopped.removeEventListener('abort', end);
      if (life.isAlive) done();
    };
    const leave = bus.listen(end);
    const callOff = at === null ? () => undefined : time.after(Math.max(1, at - time.now()), end);
    stopped.addEventListener('abort', end);
  });
}

/** What the bus brings of one source: late, twice, out of turn, or not. */
export function simFeed(life: Incarnation, source: string): SourceFeed {
  const { world, department } = life;
  return {
    run: async (target, stopped) => {
      await linked(life, stopped);
      if (stopped.aborted) return;
      if (!world.bus.hasConsumer(source, department)) {
        await life.step(world.latencyMs() + 1);
        throw new NotProvisioned('consumer');
      }
      const session: Session = { life, source, since: world.busLife };
      target.begin();
      while (!stopped.aborted) await bring(session, target, stopped);
    },
    newest: () => life.call(() => answered(life, world.busLife, () => (world.breaks('deaf-at-the-end') ? null : world.bus.newest(source, department)))),
  };
}

/** What one connection heard cannot be answered over another one. */
interface Session { readonly life: Incarnation; readonly source: string; readonly since: number }

async function bring(session: Session, target: FeedTarget, stopped: AbortSignal): Promise<void> {
  const { life, source, since } = session;
  const { world, department } = life;
  if (!world.isLinked(department, since)) throw new Error('connection lost');
  if (!world.bus.hasConsumer(source, department)) throw new Error('consumer deleted');
  const handed = world.bus.next(source, department, world.options.ackWaitMs, world.reordersOne());
  if (!handed) return changed(life, stopped, world.bus.nextAgain(source, department));
  if (world.losesOne()) return;
  await life.step(world.latencyMs());
  if (!world.isLinked(department, since)) throw new Error('connection lost');
  for (let time = world.doublesOne() ? 2 : 1; time > 0; time -= 1) await target.take(deliveryOf(session, handed));
}

function deliveryOf({ life, source, since }: Session, handed: Handed): Delivery {
  const { world, department } = life;
  const sent = (effect: () => void) => (): void => {
    if (life.isAlive && world.isLinked(department, since) && !world.losesOne()) world.time.after(world.latencyMs(), effect);
  };
  const { sequence, data } = handed;
  const ack = (): void => {
    if (life.isAlive && world.isLinked(department, since)) world.monitor.acknowledges(department, source, handed);
    sent(() => world.bus.ack(source, department, sequence))();
  };
  if (world.breaks('ack-before-commit')) ack();
  return {
    seq: sequence, data, ack,
    nak: (ms = 0) => sent(() => world.bus.later(source, department, sequence, ms))(),
    working: sent(() => world.bus.later(source, department, sequence, world.options.ackWaitMs)),
  };
}

const MOST_GIVEN = 7;
/** How the inbox asks when it misses nothing in particular; used by a planted bug only. */
const ASKED_AT_THE_END = 200;

/** The owner of a log, who may be away, slow, or give only a part. */
export function simOwner(life: Incarnation, source: string): LogOwner {
  const { world, department } = life;
  return {
    ask: ({ from, limit }) => life.call(async () => {
      if (!world.isUp(source) || !world.isLinked(department) || !world.isLinked(source) || world.losesOne()) {
        await life.step(NO_ANSWER_MS);
        return null;
      }
      const store = world.durable(source);
      const head = await store.head();
      if (world.breaks('deaf-at-the-end') && limit === ASKED_AT_THE_END) return { head: from, events: [] };
      const events = (await store.readLog(from, Math.min(limit, world.random.int(1, MOST_GIVEN)))).map(({ bytes }) => bytes);
      await life.step(world.latencyMs());
      return { head, events: world.breaks('owner-skips') && events.length > 2 ? events.toSpliced(1, 1) : events };
    }),
  };
}
