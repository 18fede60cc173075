import type Database from 'better-sqlite3';
import type { FoldFailure } from './folded-table.js';
import { dropTables, newGeneration, readMark, readTables, removeEntry, renameTable, writeEntry, type Role } from './model-file.js';
import { keptTable, liveTable, shapeOf } from './table-sql.js';
import type { View } from './view.js';

/** Tables that nobody reads yet, at one position of their own. */
export interface Successors {
  readonly views: readonly View[];
  readonly position: number;
  readonly lastEvent: string | null;
  /** The entry they have had until now, if any. */
  readonly role: Exclude<Role, 'live'> | null;
  tableOf(view: View): string;
}

/**
 * Makes these tables the live ones of their views, in one transaction; the tables they follow are kept. False, and
 * nothing moved, when the live tables stand elsewhere.
 */
export function switchOver(db: Database.Database, next: Successors): boolean {
  return db.transaction(() => {
    const mark = readMark(db);
    const live = new Set(readTables(db).filter(({ role }) => role === 'live').map(({ view }) => view));
    // Where nothing is live yet there is nobody to be level with: the first tables bring their position along.
    if (!mark || (live.size > 0 && mark.position !== next.position)) return false;
    const failures = JSON.parse(mark.failures) as readonly FoldFailure[];
    for (const view of next.views) {
      const { name } = view;
      const before = `x_${name}`;
      if (live.has(name)) renameTable(db, liveTable(view), before);
      const shapeBefore = readTables(db).find((entry) => entry.view === name && entry.role === 'live')?.shape;
      renameTable(db, next.tableOf(view), liveTable(view));
      if (next.role) removeEntry(db, name, next.role);
      const stopped = failures.some((failure) => failure.view === name);
      if (shapeBefore !== undefined && !stopped) {
        dropTables(db, (table) => table === keptTable(view));
        renameTable(db, before, keptTable(view));
        writeEntry(db, { view: name, role: 'kept', shape: shapeBefore, position: mark.position, lastEvent: mark.lastEvent });
      }
      dropTables(db, (table) => table === before);
      writeEntry(db, { view: name, role: 'live', shape: shapeOf(view), position: next.position, lastEvent: next.lastEvent });
    }
    const left = failures.filter(({ view }) => !next.views.some(({ name }) => name === view));
    db.prepare('UPDATE mark SET generation = ?, position = ?, lastEvent = ?, failures = ?').run(newGeneration(), next.position, next.lastEvent, JSON.stringify(left));
    return true;
  }).immediate();
}

/** Gives up what the last switch kept: for these views, or for all that have any. */
export function discardKept(db: Database.Database, views: readonly View[] | null = null): number {
  return db.transaction(() => {
    const kept = readTables(db).filter(({ view, role }) => role === 'kept' && (views === null || views.some(({ name }) => name === view)));
    for (const { view } of kept) {
      dropTables(db, (table) => table === keptTable({ name: view }));
      removeEntry(db, view, 'kept');
    }
    return kept.length;
  }).immediate();
}
