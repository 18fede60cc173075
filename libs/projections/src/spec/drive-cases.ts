import type { EventStore, StoredEvent } from 'aftercare/event-store';
import type { Row, View, ViewReader } from '../view.js';
import type { LogInMemory } from './log-in-memory.js';

/** Adds `count` events of cases that are opened, noted on, closed, dropped and opened again, the same way every time. */
export function driveCases(store: Pick<LogInMemory, 'add'>, count: number): void {
  for (let i = 0; i < count; i += 1) {
    const stream = `case-${(i * 7) % 61}`;
    if (i % 5 === 0) store.add(stream, 'CaseOpened', { title: `第${i}号`, due: i % 2 ? i : null });
    else if (i % 11 === 0) store.add(stream, 'CaseDropped', {});
    else if (i % 3 === 0) store.add(stream, 'CaseClosed', {});
    else store.add(stream, 'CaseNoted', { note: `note ${i}` });
  }
}

/** What the rows must be: the definition of a read model, with nothing of the engine in it. */
export async function foldOf<R extends Row>(store: EventStore, view: View<R, never>): Promise<readonly (R & { key: string })[]> {
  const plain = view as unknown as View<R>;
  const rows = new Map<string, R>();
  for (const { event } of await everything(store)) {
    const key = plain.key(event);
    if (key === null) continue;
    const row = plain.fold(rows.get(key) ?? null, event);
    if (row) rows.set(key, row);
    else rows.delete(key);
  }
  return [...rows].map(([key, row]) => ({ ...row, key })).sort((a, b) => (a.key < b.key ? -1 : 1));
}

export function rowsOf<R extends Row>(views: ViewReader, view: View<R, never>): readonly (R & { key: string })[] {
  return [...views.rows(view, {})];
}

async function everything(store: EventStore): Promise<readonly StoredEvent[]> {
  return store.readLog(0, await store.head());
}
