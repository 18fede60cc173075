import { caseView, countView } from './spec/case-view.js';
import { driveCases, foldOf, rowsOf } from './spec/drive-cases.js';
import { until, ViewsOnDisk } from './spec/views-on-disk.js';
import { RebuildFailed } from './rebuild.js';
import { NothingKept } from './rollback.js';
import { ViewBuilding } from './status.js';
import type { View } from './view.js';
import type { Views } from './views.js';

const renamed = { ...caseView, shape: 2, fold: (row, event) => { const next = caseView.fold(row, event); return next && { ...next, title: `new ${next.title}` }; } } as typeof caseView;
const NEWER = [renamed, countView] as readonly View[];
const KEPT = ['k_case', 'k_count', 'mark', 'tables', 'v_case', 'v_count'];

describe('going back after a switch', () => {
  let disk: ViewsOnDisk;
  beforeEach(() => { disk = new ViewsOnDisk(); });
  afterEach(() => { disk.remove(); });

  async function expectTrueRows(views: Views, cases: View = caseView as unknown as View): Promise<void> {
    expect(rowsOf(views, cases)).toEqual(await foldOf(disk.store, cases));
    expect(rowsOf(views, countView)).toEqual(await foldOf(disk.store, countView));
  }
  const readsFrom = (): number[] => {
    const reads: number[] = [];
    const { readLog } = disk.store;
    disk.store.readLog = (from, limit) => { reads.push(from); return readLog(from, limit); };
    return reads;
  };

  it('the kept tables fold what they missed and are live again, and what was live is kept in turn', async () => {
    driveCases(disk.store, 3_000);
    const views = await disk.following();
    disk.change(`UPDATE v_count SET seen = seen + 1000 WHERE "key" = 'CaseClosed'`);
    const forged = Number(views.get(countView, 'CaseClosed')?.seen);
    await views.rebuild();
    expect(views.status().kept).toEqual(['case', 'count']);
    driveCases(disk.store, 1_500);
    await disk.level(views);
    const before = rowsOf(views, caseView);

    const progress: number[] = [];
    const report = await views.rollback(({ done }) => { progress.push(done); });

    expect(report).toMatchObject({ position: 4_500, events: 1_500 });
    expect(report.compared.map(({ view, same }) => [view, same])).toEqual([['case', true], ['count', false]]);
    expect(progress.at(-1)).toBe(4_500);
    expect(Number(views.get(countView, 'CaseClosed')?.seen)).toBeGreaterThan(forged);
    expect(rowsOf(views, caseView)).toEqual(before);
    driveCases(disk.store, 50);
    await disk.level(views);
    expect(disk.tables()).toEqual(KEPT);
    await views.rollback();
    await expectTrueRows(views);
  });

  it('works after a restart', async () => {
    driveCases(disk.store, 700);
    const views = await disk.following();
    await views.rebuild();
    views.close();
    driveCases(disk.store, 100);
    const again = await disk.following();
    expect(await again.rollback()).toMatchObject({ position: 800, events: 100 });
    await expectTrueRows(again);
  });

  it('is refused while nothing is kept, after a discard, and while a rebuild runs', async () => {
    driveCases(disk.store, 2_000);
    const views = await disk.following();
    await expect(views.rollback()).rejects.toThrow(NothingKept);
    const rebuilding = views.rebuild();
    await expect(views.rollback()).rejects.toThrow(RebuildFailed);
    await rebuilding;
    expect(views.discardKept()).toBe(2);
    expect(disk.tables()).toEqual(['mark', 'tables', 'v_case', 'v_count']);
    await expect(views.rollback()).rejects.toThrow(NothingKept);
  });

  it('a kept view that cannot take what it missed leaves everything as it is', async () => {
    driveCases(disk.store, 600);
    const views = await disk.following();
    await views.rebuild();
    disk.store.add('case-1', 'CasePoisoned', {});
    driveCases(disk.store, 600);
    await disk.level(views);
    const before = rowsOf(views, countView);
    await expect(views.rollback()).rejects.toThrow(RebuildFailed);
    expect(rowsOf(views, countView)).toEqual(before);
    expect(disk.tables()).toEqual(KEPT);
  });

  it('a kept set of a log that was since restored from a backup is not gone back to', async () => {
    driveCases(disk.store, 600);
    const views = await disk.following();
    await views.rebuild();
    disk.change(`UPDATE tables SET lastEvent = 'another'`);
    await expect(views.rollback()).rejects.toThrow('not the one they were folded from');
    await expectTrueRows(views);
  });

  it('a rebuild makes room first: no view has three tables at any time', async () => {
    driveCases(disk.store, 2_000);
    const views = await disk.following();
    await views.rebuild();
    let most = 0;
    await views.rebuild(() => { most = Math.max(most, disk.tables().filter((table) => table.endsWith('_case')).length); });
    expect(most).toBe(2);
    expect(disk.tables()).toEqual(KEPT);
  });

  it('the switch back is one transaction', async () => {
    driveCases(disk.store, 600);
    const views = await disk.following();
    await views.rebuild();
    disk.change(`UPDATE v_count SET seen = -1 WHERE "key" = 'CaseClosed'`);
    disk.change(`CREATE TRIGGER kill BEFORE UPDATE OF generation ON mark BEGIN SELECT RAISE(ABORT, 'killed'); END`);
    await expect(views.rollback()).rejects.toMatchObject({ message: 'killed' });
    disk.change('DROP TRIGGER kill');
    expect(views.get(countView, 'CaseClosed')).toEqual({ key: 'CaseClosed', seen: -1 });
    await views.rollback();
    await expectTrueRows(views);
  });

  describe('over versions of the program', () => {
    it('the other views are served and followed while the changed one is computed, and it is never shown half', async () => {
      driveCases(disk.store, 12_000);
      (await disk.following()).close();
      const views = disk.open(NEWER);
      expect(() => views.list(renamed, {})).toThrow(ViewBuilding);
      views.start();
      let seen = 0;
      await until(() => {
        if (views.status().building.length === 0) return true;
        expect(() => views.count(renamed)).toThrow(ViewBuilding);
        driveCases(disk.store, 1);
        seen = Math.max(seen, views.position());
        expect(views.count(countView)).toBe(4);
        return false;
      }, 10_000);
      expect(seen).toBeGreaterThan(12_000);
      await disk.level(views);
      await expectTrueRows(views, renamed as unknown as View);
      expect(views.status()).toMatchObject({ building: [], kept: ['case'] });
      expect(disk.tables()).toEqual(['k_case', 'mark', 'tables', 'v_case', 'v_count']);
    }, 30_000);

    it('going back to the earlier version folds only what its tables missed, and forth again as well', async () => {
      driveCases(disk.store, 2_000);
      (await disk.following()).close();
      (await disk.following(NEWER)).close();
      driveCases(disk.store, 100);
      let reads = readsFrom();
      const back = await disk.following();
      expect(Math.min(...reads)).toBeGreaterThanOrEqual(1_999);
      await expectTrueRows(back);
      expect(disk.tables()).toEqual(['k_case', 'mark', 'tables', 'v_case', 'v_count']);
      back.close();
      driveCases(disk.store, 100);
      reads = readsFrom();
      const forth = await disk.following(NEWER);
      expect(Math.min(...reads)).toBeGreaterThanOrEqual(1_999);
      await expectTrueRows(forth, renamed as unknown as View);
      await expect(forth.rollback()).rejects.toThrow(NothingKept);
    });

    it('at most two tables a view are kept, however many versions come and go, also half-way', async () => {
      driveCases(disk.store, 1_500);
      const version = (shape: number): readonly View[] => [{ ...renamed, shape } as unknown as View, countView as unknown as View];
      for (const [shape, finishes] of [[2, true], [3, false], [4, false], [2, false], [3, true], [2, true], [5, false], [2, true]] as const) {
        const views = disk.open(version(shape));
        if (finishes) {
          views.start();
          await disk.level(views);
          await expectTrueRows(views, version(shape)[0]);
        }
        views.close();
        expect(disk.tables().filter((table) => table.endsWith('_case')).length).toBeLessThanOrEqual(2);
      }
    });

    it('a view that a version does not have comes back with the one that has it', async () => {
      driveCases(disk.store, 1_000);
      (await disk.following()).close();
      const without = await disk.following([countView as unknown as View]);
      expect(disk.tables()).toEqual(['k_case', 'mark', 'tables', 'v_count']);
      driveCases(disk.store, 100);
      await disk.level(without);
      without.close();
      const reads = readsFrom();
      const again = await disk.following();
      expect(Math.min(...reads)).toBeGreaterThanOrEqual(999);
      await expectTrueRows(again);
    });

    it('a kept table whose log was replaced is computed again instead', async () => {
      driveCases(disk.store, 500);
      (await disk.following()).close();
      (await disk.following(NEWER)).close();
      disk.change(`UPDATE tables SET lastEvent = 'another' WHERE role = 'kept'`);
      const views = await disk.following();
      await expectTrueRows(views);
    });

    it('a view that stopped while it was computed leaves the others alone, and its reader is told', async () => {
      driveCases(disk.store, 100);
      disk.store.add('case-1', 'CasePoisoned', {});
      driveCases(disk.store, 100);
      const views = await disk.following();
      expect(views.status()).toMatchObject({ failed: 'case at event 100: cannot fold this', building: [] });
      expect(() => views.get(caseView, 'case-1')).toThrow('has stopped');
      expect(rowsOf(views, countView)).toEqual(await foldOf(disk.store, countView));
      driveCases(disk.store, 10);
      await disk.level(views);
    });
  });
});
