import { deadlineEvents } from 'aftercare/contracts';
import { decode as decodeBytes, openStore, type EventStore } from 'aftercare/event-store';
import type { Aggregate } from 'aftercare/kernel';
import { openMemoryVault } from 'aftercare/privacy';
import { openViews, type View, type Views } from 'aftercare/projections';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Commands } from '../commands/commands.js';
import { States } from '../commands/states.js';
import { alwaysBy } from '../policies/department-policies.js';
import { counter } from '../spec/counter.js';
import { CONTACT_CLOCK, FIRST_CONTACT, policyWith } from '../spec/timed-counter.js';
import { DeadlineWatch } from './deadline-watch.js';
import { deadlineView } from './deadline.view.js';

const START = Date.parse('2026-03-11T06:00:00.000Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ALL = ['DeadlineWarned 50', 'DeadlineWarned 80', 'DeadlineBreached', 'DeadlineEscalated intake.administrator', 'DeadlineEscalated intake.head'];
const CALL = { actor: { id: 'u', role: 'r' }, expectedVersion: null, onBehalfOf: null, reason: null };

/** One instance of a department: with its own read models, memory of states and time of day, on a log that others may write. */
interface Instance { readonly store: EventStore; readonly views: Views; readonly commands: Commands; look(): Promise<void>; close(): Promise<void> }

describe('warnings, breaches and escalations in a log on disk', () => {
  let folder: string;
  const open: Instance[] = [];
  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'aftercare-steps-')); });
  afterEach(async () => {
    for (const instance of open.splice(0).reverse()) await instance.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function instance(name: string, now: () => number, shared?: EventStore): Promise<Instance> {
    const store = shared ?? await openStore('sqlite', { log: 'intake', dataDir: folder, decode: decodeBytes });
    const views = openViews({ file: join(folder, `${name}.db`), store, views: [deadlineView as unknown as View], pollMs: 10 });
    views.start();
    const commands = new Commands({ store, states: new States(store), vault: openMemoryVault(), policies: alwaysBy(policyWith(FIRST_CONTACT)), fingerprint: (_, command) => JSON.stringify(command), now });
    const watch = new DeadlineWatch({ aggregates: [counter as unknown as Aggregate], views, commands, now, everyMs: 1e6 });
    const made: Instance = {
      store, views, commands,
      look: async () => { await views.caughtUp(await store.head()); await watch.look(); },
      close: async () => { views.close(); if (!shared) await store.close(); },
    };
    open.push(made);
    return made;
  }

  const stop = async (one: Instance): Promise<void> => { open.splice(open.indexOf(one), 1); await one.close(); };
  const start = (one: Instance) => one.commands.create(counter, { type: 'Add', by: 1 }, { ...CALL, commandId: 'c' });
  async function steps({ store }: Instance): Promise<string[]> {
    return (await store.readLog(0, 500)).filter(({ event }) => /^Deadline(Warned|Breached|Escalated)$/.test(event.type)).map(({ event }) => {
      const { percent, to } = event.data as { percent?: number; to?: readonly string[] };
      return [event.type, percent ?? to?.join()].filter((part) => part !== undefined).join(' ');
    });
  }

  it('come one after the other as their time comes, and the row says what comes next', async () => {
    let now = START;
    const one = await instance('one', () => now);
    await start(one);
    const seen: [number, number, string | null | undefined][] = [];
    for (const minutes of [119, 120, 192, 240, 359, 360, 900]) {
      now = START + minutes * MINUTE;
      await one.look();
      await one.views.caughtUp(await one.store.head());
      const row = one.views.list(deadlineView, {}).items[0];
      seen.push([minutes, (await steps(one)).length, row?.nextActAt?.slice(11, 16)]);
    }
    expect(seen).toEqual([[119, 0, '08:00'], [120, 1, '09:12'], [192, 2, '10:00'], [240, 4, '12:00'], [359, 4, '12:00'], [360, 5, undefined], [900, 5, undefined]]);
    expect(await steps(one)).toEqual(ALL);
    expect(one.views.list(deadlineView, {}).items[0]).toMatchObject({
      waiting: 0, breached: 1, paused: 0, service: 1, regulatory: 0, nextDueAt: null,
      clocks: { [CONTACT_CLOCK]: { warned: 80, escalatedTo: ['intake.administrator', 'intake.head'], consequence: { en: 'it is reported' }, clause: '5.1' } },
    });
  });

  it('that fell into a stop are recorded after it, in order, each with how late it was noticed', async () => {
    let now = START;
    const before = await instance('one', () => now);
    await start(before);
    now = START + 121 * MINUTE;
    await before.look();
    await stop(before);
    now = START + 10 * HOUR;
    const after = await instance('one', () => now);
    await after.look();
    await after.look();
    expect(await steps(after)).toEqual(ALL);
    const late = (await after.store.readLog(0, 500)).flatMap(({ event }) => ('lateByMs' in event.data ? [(event.data as { lateByMs: number }).lateByMs / MINUTE] : []));
    expect(late).toEqual([1, 600 - 192, 600 - 240, 600 - 240, 600 - 360]);
  });

  it('come once with two instances on one log, whatever their clocks do', async () => {
    let now = START;
    const first = await instance('one', () => now);
    const two = [first, await instance('two', () => now + 5 * MINUTE, first.store)] as const;
    await start(two[0]);
    // Forwards, a day back, forwards again; both look at the same moment.
    for (const minutes of [100, 118, -1_440, 125, 190, 60, 236, 241, 355, -1_440, 600, 2_000]) {
      now = START + minutes * MINUTE;
      await Promise.all(two.map((one) => one.look()));
    }
    expect(await steps(two[0])).toEqual(ALL);
  });

  it('are not lost where the time of day is set back between the look and the decision', async () => {
    let now = START;
    let asked = 0;
    const one = await instance('one', () => now);
    await start(one);
    await one.views.caughtUp(await one.store.head());
    const watch = new DeadlineWatch({
      aggregates: [counter as unknown as Aggregate], views: one.views, commands: one.commands, everyMs: 1e6,
      now: () => { asked += 1; return START + 4 * HOUR; },
    });
    now = START + HOUR;
    await watch.look();
    expect([asked, await steps(one)]).toEqual([1, ALL.slice(0, 4)]);
    now = START + 4 * HOUR;
    await one.look();
    expect(await steps(one)).toEqual(ALL.slice(0, 4));
  });

  it('wait while the clock is paused and are moved by the pause', async () => {
    let now = START;
    const one = await instance('one', () => now);
    const made = await start(one);
    if (made.outcome !== 'done') throw new Error('refused');
    const send = (command: { type: 'PauseDeadlines'; reasonCode: 'other' } | { type: 'ResumeDeadlines' }) =>
      one.commands.execute(counter, made.receipt.id, command, { ...CALL, commandId: `${command.type}${now}` });
    now = START + HOUR;
    await send({ type: 'PauseDeadlines', reasonCode: 'other' });
    now = START + 30 * HOUR;
    await one.look();
    expect(one.views.list(deadlineView, {}).items[0]).toMatchObject({ paused: 1, waiting: 0, nextActAt: null, nextDueAt: null });
    await send({ type: 'ResumeDeadlines' });
    await one.look();
    expect(await steps(one)).toEqual([]);
    now = START + 33 * HOUR;
    await one.look();
    expect(await steps(one)).toEqual(ALL.slice(0, 4));
  });

  it('every deadline event is one that the row knows', () => {
    const stream = 'counter-1';
    for (const type of Object.keys(deadlineEvents)) expect(deadlineView.key({ type, stream } as never)).toBe(stream);
  });
});
