import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { EventStore } from 'aftercare/event-store';
import { LiveModel } from './live-model.js';
import { openModelFile } from './model-file.js';
import { openViews } from './open-views.js';
import { caseView, countView } from './spec/case-view.js';
import { driveCases, foldOf, rowsOf } from './spec/drive-cases.js';
import { logInMemory, type LogInMemory } from './spec/log-in-memory.js';
import { ViewBuilding } from './status.js';
import type { View } from './view.js';
import { ViewsClosed } from './waiting.js';
import type { Views } from './views.js';

describe('read models follow the log', () => {
  let folder: string;
  let file: string;
  let store: LogInMemory;
  const opened: Views[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'views-'));
    file = join(folder, 'views.db');
    store = logInMemory();
  });
  afterEach(() => {
    for (const views of opened.splice(0)) views.close();
    rmSync(folder, { recursive: true });
  });
  function open(views: readonly View[] = [caseView, countView], log: EventStore = store): Views {
    const made = openViews({ file, store: log, views, pollMs: 20 });
    opened.push(made);
    return made;
  }
  async function level(views: Views): Promise<void> {
    await views.caughtUp(await store.head());
  }
  const until = async (met: () => boolean): Promise<void> => {
    for (let i = 0; i < 200 && !met(); i += 1) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(met()).toBe(true);
  };

  it('rows equal the pure fold of the log, before, while and after it grows', async () => {
    driveCases(store, 3_000);
    const views = open();
    views.start();
    await level(views);
    expect(rowsOf(views, caseView)).toEqual(await foldOf(store, caseView));
    for (let i = 0; i < 20; i += 1) {
      driveCases(store, 30);
      await level(views);
    }
    expect(rowsOf(views, caseView)).toEqual(await foldOf(store, caseView));
    expect(rowsOf(views, countView)).toEqual(await foldOf(store, countView));
    expect(views.status()).toMatchObject({ position: 3_600, head: 3_600, lagEvents: 0, lagSeconds: 0 });
  });

  it('goes on after a restart where it was, without folding anything again', async () => {
    driveCases(store, 100);
    const first = open();
    first.start();
    await level(first);
    first.close();
    driveCases(store, 100);
    const reads: number[] = [];
    const second = open(undefined, { ...store, readLog: (from: number, limit: number) => (reads.push(from), store.readLog(from, limit)) });
    expect(second.position()).toBe(100);
    second.start();
    await level(second);
    expect(Math.min(...reads)).toBe(99);
    expect(rowsOf(second, countView)).toEqual(await foldOf(store, countView));
  });

  it('a crash between writing rows and moving the position leaves neither', async () => {
    driveCases(store, 50);
    const views = open();
    views.start();
    await level(views);
    const before = rowsOf(views, caseView);
    // Stands for the kill: the statement that moves the position fails after the rows were written.
    const saboteur = new Database(file);
    saboteur.exec(`CREATE TRIGGER kill BEFORE UPDATE ON mark BEGIN SELECT RAISE(ABORT, 'killed'); END`);
    driveCases(store, 50);
    await until(() => views.status().trouble !== undefined);
    expect(views.status()).toMatchObject({ position: 50, trouble: 'killed' });
    expect(rowsOf(views, caseView)).toEqual(before);
    saboteur.exec('DROP TRIGGER kill');
    saboteur.close();
    await level(views);
    expect(rowsOf(views, countView)).toEqual(await foldOf(store, countView));
    expect(views.status().trouble).toBeUndefined();
  });

  it('two instances on one file do not fold anything twice', async () => {
    const both = [open(), open()];
    for (const views of both) views.start();
    for (let i = 0; i < 60; i += 1) {
      driveCases(store, 20);
      if (i % 3 === 0) await Promise.all(both.map(level));
    }
    await Promise.all(both.map(level));
    for (const views of both) {
      expect(rowsOf(views, countView)).toEqual(await foldOf(store, countView));
      expect(rowsOf(views, caseView)).toEqual(await foldOf(store, caseView));
    }
  });

  it('of two instances that read the same batch one keeps it, and the other changes nothing', async () => {
    const views = open();
    views.start();
    await views.caughtUp(0);
    store.readFails = new Error('only these two fold');
    driveCases(store, 100);
    const [db, twinDb] = [openModelFile(file), openModelFile(file)];
    const [live, twin] = [db, twinDb].map((each) => new LiveModel(each, store.log, [caseView, countView]));
    store.readFails = null;
    const batch = await store.readLog(0, 100);
    store.readFails = new Error('only these two fold');
    expect(live?.apply(0, batch)).toBe(true);
    expect(twin?.apply(0, batch)).toBe(false);
    store.readFails = null;
    expect(rowsOf(views, countView)).toEqual(await foldOf(store, countView));
    expect(views.position()).toBe(100);
    for (const each of [db, twinDb]) each.close();
  });

  it.each([
    ['a changed shape', () => [{ ...caseView, shape: 2, fold: () => ({ title: 'new', stage: 's', due: 1, notes: [] }) }, countView]],
    ['another column', () => [{ ...caseView, columns: { ...caseView.columns, more: 'text' as const }, fold: () => ({ title: 'new', stage: 's', due: 1, notes: [], more: 'm' }) }, countView]],
  ])('%s computes the rows of that view again, and the others are served meanwhile', async (_what, changed) => {
    driveCases(store, 100);
    const before = open();
    before.start();
    await level(before);
    before.close();
    const after = open(changed() as unknown as readonly View[]);
    expect(() => after.list(caseView, {})).toThrow(ViewBuilding);
    expect(rowsOf(after, countView)).toEqual(await foldOf(store, countView));
    after.start();
    await level(after);
    expect(new Set(rowsOf(after, caseView).map(({ title }) => title))).toEqual(new Set(['new']));
    expect(rowsOf(after, countView)).toEqual(await foldOf(store, countView));
  });

  it('an instance whose shapes were replaced by a newer program stops writing and says so', async () => {
    driveCases(store, 10);
    const old = open();
    old.start();
    await level(old);
    const newer = open([{ ...caseView, shape: 2 }] as unknown as readonly View[]);
    newer.start();
    await level(newer);
    driveCases(store, 10);
    await level(newer);
    await until(() => old.status().failed !== undefined);
    expect(old.status().failed).toMatch(/other shapes/);
    expect(rowsOf(newer, caseView)).toEqual(await foldOf(store, caseView));
  });

  it.each(['missing', 'not a database', 'of another log', 'of a log since restored from a backup'])('a file that is %s is computed again', async (what) => {
    driveCases(store, 200);
    const before = open();
    before.start();
    await level(before);
    before.close();
    if (what === 'missing') for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
    if (what === 'not a database') writeFileSync(file, 'x'.repeat(9_000));
    if (what === 'of another log') store = logInMemory('quality');
    if (what.startsWith('of a log since')) store = logInMemory('intake', (index) => `restored-${index}`);
    if (what.startsWith('of')) driveCases(store, 150);
    const after = open();
    if (what === 'of another log') expect(after.position()).toBe(0);
    after.start();
    const head = await store.head();
    await until(() => after.status().position === head);
    expect(rowsOf(after, countView)).toEqual(await foldOf(store, countView));
    expect(existsSync(file)).toBe(true);
  });

  it('waiting ends when the models are closed', async () => {
    const views = open();
    views.start();
    const waiting = views.caughtUp(1);
    views.close();
    await expect(waiting).rejects.toThrow(ViewsClosed);
  });
});
