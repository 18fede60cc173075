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
      store, states: new States(store), vault: openMemoryVault(), policy: policySet(), fingerprint: () => 'same', now: () => now,
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

    await views.caughtUp(3);
    await watch().look();
    expect(await breaches()).toBe(1);
    expect(views.list(deadlineView, {}).items[0]).toMatchObject({ waiting: 0, breached: 1 });
    views.close();
    await store.close();
  });
});
