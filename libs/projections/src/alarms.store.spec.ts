import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openViews } from './open-views.js';
import { ViewBuilding, ViewStopped } from './status.js';
import { caseView, countView } from './spec/case-view.js';
import { driveCases, foldOf, rowsOf } from './spec/drive-cases.js';
import { logInMemory, type LogInMemory } from './spec/log-in-memory.js';
import type { View } from './view.js';
import type { Views } from './views.js';

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

  describe('the poller stalls', () => {
    const STALL_MS = 150;
    function startStalling(): Views {
      const views = openViews({ file: join(folder, 'views.db'), store, views: [caseView, countView], pollMs: 20, stallMs: STALL_MS });
      opened.push(views);
      views.start();
      return views;
    }
    const stalledWithin = async (views: Views, ms: number): Promise<void> => {
      for (const end = performance.now() + ms; !views.status().stalled && performance.now() < end;) await sleep(5);
      expect(views.status().stalled).toBe(true);
    };

    it.each([
      ['hangs on a read that never answers', () => { store.readHangs = true; }, () => { store.readHangs = false; }],
      ['is thrown at for ever', () => { store.readFails = new Error('no connection'); }, () => { store.readFails = null; }],
    ])('when it %s: it is told in time although no event comes, the lag grows, and it recovers', async (_what, breakIt, mend) => {
      driveCases(store, 10);
      const views = startStalling();
      await views.caughtUp(10);
      await sleep(2 * STALL_MS);
      expect(views.status()).toMatchObject({ stalled: false, lagEvents: 0, lagSeconds: 0 });
      breakIt();
      await stalledWithin(views, 3 * STALL_MS);
      const first = views.status();
      expect(first).toMatchObject({ lagEvents: 0, position: 10 });
      expect(first.lagSeconds).toBeGreaterThanOrEqual(0.1);
      await sleep(250);
      expect(views.status().lagSeconds).toBeGreaterThanOrEqual(first.lagSeconds + 0.2);
      expect(views.status().trouble).toMatch(/no answer|no connection/);
      mend();
      driveCases(store, 5);
      await views.caughtUp(15);
      expect(views.status()).toMatchObject({ stalled: false, lagEvents: 0, lagSeconds: 0 });
    });

    it('a view that is being computed and gets no further counts as well', async () => {
      driveCases(store, 2_000);
      const { readLog } = store;
      store.readLog = (from, limit) => (from >= 1_024 ? new Promise(() => undefined) : readLog(from, limit));
      const views = startStalling();
      await stalledWithin(views, 4 * STALL_MS);
      expect(views.status().building).toEqual([{ view: 'case', done: 1_024, of: 2_000 }, { view: 'count', done: 1_024, of: 2_000 }]);
      expect(() => views.list(caseView, {})).toThrow(ViewBuilding);
    });

    it('who waits is told after the time given that it is recorded but not shown, and once only', async () => {
      const views = startStalling();
      await views.caughtUp(0);
      store.readHangs = true;
      driveCases(store, 1);
      const began = performance.now();
      await expect(views.caughtUp(1, 60)).rejects.toMatchObject({ name: 'ViewsLag', index: 1, position: 0 });
      expect(performance.now() - began).toBeLessThan(1_000);
      const late = views.caughtUp(1);
      store.readHangs = false;
      await late;
      await expect(views.caughtUp(1, 0)).resolves.toBeUndefined();
    });
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
