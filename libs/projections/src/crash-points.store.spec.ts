import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { NothingKept } from './rollback.js';
import { caseView, countView } from './spec/case-view.js';
import { Dying } from './spec/die-at-statement.js';
import { driveCases, foldOf, rowsOf } from './spec/drive-cases.js';
import { sleep, ViewsOnDisk } from './spec/views-on-disk.js';
import type { View } from './view.js';
import type { Views } from './views.js';

const OLD = [caseView, countView] as readonly View[];
const newCase = { ...caseView, shape: 2, fold: (row, event) => { const next = caseView.fold(row, event); return next && { ...next, stage: `${next.stage}!` }; } } as typeof caseView;
const NEW = [newCase, countView] as readonly View[];

/** 1 dies at each statement; every third takes a few seconds. */
const STRIDE = Number(process.env['PROJECTIONS_CRASH_STRIDE'] ?? 3);

describe('a kill at every statement', () => {
  let disk: ViewsOnDisk;
  beforeEach(() => { disk = new ViewsOnDisk(); });
  afterEach(() => { disk.remove(); });

  async function expectWhole(models: readonly View[], goesBack = false): Promise<void> {
    const views = await disk.following(models);
    for (const view of models) expect(rowsOf(views, view)).toEqual(await foldOf(disk.store, view));
    expect(views.status()).toMatchObject({ building: [], lagEvents: 0 });
    expect(views.status().failed).toBeUndefined();
    if (goesBack) {
      // What is kept must be as true as what is live, or the way back would end in wrong rows.
      await views.rollback().catch((error: unknown) => { if (!(error instanceof NothingKept)) throw error; });
      for (const view of models) expect(rowsOf(views, view)).toEqual(await foldOf(disk.store, view));
    }
    views.close();
    for (const { name } of models) expect(disk.tables().filter((table) => table.endsWith(`_${name}`) && !table.startsWith('n')).length).toBeLessThanOrEqual(2);
  }

  /** Repeats `work` from the same file, dying some statements later each time, until it lives through all of it. */
  async function dieEverywhere(models: readonly View[], work: (views: Views) => Promise<unknown>): Promise<number> {
    const image = join(disk.folder, 'before.db');
    copyFileSync(disk.file, image);
    for (let at = 0; ; at += STRIDE) {
      copyFileSync(image, disk.file);
      const dying = new Dying(at);
      let opened: Views | null = null;
      try {
        opened = disk.open(models, { pollMs: 5 });
        const views = opened;
        await unlessDead(dying, work(views));
      } catch {
        // Dead already at the opening, or told so.
      }
      opened?.close();
      dying.revive();
      await expectWhole((at / STRIDE) % 2 ? OLD : NEW);
      await expectWhole(models, true);
      if (!dying.dead) return at;
    }
  }

  /** A dead program waits for ever, and nobody for it. */
  async function unlessDead(dying: Dying, work: Promise<unknown>): Promise<void> {
    let done = false;
    const finished = work.finally(() => { done = true; });
    finished.catch(() => undefined);
    while (!done && !dying.dead) await sleep(1);
    if (!dying.dead) await finished;
  }

  const follow = async (views: Views): Promise<void> => {
    views.start();
    await disk.level(views);
  };

  it('of a rebuild and its switch leaves whole rows, and the next program goes on from them', async () => {
    driveCases(disk.store, 30);
    const views = await disk.following();
    await views.rebuild();
    views.close();
    expect(await dieEverywhere(OLD, async (opened) => { await follow(opened); await opened.rebuild(); })).toBeGreaterThan(20);
  }, 120_000);

  it('of a rollback that has something to fold', async () => {
    driveCases(disk.store, 30);
    const views = await disk.following();
    await views.rebuild();
    driveCases(disk.store, 40);
    await disk.level(views);
    views.close();
    expect(await dieEverywhere(OLD, async (opened) => { await follow(opened); await opened.rollback(); })).toBeGreaterThan(15);
  }, 120_000);

  it.each([['forth to a version with another shape', NEW], ['back to the version before', OLD]])('of the way %s', async (_what, models) => {
    driveCases(disk.store, 30);
    (await disk.following(OLD)).close();
    if (models === OLD) (await disk.following(NEW)).close();
    driveCases(disk.store, 40);
    expect(await dieEverywhere(models, follow)).toBeGreaterThan(15);
  }, 120_000);
});
