import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { openMemoryStore, type EventStore } from 'aftercare/event-store';
import type { Aggregate } from 'aftercare/kernel';
import type { ClockTerms, PolicySet } from 'aftercare/policy';
import { openMemoryVault } from 'aftercare/privacy';
import { openViews, type View, type Views } from 'aftercare/projections';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Commands } from '../commands/commands.js';
import { States } from '../commands/states.js';
import { alwaysBy } from '../policies/department-policies.js';
import { counter } from '../spec/counter.js';
import { FIRST_CONTACT, policyWith } from '../spec/timed-counter.js';
import { DeadlineWatch } from './deadline-watch.js';
import { deadlineView } from './deadline.view.js';

const START = Date.parse('2026-12-30T06:00:00.000Z');
const FIVE_DAYS: ClockTerms = { ...FIRST_CONTACT, span: { value: 5, unit: 'working-day', calendar: 'working-days' }, warn: [], escalate: [] };
const CALL = { actor: { id: 'u', role: 'r' }, expectedVersion: null, onBehalfOf: null, reason: null };

describe('what the watch reaches', () => {
  let folder: string;
  let store: EventStore;
  let views: Views;
  let now = START;
  beforeEach(() => {
    now = START;
    folder = mkdtempSync(join(tmpdir(), 'aftercare-reach-'));
    store = openMemoryStore({ log: 'intake', now: () => new Date(now).toISOString() });
    views = openViews({ file: join(folder, 'views.db'), store, views: [deadlineView as unknown as View], pollMs: 10 });
    views.start();
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    views.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const commandsUnder = (policy: PolicySet): Commands =>
    new Commands({ store, states: new States(store), vault: openMemoryVault(), policies: alwaysBy(policy), fingerprint: (_, command) => JSON.stringify(command), now: () => now });
  const watchOver = (commands: Commands, aggregates: readonly unknown[] = [counter]): DeadlineWatch =>
    new DeadlineWatch({ aggregates: aggregates as Aggregate[], views, commands, now: () => now, everyMs: 1e6 });
  const recorded = async (type: string): Promise<number> => (await store.readLog(0, 2_000)).filter(({ event }) => event.type === type).length;

  it('is behind a whole page of streams that cannot take anything', async () => {
    const commands = commandsUnder(policyWith({ ...FIRST_CONTACT, warn: [], escalate: [] }));
    for (let n = 0; n < 120; n += 1) await commands.create(counter, { type: 'Add', by: 1 }, { ...CALL, commandId: `c${n}` });
    now += 86_400_000;
    await views.caughtUp(await store.head());
    const broken = new Set(views.list(deadlineView, { orderBy: 'nextActAt', limit: 100 }).items.map(({ stream }) => stream));
    jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    const execute = commands.execute.bind(commands);
    jest.spyOn(commands, 'execute').mockImplementation((aggregate, id, command, call) =>
      broken.has(`${aggregate.name}-${id}`) ? Promise.reject(new Error('unreadable')) : execute(aggregate, id, command, call));
    await watchOver(commands).look();
    expect([broken.size, await recorded('DeadlineBreached')]).toEqual([100, 20]);
  });

  it('is, after a start, every deadline that no calendar could tell before', async () => {
    const unpublished = policyWith(FIVE_DAYS);
    const published: PolicySet = { ...unpublished, calendar: { ...unpublished.calendar, due: () => ({ at: '2027-01-07T06:00:00.000Z' }) } };
    await commandsUnder(unpublished).create(counter, { type: 'Add', by: 1 }, { ...CALL, commandId: 'c' });
    await views.caughtUp(await store.head());
    expect(views.list(deadlineView, {}).items).toMatchObject([{ undetermined: 1, nextDueAt: null }]);
    await watchOver(commandsUnder(unpublished)).reckon();
    expect(await recorded('DeadlinesRevised')).toBe(0);
    await watchOver(commandsUnder(published)).reckon();
    await watchOver(commandsUnder(published)).reckon();
    await views.caughtUp(await store.head());
    expect([await recorded('DeadlinesRevised'), views.list(deadlineView, {}).items]).toMatchObject([1, [{ undetermined: 0, nextDueAt: '2027-01-07T06:00:00.000Z' }]]);
  });

  it('is, after each start, what a year published meanwhile tells, also in a stream that was reckoned after an earlier one', async () => {
    const nothingKnown = policyWith(FIVE_DAYS, { ...FIVE_DAYS, pack: 'P8', span: { ...FIVE_DAYS.span, value: 8 } });
    const knownUpTo = (days: number): PolicySet => ({ ...nothingKnown, calendar: {
      ...nothingKnown.calendar, due: (span, start) => (span.value > days ? nothingKnown.calendar.due(span, start) : { at: '2027-01-12T06:00:00.000Z' }),
    } });
    for (const commandId of ['one', 'other']) await commandsUnder(nothingKnown).create(counter, { type: 'Add', by: 1 }, { ...CALL, commandId });
    for (const [days, revisions] of [[5, 2], [8, 4]] as const) {
      now += 86_400_000;
      await views.caughtUp(await store.head());
      await watchOver(commandsUnder(knownUpTo(days))).reckon();
      expect([days, await recorded('DeadlinesRevised')]).toEqual([days, revisions]);
    }
    await views.caughtUp(await store.head());
    expect(views.list(deadlineView, {}).items.map(({ undetermined }) => undetermined)).toEqual([0, 0]);
  });

  it('is every clock of a stream that is due at one instant, of the aggregate whose whole name the stream has', async () => {
    const terms: ClockTerms = { ...FIRST_CONTACT, warn: [], escalate: [] };
    const commands = commandsUnder(policyWith(terms, { ...terms, pack: 'P8' }));
    await commands.create(counter, { type: 'Add', by: 1 }, { ...CALL, commandId: 'c' });
    now += 86_400_000;
    await views.caughtUp(await store.head());
    await watchOver(commands, [{ ...counter, name: 'count' }, counter]).look();
    expect(await recorded('DeadlineBreached')).toBe(2);
  });
});
