import type Database from 'better-sqlite3';
import type { FoldFailure } from './folded-table.js';
import { dropTables, newGeneration, readMark, readTables, removeEntry, renameTable, writeEntry, type Mark, type Role, type TableEntry } from './model-file.js';
import { keptTable, liveTable, quoted, returningTable, shapeOf, signatureOf } from './table-sql.js';
import type { View } from './view.js';

const TABLE: Readonly<Record<Role, (view: { readonly name: string }) => string>> = { live: liveTable, kept: keptTable, returning: returningTable };
/** Which of several tables that do not fit is worth keeping: the one read last. */
const NEWEST_FIRST: readonly Role[] = ['live', 'returning', 'kept'];

/**
 * Makes the file fit this version of the program. A live table that fits stays and is served. One that does not is
 * kept for the version it fits; a kept one that fits returns, so that going back to an earlier version folds only
 * what it missed. What is missing after that is filled from index 0 beside the others.
 */
export function fitTables(db: Database.Database, log: string, views: readonly View[]): void {
  db.transaction(() => {
    const mark = readMark(db);
    if (mark?.log !== log) emptyTables(db, log, views);
    else if (mark.signature !== signatureOf(views)) fitEach(db, mark, views);
  }).immediate();
}

/** Drops every table of rows and starts at index 0. Runs inside the caller's transaction. */
export function emptyTables(db: Database.Database, log: string, views: readonly View[]): void {
  dropTables(db, (name) => name !== 'mark' && name !== 'tables');
  db.exec('DELETE FROM tables');
  db.prepare(`INSERT OR REPLACE INTO mark (one, log, signature, position, lastEvent, generation, failures) VALUES (1, ?, ?, 0, NULL, ?, '[]')`)
    .run(log, signatureOf(views), newGeneration());
}

function fitEach(db: Database.Database, mark: Mark, views: readonly View[]): void {
  const wanted = new Map(views.map((view) => [view.name, shapeOf(view)]));
  const entries = readTables(db).map((entry) => (entry.role === 'live' ? { ...entry, position: mark.position, lastEvent: mark.lastEvent } : entry));
  const stopped = JSON.parse(mark.failures) as readonly FoldFailure[];
  for (const view of new Set(entries.map((entry) => entry.view))) {
    fitOne(db, entries.filter((entry) => entry.view === view), wanted.get(view), stopped.some((failure) => failure.view === view));
  }
  const live = new Set(readTables(db).filter(({ role }) => role === 'live').map(({ view }) => view));
  const failures = stopped.filter(({ view }) => live.has(view));
  // Without a live table nothing stands at the position any more; whatever becomes live first sets it.
  const { position, lastEvent } = live.size > 0 ? mark : { position: 0, lastEvent: null };
  db.prepare('UPDATE mark SET signature = ?, generation = ?, failures = ?, position = ?, lastEvent = ?')
    .run(signatureOf(views), newGeneration(), JSON.stringify(failures), position, lastEvent);
}

function fitOne(db: Database.Database, entries: readonly TableEntry[], wanted: string | undefined, stopped: boolean): void {
  if (entries.some(({ role, shape }) => role === 'live' && shape === wanted)) return;
  // The rows of a view that stopped are not those of its position, so nobody could go on from them.
  const usable = entries.filter(({ role }) => !(role === 'live' && stopped));
  const inOrder = NEWEST_FIRST.flatMap((role) => usable.filter((entry) => entry.role === role));
  const returning = inOrder.find(({ shape }) => shape === wanted);
  const kept = inOrder.find((entry) => entry !== returning);
  // By way of names that nothing has: two of them may change places.
  for (const { view, role } of entries) {
    removeEntry(db, view, role);
    renameTable(db, TABLE[role]({ name: view }), asideTable(view, role));
  }
  for (const [entry, role] of [[returning, 'returning'], [kept, 'kept']] as const) {
    if (!entry) continue;
    renameTable(db, asideTable(entry.view, entry.role), TABLE[role]({ name: entry.view }));
    writeEntry(db, { ...entry, role });
  }
  for (const { view, role } of entries) {
    if (!(role === returning?.role || role === kept?.role)) db.exec(`DROP TABLE ${quoted(asideTable(view, role))}`);
  }
}

const asideTable = (view: string, role: Role): string => `x${role}_${view}`;
