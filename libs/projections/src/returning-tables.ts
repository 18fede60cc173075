import type Database from 'better-sqlite3';
import type { EventStore, StoredEvent } from 'aftercare/event-store';
import { FoldedTable, type FoldFailure } from './folded-table.js';
import { assertDense } from './live-model.js';
import type { Role } from './model-file.js';
import { keptTable, returningTable } from './table-sql.js';
import type { TablesBeside } from './tables-beside.js';
import { turn } from './turn.js';
import type { View } from './view.js';

const BATCH = 512;
const ROWS_IN_MEMORY = 5_000;

/** A kept or returning set that does not go together with the log, or a fold that cannot take what it missed. */
export class CannotReturn extends Error {
  override readonly name = 'CannotReturn';
}

/**
 * Tables that were read once and fold what they missed. They stay of use when that is interrupted, so rows and position
 * change in one transaction here too.
 */
export class ReturningTables implements TablesBeside {
  readonly threads = 1;
  readonly #tables: readonly FoldedTable[];
  readonly #apply: (batch: readonly StoredEvent[], last: StoredEvent) => void;

  /** The views must all stand at `position` in this role. */
  constructor(
    db: Database.Database, readonly views: readonly View[], readonly role: Exclude<Role, 'live'>, public position: number, public lastEvent: string | null,
  ) {
    this.#tables = views.map((view) => new FoldedTable(db, view, this.tableOf(view), false));
    const advance = db.prepare<[number, string, string, string, number]>('UPDATE tables SET position = ?, lastEvent = ? WHERE view = ? AND role = ? AND position = ?');
    this.#apply = db.transaction((batch: readonly StoredEvent[], last: StoredEvent) => {
      for (const table of this.#tables) {
        table.fold(batch);
        if (table.failure) throw new CannotReturn(`${table.failure.view} at event ${table.failure.index}: ${table.failure.reason}`);
        table.flush();
        table.shrink(ROWS_IN_MEMORY);
        const { changes } = advance.run(last.index + 1, last.event.id, table.view.name, role, this.position);
        if (changes !== 1) throw new CannotReturn(`another program changed the table of ${table.view.name} that was kept`);
      }
    }).immediate;
  }

  tableOf(view: View): string {
    return this.role === 'kept' ? keptTable(view) : returningTable(view);
  }

  get failures(): readonly FoldFailure[] {
    return this.#tables.flatMap(({ failure }) => failure ?? []);
  }

  /** Whether they were folded from this log, not from one that has since been replaced by a backup. */
  async belongTo(store: Pick<EventStore, 'readLog'>): Promise<boolean> {
    if (this.position === 0) return true;
    const [last] = await store.readLog(this.position - 1, 1);
    return last !== undefined && last.event.id === this.lastEvent;
  }

  async begin(): Promise<void> {
    // What was missed follows what is there, row by row.
  }

  async foldTowards(store: Pick<EventStore, 'readLog'>, end: number): Promise<void> {
    const batch = await store.readLog(this.position, Math.min(BATCH, end - this.position));
    const last = batch.at(-1);
    if (!last) throw new CannotReturn(`the log ends at ${this.position}, before ${end}`);
    assertDense(this.position, batch);
    this.#apply(batch, last);
    this.position = last.index + 1;
    this.lastEvent = last.event.id;
    await turn();
  }

  async flush(): Promise<void> {
    // Every batch was written with its position.
  }

  async finish(): Promise<void> {
    // Indexes are there already.
  }

  discard(): void {
    // A set that could not return stays what it was.
  }
}
