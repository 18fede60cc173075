import type Database from 'better-sqlite3';
import type { EventStore } from 'aftercare/event-store';
import { FoldedTable, type FoldFailure } from './folded-table.js';
import { assertDense } from './live-model.js';
import { dropTables, newGeneration } from './model-file.js';
import type { ParallelFilling } from './parallel/parallel-filling.js';
import type { RebuildProgress } from './rebuild-progress.js';
import { createIndexSql, createTableSql, stagedTable } from './table-sql.js';
import type { TablesBeside } from './tables-beside.js';
import { turn } from './turn.js';
import type { View } from './view.js';

const BATCH = 512;
const ROWS_IN_MEMORY = 50_000;
const ROWS_PER_TRANSACTION = 1_000;

export interface StagingOptions {
  readonly mostInMemory?: number;
  readonly filling?: ParallelFilling | null;
}

/**
 * Tables filled from index 0 beside the live ones. Nobody reads them until the switch, and one that was interrupted is
 * of no use, so rows are written when there are many of them and the position is not. Only for the holder of the lock.
 */
export class StagedTables implements TablesBeside {
  readonly generation = newGeneration();
  readonly role = null;
  position = 0;
  lastEvent: string | null = null;
  threads = 1;
  #tables: readonly FoldedTable[];
  readonly #writeSome: () => boolean;

  constructor(private readonly db: Database.Database, private readonly all: readonly View[], private readonly options: StagingOptions = {}) {
    this.#tables = this.#fresh();
    this.#writeSome = db.transaction(() => this.#tables.every((table) => table.flush(ROWS_PER_TRANSACTION))).immediate;
  }

  tableOf(view: View): string {
    return stagedTable(view, this.generation);
  }

  /** Those whose fold has not thrown. */
  get views(): readonly View[] {
    return this.#tables.filter(({ failure }) => !failure).map(({ view }) => view);
  }

  get failures(): readonly FoldFailure[] {
    return this.#tables.flatMap(({ failure }) => failure ?? []);
  }

  async begin(store: Pick<EventStore, 'readLog'>, end: number, onProgress: (progress: RebuildProgress) => void): Promise<void> {
    const failures = await this.options.filling?.fill({ views: this.all, tableOf: (view) => this.tableOf(view), end, mostInMemory: this.#mostInMemory, onProgress });
    if (failures === undefined) return;
    if (failures === null) {
      this.#tables = this.#fresh();
      return;
    }
    const [last] = await store.readLog(end - 1, 1);
    this.#tables = this.all.map((view) => new FoldedTable(this.db, view, this.tableOf(view), false));
    for (const table of this.#tables) table.failure = failures.find(({ view }) => view === table.view.name) ?? null;
    this.position = end;
    this.lastEvent = last?.event.id ?? null;
    this.threads = this.options.filling?.threads ?? 1;
  }

  async foldTowards(store: Pick<EventStore, 'readLog'>, end: number): Promise<void> {
    const batch = await store.readLog(this.position, Math.min(BATCH, end - this.position));
    const last = batch.at(-1);
    if (!last) throw new Error(`the log ends at ${this.position}, before ${end}`);
    assertDense(this.position, batch);
    for (const table of this.#tables) table.fold(batch);
    this.position = last.index + 1;
    this.lastEvent = last.event.id;
    const rows = this.#tables.reduce((sum, table) => sum + table.rowsInMemory, 0);
    if (rows > this.#mostInMemory) await this.#write(this.#mostInMemory / 2 / this.#tables.length);
    await turn();
  }

  /** Writes every changed row, in small transactions so that nobody waits long for the file. */
  async flush(): Promise<void> {
    await this.#write(Infinity);
  }

  /** Indexes are made after the rows: one sort is much cheaper than keeping them in order row by row. */
  async finish(): Promise<void> {
    await this.flush();
    for (const view of this.views) {
      for (const sql of createIndexSql(view, this.tableOf(view), this.generation)) {
        this.db.exec(sql);
        await turn();
      }
    }
  }

  /** Drops those that were not switched to. */
  discard(): void {
    dropTables(this.db, (name) => this.all.some((view) => name === this.tableOf(view)));
  }

  get #mostInMemory(): number {
    return this.options.mostInMemory ?? ROWS_IN_MEMORY;
  }

  #fresh(): readonly FoldedTable[] {
    this.db.transaction(() => {
      // What an interrupted rebuild left behind goes first.
      dropTables(this.db, (name) => /^n[^_]*_/.test(name));
      for (const view of this.all) this.db.exec(createTableSql(view, this.tableOf(view)));
    }).immediate();
    return this.all.map((view) => new FoldedTable(this.db, view, this.tableOf(view), true));
  }

  async #write(keep: number): Promise<void> {
    while (!this.#writeSome()) await turn();
    for (const table of this.#tables) table.shrink(keep);
  }
}
