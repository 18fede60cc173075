import { setTimeout as pause } from 'node:timers/promises';
import { jest } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { anAppend, anEvent } from '../contract/builders.js';
import { startPrivateCluster, temporaryPlaceIn, type PostgresPlace, type PrivateCluster } from '../contract/temporary-postgres.js';
import type { AppendResult, EventStore } from '../port.js';
import { verifyLog } from '../verify-log.js';
import { openPostgresStore } from './open-postgres-store.js';

/** On a machine that does much else, a server takes its time. */
jest.setTimeout(60_000);

/** 10000 is the full figure. */
const SCHEDULES = Number(process.env['AFTERCARE_SCHEDULES'] ?? '200');

describe('several instances of a department on one log', () => {
  let cluster: PrivateCluster;
  let place: PostgresPlace;
  const stores: EventStore[] = [];
  beforeAll(async () => { cluster = await startPrivateCluster(); }, 180_000);
  afterAll(async () => { await cluster.remove(); });
  beforeEach(() => { place = temporaryPlaceIn(() => cluster); });
  afterEach(async () => {
    await Promise.all(stores.splice(0).map((store) => store.close()));
    await place.remove();
  });

  const open = async (over: Partial<Parameters<typeof openPostgresStore>[0]> = {}): Promise<EventStore> => {
    const store = await openPostgresStore({ url: await place.url(), log: 'intake', ...over });
    stores.push(store);
    return store;
  };
  const until = async (holds: () => boolean, withinMs = 5_000): Promise<void> => {
    for (const end = Date.now() + withinMs; !holds() && Date.now() < end;) await pause(2);
    expect(holds()).toBe(true);
  };

  it('may open a log that does not exist yet at the same moment', async () => {
    const opened = await Promise.all([open(), open(), open()]);
    await Promise.all(opened.map((store, i) => store.append(anAppend({ stream: `s-${i}` }))));
    expect(await Promise.all(opened.map((store) => store.head()))).toEqual([3, 3, 3]);
  });

  it('given 20 parallel appends of one decision over two instances, then one is acknowledged and present, the others are told they are late', async () => {
    const [one, other] = [await open(), await open()];
    const results = await Promise.all(Array.from({ length: 20 }, (_, i) => (i % 2 ? one : other).append(anAppend({ commandId: `p-${i}` }))));
    expect(results.map(({ outcome }) => outcome).sort()).toEqual(['appended', ...Array.from({ length: 19 }, () => 'conflict')]);
    expect(await one.readStream('complaint-1', 0, 100)).toHaveLength(1);
  });

  it('given 20 writers over two instances that retry when late, then acknowledged is present, once, in one dense order', async () => {
    const both = [await open(), await open()];
    const acknowledged = await Promise.all(Array.from({ length: 20 }, async (_, i) => {
      const event = anEvent();
      for (let expectedVersion = -1; ;) {
        const result: AppendResult = await (both[i % 2] as EventStore).append(anAppend({ expectedVersion, events: [event], commandId: `w-${i}` }));
        if (result.outcome !== 'conflict') return { id: event.id, index: result.record.firstIndex };
        expectedVersion = result.actualVersion;
      }
    }));
    const log = await (both[0] as EventStore).readLog(0, 100);
    expect(log.map(({ index, event }) => [index, event.version])).toEqual(Array.from({ length: 20 }, (_, i) => [i, i]));
    for (const { id, index } of acknowledged) expect(log[index]?.event.id).toBe(id);
  });

  it('given one command sent to both at once, then it is recorded once and both get its receipt', async () => {
    const [one, other] = [await open(), await open()];
    for (let i = 0; i < 10; i += 1) {
      const request = anAppend({ stream: `s-${i}`, commandId: `c-${i}` });
      const results = await Promise.all([one.append(request), other.append(request)]);
      expect(results.map(({ outcome }) => outcome).sort()).toEqual(['appended', 'repeated']);
    }
    expect(await one.head()).toBe(10);
  });

  it('given instances with clocks five minutes apart, then recording times never go backwards in the log', async () => {
    let second = 0;
    const clock = (minute: number) => () => `2026-03-02T01:${String(minute).padStart(2, '0')}:${String(second).padStart(2, '0')}.000Z`;
    const [late, early] = [await open({ now: clock(35) }), await open({ now: clock(30) })];
    for (second = 1; second <= 6; second += 1) await (second % 2 ? late : early).append(anAppend({ stream: `s-${second}` }));
    const times = (await early.readLog(0, 9)).map(({ event }) => event.recordedAt.slice(14, 19));
    expect(times).toEqual(['35:01', '35:01', '35:03', '35:03', '35:05', '35:05']);
  });

  it('given marks and quarantined messages dealt with by two instances at once, then the position passes all of them', async () => {
    const both = [await open(), await open()];
    await Promise.all(Array.from({ length: 30 }, async (_, i) => (both[i % 2] as EventStore).markInbox({ source: 'quality', index: (i * 7) % 30 })));
    expect(await Promise.all(both.map((store) => store.inboxPosition('quality')))).toEqual([30, 30]);
  });

  it('given a commit of another instance, then a subscriber is woken: at once by the announcement, and without one by the next look', async () => {
    const [writer, follower] = [await open(), await open()];
    const heads: number[] = [];
    follower.subscribe((head) => heads.push(head));
    await pause(700);
    const waits: number[] = [];
    for (let i = 0; i < 9; i += 1) {
      const before = performance.now();
      await writer.append(anAppend({ stream: `s-${i}` }));
      await until(() => heads.at(-1) === i + 1);
      waits.push(performance.now() - before);
      await pause(60);
    }
    expect(waits.sort((a, b) => a - b)[4]).toBeLessThan(150);

    const client = new pg.Client({ connectionString: await place.url() });
    await client.connect();
    await client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'aftercare intake watch' AND datname = current_database()`);
    await client.end();
    await writer.append(anAppend({ stream: 'unannounced' }));
    await until(() => heads.at(-1) === 10, 3_000);
    expect(heads).toEqual([...heads].sort((a, b) => a - b));
  });

  it(`given ${SCHEDULES} random schedules of three instances with delays between their statements, then every reader sees every event once, in order, and never a gap`, async () => {
    let delays: readonly number[] = [];
    let step = 0;
    let commits = 0;
    const at = async (): Promise<void> => {
      const ms = delays[(step += 1) % delays.length] ?? 0;
      if (ms > 0) await pause(ms);
      else await new Promise((turn) => { setImmediate(turn); });
    };
    const writers = [await open({ at }), await open({ at }), await open({ at })];
    const reader = await open();
    const woken = new Follower(reader);
    const polling = new Follower(writers[2] as EventStore);
    const stop = reader.subscribe(() => { void woken.look(); });
    let alive = true;
    const poll = (async () => { while (alive) await polling.look(); })();
    const schedule = fc.record({
      delays: fc.array(fc.constantFrom(0, 0, 0, 0, 1, 3), { minLength: 3, maxLength: 12 }),
      commands: fc.array(fc.record({ instance: fc.nat({ max: 2 }), stream: fc.nat({ max: 2 }), events: fc.integer({ min: 1, max: 3 }), late: fc.boolean() }), { minLength: 2, maxLength: 6 }),
    });
    let run = 0;
    await fc.assert(fc.asyncProperty(schedule, async ({ delays: given, commands }) => {
      run += 1;
      [delays, step] = [given, 0];
      await Promise.all(commands.map(async ({ instance, stream, events, late }, i) => {
        const store = writers[instance] as EventStore;
        if (late) await at();
        for (let expectedVersion = -1; ;) {
          const result = await store.append(anAppend({ stream: `r${run}-${stream}`, expectedVersion, commandId: `r${run}-${i}`, events: Array.from({ length: events }, () => anEvent()) }));
          if (result.outcome === 'appended') commits += events;
          if (result.outcome !== 'conflict') return;
          expectedVersion = result.actualVersion;
        }
      }));
    }), { numRuns: SCHEDULES, endOnFailure: true });
    await until(() => woken.seen === commits);
    alive = false;
    await poll;
    await polling.look();
    stop();
    expect([woken.seen, polling.seen, woken.gaps, polling.gaps, await reader.head()]).toEqual([commits, commits, [], [], commits]);
    expect(await verifyLog(reader)).toEqual({ events: commits, findings: [] });
  }, 60_000 + SCHEDULES * 500);
});

/** Reads on from where it stopped, whenever told to. What it does not get the first time it never gets. */
class Follower {
  seen = 0;
  readonly gaps: string[] = [];
  private reading: Promise<void> = Promise.resolve();

  constructor(private readonly store: EventStore) {}

  look(): Promise<void> {
    this.reading = this.reading.then(async () => {
      for (const { index, event } of await this.store.readLog(this.seen, 500)) {
        if (index !== this.seen || event.index !== index) this.gaps.push(`${index} where ${this.seen} belongs`);
        this.seen = index + 1;
      }
    });
    return this.reading;
  }
}
