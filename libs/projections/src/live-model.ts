import type Database from 'better-sqlite3';
import type { StoredEvent } from 'aftercare/event-store';
import { FoldedTable, type FoldFailure } from './folded-table.js';
import { emptyTables } from './fit-tables.js';
import type { Mark } from './model-file.js';
import { liveTable, signatureOf } from './table-sql.js';
import type { View } from './view.js';

const ROWS_IN_MEMORY = 5_000;

/** The live tables have been replaced by a program with other shapes; this one must not write to them any more. */
export class ShapesReplaced extends Error {
  override readonly name = 'ShapesReplaced';
}

/** The tables everybody reads. Rows and position change in one transaction, so a crash leaves either both or neither. */
export class LiveModel {
  #tables: readonly FoldedTable[] = [];
  #live: ReadonlySet<string> = new Set();
  #generation = '';
  #position = 0;
  readonly #signature: string;
  readonly #advance: Database.Statement<[number, string, string, number, string]>;
  readonly #mark: Database.Statement<[], Mark>;
  readonly #liveNames: Database.Statement<[], string>;
  readonly #apply: (from: number, batch: readonly StoredEvent[]) => boolean;

  constructor(readonly db: Database.Database, readonly log: string, readonly views: readonly View[]) {
    this.#signature = signatureOf(views);
    this.#mark = db.prepare<[], Mark>('SELECT log, signature, position, lastEvent, generation, failures FROM mark');
    this.#liveNames = db.prepare<[], string>(`SELECT view FROM tables WHERE role = 'live'`).pluck();
    // Compare-and-set: of two programs that folded the same batch only one may keep it, or rows would be folded twice.
    this.#advance = db.prepare('UPDATE mark SET position = ?, lastEvent = ?, failures = ? WHERE position = ? AND generation = ?');
    this.#apply = db.transaction((from: number, batch: readonly StoredEvent[]) => this.#foldAndWrite(from, batch)).immediate;
    this.mark();
  }

  /** What the file says now; another program may have moved it. @throws ShapesReplaced */
  mark(): Mark {
    const mark = this.#mark.get();
    if (!mark || mark.signature !== this.#signature) throw new ShapesReplaced('the read models were replaced by a program with other shapes');
    if (mark.generation !== this.#generation || mark.position !== this.#position) this.#adopt(mark);
    return mark;
  }

  /** The position when it was last looked at; answers even when the file no longer does. */
  get lastKnownPosition(): number {
    return this.#position;
  }

  /** False while the rows of the view are being computed: there is no table that could be read. */
  isLive({ name }: { readonly name: string }): boolean {
    return this.#live.has(name);
  }

  get hasLive(): boolean {
    return this.#live.size > 0;
  }

  /** Views whose rows have to be computed before they can be read. */
  missing(): readonly View[] {
    return this.views.filter((view) => !this.isLive(view));
  }

  failures(): readonly FoldFailure[] {
    return this.#tables.flatMap(({ failure }) => failure ?? []);
  }

  /** Folds a batch that begins at `from`. False when the tables have moved meanwhile and nothing was changed. */
  apply(from: number, batch: readonly StoredEvent[]): boolean {
    assertDense(from, batch);
    try {
      return this.#apply(from, batch);
    } catch (error) {
      // The transaction was rolled back, so what is in memory is ahead of the tables.
      this.#generation = '';
      throw error;
    }
  }

  /** Forgets everything folded so far; all views are then missing. */
  startOver(): void {
    this.db.transaction(() => emptyTables(this.db, this.log, this.views)).immediate();
    this.mark();
  }

  #foldAndWrite(from: number, batch: readonly StoredEvent[]): boolean {
    const mark = this.mark();
    const last = batch.at(-1);
    if (mark.position !== from || !last) return false;
    for (const table of this.#tables) {
      table.fold(batch);
      table.flush();
      table.shrink(ROWS_IN_MEMORY);
    }
    const moved = this.#advance.run(last.index + 1, last.event.id, JSON.stringify(this.failures()), from, mark.generation);
    if (moved.changes !== 1) throw new Error('the position moved inside our own transaction');
    this.#position = last.index + 1;
    return true;
  }

  #adopt(mark: Mark): void {
    if (mark.generation === this.#generation) for (const table of this.#tables) table.forget();
    else this.#open();
    const failures = JSON.parse(mark.failures) as readonly FoldFailure[];
    for (const table of this.#tables) table.failure = failures.find(({ view }) => view === table.view.name) ?? null;
    this.#generation = mark.generation;
    this.#position = mark.position;
  }

  #open(): void {
    this.#live = new Set(this.#liveNames.all());
    this.#tables = this.views.filter((view) => this.isLive(view)).map((view) => new FoldedTable(this.db, view, liveTable(view), false));
  }
}

/** A hole in what the log hands out would silently be a hole in every row; stopping is the lesser harm. */
export function assertDense(from: number, batch: readonly StoredEvent[]): void {
  batch.forEach(({ index }, i) => {
    if (index !== from + i) throw new Error(`the log handed out index ${index} where ${from + i} belongs`);
  });
}
