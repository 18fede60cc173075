import { alwaysBy } from '../policies/department-policies.js';
import { openMemoryStore } from 'aftercare/event-store';
import type { Aggregate } from 'aftercare/kernel';
import { policySet } from 'aftercare/policy';
import { openMemoryVault } from 'aftercare/privacy';
import { openViews, type View } from 'aftercare/projections';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Commands } from '../commands/commands.js';
import { States } from '../commands/states.js';
import { counter } from '../spec/counter.js';
import { DeadlineWatch } from './deadline-watch.js';
import { deadlineView } from './deadline.view.js';

const START = Date.parse('2026-03-11T06:00:00.000Z');
const HOUR = 3_600_000;

describe('the deadline watch', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-watch-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('records a missed deadline once, across a restart and with two watches at work', async () => {
    let now = START;
    const store = openMemoryStore({ log: 'intake' });
    const views = openViews({ file: join(folder, 'views.db'), store, views: [deadlineView as unknown as View] });
    views.start();
    const commands = (): Commands => new Commands({
      store, states: new States(store), vault: openMemoryVault(), policies: alwaysBy(policySet()), fingerprint: () => 'same', now: () => now,
    });
    const watch = (): DeadlineWatch => new DeadlineWatch({ aggregates: [counter as unknown as Aggregate], views, commands: commands(), now: () => now, everyMs: 1e6 });
    const breaches = async (): Promise<number> => (await store.readLog(0, 500)).filter(({ event }) => event.type === 'DeadlineBreached').length;
    await commands().create(counter, { type: 'Add', by: 1 }, { actor: { id: 'u', role: 'r' }, commandId: 'c', expectedVersion: null, onBehalfOf: null, reason: null });
    await views.caughtUp(2);

    now = START + 4 * HOUR - 1;
    await watch().look();
    expect(await breaches()).toBe(0);

    now = START + 4 * HOUR;
    await Promise.all([watch().look(), watch().look()]);
    expect(await breaches()).toBe(1);

    await views.caughtUp(await store.head());
    await watch().look();
    expect(await breaches()).toBe(1);
    expect(views.list(deadlineView, {}).items[0]).toMatchObject({ waiting: 0, breached: 1 });
    views.close();
    await store.close();
  });

  const MINUTE = 60_000;
  const DAY = 24 * HOUR;
  it.each([['five minutes ahead', 5 * MINUTE], ['five minutes behind', -5 * MINUTE], ['a day ahead', DAY], ['a day behind', -DAY]])(
    'given two instances of which one\'s clock is %s, then a deadline is breached once, when the first of the two clocks has reached it', async (_, skew) => {
      let time = START;
      const clocks = [() => time, () => time + skew];
      const store = openMemoryStore({ log: 'intake' });
      const views = openViews({ file: join(folder, `skew${skew}.db`), store, views: [deadlineView as unknown as View] });
      views.start();
      // An instance whose rows never move on goes on seeing the deadline as running: only the aggregate can know better.
      let rows: unknown = null;
      const standingStill = { list: () => rows } as unknown as typeof views;
      const instances = clocks.map((now) => {
        const commands = new Commands({ store, states: new States(store), vault: openMemoryVault(), policies: alwaysBy(policySet()), fingerprint: () => 'same', now });
        return { commands, watch: new DeadlineWatch({ aggregates: [counter as unknown as Aggregate], views: standingStill, commands, now, everyMs: 1e6 }) };
      });
      await instances[0]?.commands.create(counter, { type: 'Add', by: 1 }, { actor: { id: 'u', role: 'r' }, commandId: 'c', expectedVersion: null, onBehalfOf: null, reason: null });
      await views.caughtUp(await store.head());
      rows = views.list(deadlineView, {});
      const due = START + 4 * HOUR;
      const reached = due - Math.max(skew, 0);
      const breachesAt = async (instant: number): Promise<string[]> => {
        time = instant;
        for (const { watch } of instances) await watch.look();
        return (await store.readLog(0, 500)).flatMap(({ event }) => (event.type === 'DeadlineBreached' ? [event.occurredAt] : []));
      };
      const once = [new Date(due).toISOString()];
      expect(await breachesAt(reached - 1)).toEqual([]);
      expect(await breachesAt(reached)).toEqual(once);
      // The other clock reaches it later, and a clock that is set right by a day reaches it again.
      for (const later of [reached + Math.abs(skew), reached + 2 * DAY, reached - DAY, reached]) expect(await breachesAt(later)).toEqual(once);
      views.close();
      await store.close();
    });

  describe('while read models are computed again', () => {
    const HOW_MANY = 120;
    /** Counters whose first contact is due four hours after the start, in a log that a rebuild takes a while to fold. */
    async function dueCounters(file: string): Promise<{ open: (shape?: number) => ReturnType<typeof openViews>; look: (views: ReturnType<typeof openViews>) => Promise<void>; orders: string[]; breaches: () => Promise<string[]> }> {
      const store = openMemoryStore({ log: 'intake' });
      const now = START + 5 * HOUR;
      const parts = { store, states: new States(store), vault: openMemoryVault(), policies: alwaysBy(policySet()), fingerprint: () => 'same' };
      const early = new Commands({ ...parts, now: () => START });
      for (let i = 0; i < HOW_MANY; i += 1) {
        await early.create(counter, { type: 'Add', by: 1 }, { actor: { id: 'u', role: 'r' }, commandId: `c${i}`, expectedVersion: null, onBehalfOf: null, reason: null });
      }
      const commands = new Commands({ ...parts, now: () => now });
      const orders: string[] = [];
      const { execute } = commands;
      commands.execute = ((...args: Parameters<typeof execute>) => { orders.push(args[3].commandId); return execute.apply(commands, args); }) as typeof execute;
      return {
        orders,
        open: (shape = 1) => openViews({ file, store, views: [{ ...deadlineView, shape } as unknown as View], pollMs: 20 }),
        look: (views) => new DeadlineWatch({ aggregates: [counter as unknown as Aggregate], views, commands, now: () => now, everyMs: 1e6 }).look(),
        breaches: async () => (await store.readLog(0, 5_000)).filter(({ event }) => event.type === 'DeadlineBreached').map(({ event }) => event.stream),
      };
    }

    it('beside the live ones, every breach is recorded once and nothing that was folded again acts again', async () => {
      const { open, look, orders, breaches } = await dueCounters(join(folder, 'rebuild.db'));
      const views = open();
      views.start();
      await views.caughtUp(HOW_MANY * 2);
      let answers = 0;
      const waiting = views.caughtUp(HOW_MANY * 3).then(() => { answers += 1; });
      await look(views);
      let rebuilding = true;
      const rebuilds = (async () => { for (let i = 0; i < 6; i += 1) await views.rebuild(); rebuilding = false; })();
      while (rebuilding) {
        await look(views);
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      await rebuilds;
      await views.rollback();
      await look(views);
      await waiting;
      expect(answers).toBe(1);
      expect(new Set(await breaches()).size).toBe(HOW_MANY);
      expect(await breaches()).toHaveLength(HOW_MANY);
      const settled = orders.length;
      await views.rebuild();
      await look(views);
      expect(orders).toHaveLength(settled);
      views.close();
    });

    it('a changed view of deadlines is not acted upon before it is whole, and then nothing is missed', async () => {
      const { open, look, orders, breaches } = await dueCounters(join(folder, 'changed.db'));
      const before = open();
      before.start();
      await before.caughtUp(HOW_MANY * 2);
      before.close();
      const views = open(2);
      await expect(look(views)).rejects.toMatchObject({ name: 'ViewBuilding' });
      expect(orders).toEqual([]);
      views.start();
      await views.caughtUp(HOW_MANY * 2);
      await look(views);
      await views.caughtUp(HOW_MANY * 2 + 100);
      await look(views);
      expect(await breaches()).toHaveLength(HOW_MANY);
      views.close();
    });
  });
});
