import type Database from 'better-sqlite3';
import type { EventStore } from 'aftercare/event-store';
import { FoldedTable, type FoldFailure } from './folded-table.js';
import { assertDense } from './live-model.js';
import { dropTables, newGeneration, readMark } from './model-file.js';
import { createIndexSql, createTableSql, liveTable, quoted, retiredTable, stagedTable } from './table-sql.js';
import type { View } from './view.js';

const BATCH = 512;
const ROWS_IN_MEMORY = 50_000;
const ROWS_PER_TRANSACTION = 1_000;

/** Lets requests and the live model have their turn. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The tables of a rebuild, beside the live ones, with a position of their own. Nobody reads them until the switch. */
export class StagedTables {
  readonly generation = newGeneration();
  position = 0;
  #lastEvent: string | null = null;
  readonly #tables: readonly FoldedTable[];
  readonly #writeSome: () => boolean;

  constructor(private readonly db: Database.Database, private readonly views: readonly View[], private readonly mostInMemory = ROWS_IN_MEMORY) {
    this.db.transaction(() => {
      // What an interrupted rebuild left behind goes first; one still running elsewhere loses its tables and reports it.
      dropTables(this.db, (name) => /^[no][^_]*_/.test(name));
      for (const view of views) db.exec(createTableSql(view, stagedTable(view, this.generation)));
    }).immediate();
    this.#tables = views.map((view) => new FoldedTable(db, view, stagedTable(view, this.generation), true));
    this.#writeSome = db.transaction(() => this.#tables.every((table) => table.flush(ROWS_PER_TRANSACTION))).immediate;
  }

  get failure(): FoldFailure | null {
    return this.#tables.find(({ failure }) => failure)?.failure ?? null;
  }

  /** Folds the next events, but none from `end` on. Rows stay in memory until there are many of them. */
  async foldTowards(store: EventStore, end: number): Promise<void> {
    const batch = await store.readLog(this.position, Math.min(BATCH, end - this.position));
    const last = batch.at(-1);
    if (!last) throw new Error(`the log ends at ${this.position}, before the position of the live model (${end})`);
    assertDense(this.position, batch);
    for (const table of this.#tables) table.fold(batch);
    this.position = last.index + 1;
    this.#lastEvent = last.event.id;
    const rows = this.#tables.reduce((sum, table) => sum + table.rowsInMemory, 0);
    if (rows > this.mostInMemory) await this.flush(this.mostInMemory / 2 / this.#tables.length);
    await turn();
  }

  /** Writes every changed row, in small transactions so that nobody waits long for the file. */
  async flush(keep = Infinity): Promise<void> {
    while (!this.#writeSome()) await turn();
    for (const table of this.#tables) table.shrink(keep);
  }

  /** Indexes are made after the rows: one sort is much cheaper than keeping them in order row by row. */
  async createIndexes(): Promise<void> {
    for (const view of this.views) {
      for (const sql of createIndexSql(view, stagedTable(view, this.generation), this.generation)) {
        this.db.exec(sql);
        await turn();
      }
    }
  }

  /** Puts these tables in the place of the live ones, which get a retired name. False when the live model is elsewhere. */
  switchOver(): boolean {
    return this.db.transaction(() => {
      if (readMark(this.db)?.position !== this.position) return false;
      for (const view of this.views) {
        this.db.exec(`ALTER TABLE ${quoted(liveTable(view))} RENAME TO ${quoted(retiredTable(view, this.generation))}`);
        this.db.exec(`ALTER TABLE ${quoted(stagedTable(view, this.generation))} RENAME TO ${quoted(liveTable(view))}`);
      }
      this.db.prepare(`UPDATE mark SET generation = ?, lastEvent = ?, failures = '[]'`).run(this.generation, this.#lastEvent);
      return true;
    }).immediate();
  }

  /** Drops what this rebuild no longer needs: the retired tables after a switch, the staged ones after a failure. */
  discard(): void {
    dropTables(this.db, (name) => name.startsWith(`n${this.generation}_`) || name.startsWith(`o${this.generation}_`));
  }
}
