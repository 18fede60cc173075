import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import type { Successors } from './switch-over.js';
import { liveTable, quoted } from './table-sql.js';
import { turn } from './turn.js';
import type { View } from './view.js';

/** Old and new table of one view at the same position. */
export interface ViewComparison {
  readonly view: string;
  readonly rowsBefore: number;
  readonly rowsAfter: number;
  /** SHA-256 over all rows in key order was the same. */
  readonly same: boolean;
}

const ROWS_PER_TURN = 500;

/**
 * Sees the live tables and their successors as they are when it is opened, on a connection of its own, however long the comparison
 * takes: the switch and new events go on meanwhile.
 */
export class Snapshot {
  readonly #db: Database.Database;

  /** `views` are those that have a live table to compare with. */
  constructor(file: string, private readonly views: readonly View[], private readonly next: Successors) {
    this.#db = new Database(file, { readonly: true });
    this.#db.exec('BEGIN');
    this.#db.prepare('SELECT position FROM mark').get();
  }

  async compare(): Promise<readonly ViewComparison[]> {
    const comparisons: ViewComparison[] = [];
    for (const view of this.views) {
      const before = await this.#digest(liveTable(view));
      const after = await this.#digest(this.next.tableOf(view));
      comparisons.push({ view: view.name, rowsBefore: before.rows, rowsAfter: after.rows, same: before.hash === after.hash });
    }
    return comparisons;
  }

  close(): void {
    this.#db.close();
  }

  async #digest(table: string): Promise<{ readonly rows: number; readonly hash: string }> {
    const hash = createHash('sha256');
    let rows = 0;
    for (const row of this.#db.prepare(`SELECT * FROM ${quoted(table)} ORDER BY "key"`).raw(true).iterate()) {
      hash.update(JSON.stringify(row));
      rows += 1;
      if (rows % ROWS_PER_TURN === 0) await turn();
    }
    return { rows, hash: hash.digest('hex') };
  }
}
