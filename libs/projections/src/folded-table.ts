import type Database from 'better-sqlite3';
import type { StoredEvent } from 'aftercare/event-store';
import { rowCodec, type RowCodec, type SqlCell } from './row-codec.js';
import { columnsOf, quoted } from './table-sql.js';
import { reasonOf } from './thrown.js';
import type { Row, View } from './view.js';

/** Where a fold gave up. The rows of the view are those of the events before `index`. */
export interface FoldFailure {
  readonly view: string;
  readonly index: number;
  readonly reason: string;
}

/**
 * One view's table behind a write-back cache: events are folded on rows in memory, and each changed row is written
 * once per `flush`. What is in memory is lost unless a flush and its position commit together.
 */
export class FoldedTable {
  failure: FoldFailure | null = null;
  readonly #rows = new Map<string, Row | null>();
  readonly #dirty = new Set<string>();
  readonly #codec: RowCodec;
  readonly #select: Database.Statement<[string], SqlCell[]>;
  readonly #upsert: Database.Statement<SqlCell[]>;
  readonly #remove: Database.Statement<[string]>;
  /** True while every row of the table is in memory, so that a miss needs no look at the table. */
  #complete: boolean;

  constructor(db: Database.Database, readonly view: View, table: string, startsEmpty: boolean) {
    const columns = ['key', ...columnsOf(view)].map(quoted);
    this.#codec = rowCodec(view);
    this.#complete = startsEmpty;
    this.#select = db.prepare<[string], SqlCell[]>(`SELECT ${columns.join(', ')} FROM ${quoted(table)} WHERE "key" = ?`).raw(true);
    this.#upsert = db.prepare(`INSERT OR REPLACE INTO ${quoted(table)} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`);
    this.#remove = db.prepare(`DELETE FROM ${quoted(table)} WHERE "key" = ?`);
  }

  get rowsInMemory(): number {
    return this.#rows.size;
  }

  /** Folds events in order. A throwing fold stops this view at that event and is kept in `failure`; other views go on. */
  fold(events: readonly StoredEvent[]): void {
    if (this.failure) return;
    for (const { event, index } of events) {
      try {
        this.#foldOne(event);
      } catch (error) {
        this.failure = { view: this.view.name, index, reason: reasonOf(error) };
        return;
      }
    }
  }

  /** Writes up to `limit` changed rows inside the caller's transaction; true when none is left. */
  flush(limit = Infinity): boolean {
    let written = 0;
    for (const key of this.#dirty) {
      if (written === limit) return false;
      const row = this.#rows.get(key);
      if (row) this.#upsert.run(...this.#codec.encode(key, row));
      else this.#remove.run(key);
      this.#dirty.delete(key);
      written += 1;
    }
    return true;
  }

  /** Lets go of the rows touched longest ago. Only after a flush: changed rows must never be dropped. */
  shrink(keep: number): void {
    for (const key of this.#rows.keys()) {
      if (this.#rows.size <= keep) return;
      this.#rows.delete(key);
      this.#complete = false;
    }
  }

  /** Forgets everything in memory, for when the table has been changed by somebody else or a write was rolled back. */
  forget(): void {
    this.#rows.clear();
    this.#dirty.clear();
    this.#complete = false;
  }

  /** All rows of the event or, where one of them cannot be folded, none. */
  #foldOne(event: StoredEvent['event']): void {
    const first = this.view.key(event);
    if (first === null) return;
    const changed: (readonly [string, Row | null])[] = [];
    for (const key of [first, ...this.view.also?.(event) ?? []]) {
      const before = this.#row(key);
      const after = this.view.fold(before, event);
      if (after === before) continue;
      if (after) this.#codec.check(after);
      changed.push([key, after]);
    }
    for (const [key, after] of changed) {
      this.#rows.set(key, after);
      this.#dirty.add(key);
    }
  }

  #row(key: string): Row | null {
    const known = this.#rows.get(key);
    if (known !== undefined) return known;
    if (this.#complete) return null;
    const stored = this.#select.get(key);
    const row = stored ? this.#codec.decode(stored) : null;
    this.#rows.set(key, row);
    return row;
  }
}
