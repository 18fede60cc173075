import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openViews } from './open-views.js';
import { openModelFile } from './model-file.js';
import { StagedTables } from './staged-tables.js';
import { switchOver } from './switch-over.js';
import { caseView, countView } from './spec/case-view.js';
import { driveCases, foldOf, rowsOf } from './spec/drive-cases.js';
import { logInMemory, type LogInMemory } from './spec/log-in-memory.js';
import type { Views } from './views.js';

describe('a rebuild beside the live read models', () => {
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
  async function following(events: number): Promise<Views> {
    driveCases(store, events);
    const views = openViews({ file, store, views: [caseView, countView], pollMs: 20 });
    opened.push(views);
    views.start();
    await views.caughtUp(events);
    return views;
  }
  function tables(): readonly string[] {
    const db = new Database(file, { readonly: true });
    const names = db.prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`).pluck().all();
    db.close();
    return names;
  }
  async function expectTrueRows(views: Views): Promise<void> {
    expect(rowsOf(views, caseView)).toEqual(await foldOf(store, caseView));
    expect(rowsOf(views, countView)).toEqual(await foldOf(store, countView));
  }

  it('while the log grows, the live rows are followed and read, and old and new are equal at the switch', async () => {
    const views = await following(20_000);
    let rebuilding = true;
    const livePositions = new Set<number>();
    const growing = (async () => {
      while (rebuilding) {
        driveCases(store, 5);
        await views.caughtUp(await store.head());
        livePositions.add(views.position());
        expect(views.count(countView)).toBe(4);
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    })();
    const progress: number[] = [];
    const report = await views.rebuild(({ done, of }) => { progress.push(done); expect(done).toBeLessThanOrEqual(of); });
    rebuilding = false;
    await growing;
    expect(livePositions.size).toBeGreaterThan(5);
    expect(report.events).toBeGreaterThan(20_000);
    expect(report.compared).toEqual([
      { view: 'case', rowsBefore: expect.any(Number), rowsAfter: expect.any(Number), same: true }, { view: 'count', rowsBefore: 4, rowsAfter: 4, same: true },
    ]);
    expect(progress.at(-1)).toBe(report.events);
    driveCases(store, 700);
    await views.caughtUp(await store.head());
    await expectTrueRows(views);
    expect(tables()).toEqual(['k_case', 'k_count', 'mark', 'tables', 'v_case', 'v_count']);
  });

  it('rows that were tampered with are reported as different and are right afterwards', async () => {
    const views = await following(500);
    const db = new Database(file);
    db.exec(`UPDATE v_case SET title = 'forged' WHERE "key" = (SELECT min("key") FROM v_case)`);
    db.close();
    const { compared } = await views.rebuild();
    expect(compared.map(({ view, same }) => [view, same])).toEqual([['case', false], ['count', true]]);
    await expectTrueRows(views);
    expect((await views.rebuild()).compared.every(({ same }) => same)).toBe(true);
  });

  it('crashing half-way leaves the live rows as they were, and the next rebuild clears what was left', async () => {
    const views = await following(5_000);
    const before = rowsOf(views, caseView);
    await expect(views.rebuild(({ done }) => { if (done > 2_000) throw new Error('killed'); })).rejects.toThrow('killed');
    expect(rowsOf(views, caseView)).toEqual(before);
    const db = new Database(file);
    db.exec('CREATE TABLE nabandoned_case (x)');
    db.close();
    await views.rebuild();
    expect(tables()).toEqual(['k_case', 'k_count', 'mark', 'tables', 'v_case', 'v_count']);
    await expectTrueRows(views);
  });

  it('the switch is one transaction: when it cannot be finished nothing has moved', async () => {
    const views = await following(1_000);
    const db = new Database(file);
    db.exec(`UPDATE v_count SET seen = -1 WHERE "key" = 'CaseClosed'`);
    db.exec(`CREATE TRIGGER kill BEFORE UPDATE OF generation ON mark BEGIN SELECT RAISE(ABORT, 'killed'); END`);
    await expect(views.rebuild()).rejects.toMatchObject({ message: 'killed' });
    db.exec('DROP TRIGGER kill');
    db.close();
    expect(tables()).toEqual(['mark', 'tables', 'v_case', 'v_count']);
    expect(views.get(countView, 'CaseClosed')).toEqual({ key: 'CaseClosed', seen: -1 });
    await views.rebuild();
    driveCases(store, 100);
    await views.caughtUp(1_100);
    await expectTrueRows(views);
  });

  it('another instance keeps following through the switch', async () => {
    const views = await following(3_000);
    const other = openViews({ file, store, views: [caseView, countView], pollMs: 5 });
    opened.push(other);
    other.start();
    const report = await views.rebuild(({ done }) => { if (done % 1024 === 0) driveCases(store, 3); });
    expect(report.compared.every(({ same }) => same)).toBe(true);
    for (let i = 0; i < 20; i += 1) {
      driveCases(store, 10);
      await Promise.all([other.caughtUp(await store.head()), views.caughtUp(await store.head())]);
    }
    await expectTrueRows(other);
    await expectTrueRows(views);
  });

  it('rebuilt tables that are not level with the live ones do not take their place', async () => {
    const views = await following(1_000);
    const db = openModelFile(file);
    const staged = new StagedTables(db, [caseView, countView]);
    await staged.foldTowards(store, 999);
    await staged.flush();
    expect(switchOver(db, staged)).toBe(false);
    await expectTrueRows(views);
    while (staged.position < 1_000) await staged.foldTowards(store, 1_000);
    await staged.flush();
    expect(switchOver(db, staged)).toBe(true);
    db.close();
    await expectTrueRows(views);
  });

  it('more changed rows than fit in memory are written and read back on the way', async () => {
    for (let i = 0; i < 3_000; i += 1) store.addSilently(`case-${(i * 13) % 3_000}`, 'CaseOpened', { title: `${i}`, due: i % 9 });
    for (let i = 0; i < 1_500; i += 1) store.addSilently(`case-${(i * 7) % 3_000}`, i % 4 ? 'CaseNoted' : 'CaseDropped', { note: 'n' });
    const views = await following(0);
    await views.caughtUp(4_500);
    const db = openModelFile(file);
    const staged = new StagedTables(db, [caseView, countView], { mostInMemory: 400 });
    while (staged.position < 4_500) await staged.foldTowards(store, 4_500);
    await staged.flush();
    expect(switchOver(db, staged)).toBe(true);
    db.close();
    await expectTrueRows(views);
  });

  it('only one runs at a time, and closing ends it', async () => {
    const views = await following(5_000);
    const first = views.rebuild();
    await expect(views.rebuild()).rejects.toThrow('already running');
    views.close();
    await expect(first).rejects.toThrow();
  });
});
