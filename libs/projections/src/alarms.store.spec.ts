import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openViews, type Views } from './open-views.js';
import { ViewStopped } from './status.js';
import { caseView, countView } from './spec/case-view.js';
import { driveCases, foldOf, rowsOf } from './spec/drive-cases.js';
import { logInMemory, type LogInMemory } from './spec/log-in-memory.js';
import type { View } from './view.js';

describe('read models that cannot go on say so', () => {
  let folder: string;
  let store: LogInMemory;
  const opened: Views[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'views-'));
    store = logInMemory();
  });
  afterEach(() => {
    for (const views of opened.splice(0)) views.close();
    rmSync(folder, { recursive: true });
  });
  function start(models: readonly View[] = [caseView, countView]): Views {
    const views = openViews({ file: join(folder, 'views.db'), store, views: models, pollMs: 20 });
    opened.push(views);
    views.start();
    return views;
  }
  const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

  it('a fold that throws stops its view before that event, the others go on, and it stays known after a restart', async () => {
    driveCases(store, 100);
    const views = start();
    await views.caughtUp(100);
    const before = rowsOf(views, caseView);
    store.add('case-1', 'CasePoisoned', {});
    driveCases(store, 100);
    await views.caughtUp(201);
    expect(views.status().failed).toBe('case at event 100: cannot fold this');
    expect(rowsOf(views, caseView)).toEqual(before);
    expect(rowsOf(views, countView)).toEqual(await foldOf(store, countView));
    views.close();
    const again = start();
    expect(again.status().failed).toBe('case at event 100: cannot fold this');
    await again.caughtUp(201);
    await expect(again.rebuild()).rejects.toThrow(/case at event 100|already running/);
    expect(rowsOf(again, caseView)).toEqual(before);
  });

  it('a mended fold takes up its view again at the next start', async () => {
    driveCases(store, 50);
    store.add('case-1', 'CasePoisoned', {});
    driveCases(store, 50);
    const views = start();
    await views.caughtUp(101);
    expect(views.status().failed).toBeDefined();
    views.close();
    const mended = { ...caseView, fold: (row, event) => (event.type === 'CasePoisoned' ? row : caseView.fold(row, event)) } as typeof caseView;
    const again = start([mended, countView]);
    await again.caughtUp(101);
    expect(again.status().failed).toBeUndefined();
    expect(rowsOf(again, mended)).toEqual(await foldOf(store, mended));
  });

  it.each([
    ['an undeclared member', { title: 'a', stage: 's', due: 1, notes: [], more: 1 }], ['an undefined member', { title: undefined, stage: 's', due: 1, notes: [] }],
    ['a fraction', { title: 'a', stage: 's', due: 1.5, notes: [] }], ['a number as text', { title: 7, stage: 's', due: 1, notes: [] }],
  ])('a row with %s stops its view: it would come back from the table otherwise than it went in', async (_what, row) => {
    driveCases(store, 1);
    const views = start([{ ...caseView, fold: () => row } as unknown as View, countView]);
    await views.caughtUp(1);
    expect(views.status().failed).toMatch(/^case at event 0: /);
    expect(() => views.count(caseView)).toThrow(ViewStopped);
    expect(views.count(countView)).toBe(1);
  });

  it('the beat goes on while there is nothing to do, and stops when the poller hangs, whatever the lag says', async () => {
    const views = start();
    await sleep(60);
    const beat = Date.parse(views.status().lastBeat ?? '');
    await sleep(60);
    expect(Date.parse(views.status().lastBeat ?? '')).toBeGreaterThan(beat);
    store.readHangs = true;
    await sleep(60);
    const last = views.status().lastBeat;
    store.add('case-1', 'CaseOpened', { title: 't', due: 1 });
    await sleep(250);
    const status = views.status();
    expect(status.lastBeat).toBe(last);
    expect(status).toMatchObject({ position: 0, head: 1, lagEvents: 1 });
    expect(status.lagSeconds).toBeGreaterThan(0.1);
  });

  it('a log that cannot be read is trouble, not an end: the models catch up when it returns', async () => {
    const views = start();
    store.readFails = new Error('disk says no');
    driveCases(store, 10);
    await sleep(80);
    expect(views.status()).toMatchObject({ position: 0, lagEvents: 10, trouble: 'disk says no' });
    store.readFails = null;
    await views.caughtUp(10);
    await sleep(1);
    expect(views.status().trouble).toBeUndefined();
  });

  it('a lost wake is made good by the poll', async () => {
    const views = start();
    await views.caughtUp(0);
    await sleep(40);
    store.addSilently('case-1', 'CaseOpened', { title: 't', due: 1 });
    await views.caughtUp(1);
    expect(views.count(caseView)).toBe(1);
  });

  it('a log with a hole is not folded', async () => {
    const views = start();
    driveCases(store, 10);
    await views.caughtUp(10);
    store.hideIndex = 12;
    driveCases(store, 10);
    await sleep(80);
    expect(views.status()).toMatchObject({ position: 10, trouble: expect.stringContaining('index 13 where 12 belongs') });
  });
});
