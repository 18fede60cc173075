import type { EventStore } from 'aftercare/event-store';
import type { LiveModel } from './live-model.js';
import { readTables, type Role, type TableEntry } from './model-file.js';
import { goalOf, RebuildFailed, takeOver, type RebuildParts, type RebuildReport } from './rebuild.js';
import { CannotReturn, ReturningTables } from './returning-tables.js';
import { shapeOf } from './table-sql.js';
import type { View } from './view.js';

/** There is no set of tables that this version of the program could go back to. */
export class NothingKept extends Error {
  override readonly name = 'NothingKept';
}

/**
 * Brings the kept tables level with the log and makes them the live ones again; what was live is kept in turn.
 * @throws NothingKept; RebuildFailed when they cannot take what they missed, and everything is as it was
 */
export async function rollBack(parts: RebuildParts): Promise<RebuildReport> {
  const { views } = parts.live;
  const kept = fitting(parts.live, 'kept', views);
  if (kept.length === 0) throw new NothingKept('no tables are kept that fit this version of the program');
  const began = performance.now();
  try {
    const missed = await goalOf(parts) - Math.min(...kept.map(({ position }) => position));
    const report = await takeOver(parts, await levelled(parts, 'kept', kept));
    return { ...report, events: missed, seconds: (performance.now() - began) / 1000 };
  } catch (error) {
    if (error instanceof CannotReturn) throw new RebuildFailed(error.message, { cause: error });
    throw error;
  }
}

/** Entries of a role whose tables this version of the program can go on with. */
export function fitting(live: LiveModel, role: Exclude<Role, 'live'>, views: readonly View[]): readonly TableEntry[] {
  const shapes = new Map(views.map((view) => [view.name, shapeOf(view)]));
  return readTables(live.db).filter((entry) => entry.role === role && shapes.get(entry.view) === entry.shape);
}

/** Tables of different positions, folded to the same one, so that they can be switched in one transaction. @throws CannotReturn */
export async function levelled(parts: RebuildParts, role: Exclude<Role, 'live'>, entries: readonly TableEntry[]): Promise<ReturningTables> {
  const { live, store, onProgress } = parts;
  const end = await goalOf(parts);
  const open = (some: readonly TableEntry[], position: number, lastEvent: string | null): ReturningTables =>
    new ReturningTables(live.db, live.views.filter(({ name }) => some.some(({ view }) => view === name)), role, position, lastEvent);
  let lastEvent: string | null = null;
  for (const position of new Set(entries.map((entry) => entry.position))) {
    const group = entries.filter((entry) => entry.position === position);
    const tables = open(group, position, group[0]?.lastEvent ?? null);
    await expectOwnLog(tables, store);
    while (tables.position < end) {
      await tables.foldTowards(store, end);
      onProgress?.({ done: tables.position, of: end });
    }
    lastEvent = tables.lastEvent;
  }
  return open(entries, end, lastEvent);
}

async function expectOwnLog(tables: ReturningTables, store: Pick<EventStore, 'readLog'>): Promise<void> {
  if (!(await tables.belongTo(store))) throw new CannotReturn('the log is not the one they were folded from');
}
