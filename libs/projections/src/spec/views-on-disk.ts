import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openViews, type ViewsOptions } from '../open-views.js';
import type { View } from '../view.js';
import { caseView, countView } from './case-view.js';
import { logInMemory, type LogInMemory } from './log-in-memory.js';
import type { Views } from '../views.js';

/** A folder with one file of read models and a log, for one test. */
export class ViewsOnDisk {
  readonly folder = mkdtempSync(join(tmpdir(), 'views-'));
  readonly file = join(this.folder, 'views.db');
  store: LogInMemory = logInMemory();
  readonly #opened: Views[] = [];

  open(views: readonly View[] = [caseView, countView], options: Partial<ViewsOptions> = {}): Views {
    const made = openViews({ file: this.file, store: this.store, views, pollMs: 20, ...options });
    this.#opened.push(made);
    return made;
  }

  /** Opened, started and level with the log. */
  async following(views?: readonly View[], options?: Partial<ViewsOptions>): Promise<Views> {
    const made = this.open(views, options);
    made.start();
    await this.level(made);
    return made;
  }

  async level(views: Views): Promise<void> {
    await views.caughtUp(await this.store.head());
  }

  tables(): readonly string[] {
    return this.ask(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`);
  }

  /** First column of every row, seen through a connection of its own. */
  ask(sql: string): readonly string[] {
    const db = new Database(this.file, { readonly: true });
    try {
      return db.prepare<[], string>(sql).pluck().all();
    } finally {
      db.close();
    }
  }

  change(sql: string): void {
    const db = new Database(this.file);
    db.exec(sql);
    db.close();
  }

  remove(): void {
    for (const views of this.#opened) views.close();
    rmSync(this.folder, { recursive: true });
  }
}

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export async function until(met: () => boolean, withinMs = 3_000): Promise<void> {
  for (const end = performance.now() + withinMs; !met() && performance.now() < end;) await sleep(5);
  expect(met()).toBe(true);
}
