import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import type { StoredEvent } from 'aftercare/event-store';
import { FoldedTable } from '../folded-table.js';
import type { View } from '../view.js';
import type { FillBatch, FillOrder, FromWorker, ToWorker } from './messages.js';
import type { ViewsModule } from './parallel-filling.js';
import { staysInPart } from './partition.js';

const ROWS_PER_TRANSACTION = 1_000;
/** Several write to the file, and none must give up because the others are busy. */
const BUSY_MS = 60_000;
/** Between transactions, so that the live model finds the file free. */
const REST_MS = 2;

const { module, argument, file, tables, mostInMemory } = workerData as FillOrder;
const { viewsFor } = await import(module) as ViewsModule;
const { views, decode } = await viewsFor(argument);
let unfit: string | null = null;
const db = new Database(file, { timeout: BUSY_MS });
db.pragma('synchronous = NORMAL');
const folded = views.flatMap((view) => (tables[view.name] === undefined ? [] : new FoldedTable(db, watched(view), tables[view.name] as string, true)));
if (folded.length !== Object.keys(tables).length) throw new Error('the module does not have all of the views');
const writeSome = db.transaction(() => folded.every((table) => table.flush(ROWS_PER_TRANSACTION))).immediate;
const rest = new Int32Array(new SharedArrayBuffer(4));

/** The view, noting when a key would be touched by events that another worker gets. */
function watched(view: View): View {
  const { also } = view;
  const noted = (key: string, stream: string): string => {
    if (!staysInPart(key, stream)) unfit = view.name;
    return key;
  };
  return {
    ...view,
    key(event) {
      const key = view.key(event);
      return key === null ? null : noted(key, event.stream);
    },
    ...(also && { also: (event: Parameters<typeof also>[0]) => also(event).map((key) => noted(key, event.stream)) }),
    fold: (row, event) => view.fold(row, event),
  };
}

function write(keep: number): void {
  while (!writeSome()) Atomics.wait(rest, 0, 0, REST_MS);
  for (const table of folded) table.shrink(keep);
}

function eventsOf({ indexes, ends, bytes }: FillBatch): StoredEvent[] {
  const events: StoredEvent[] = [];
  let begin = 0;
  indexes.forEach((index, i) => {
    const record = bytes.subarray(begin, ends[i]);
    events.push({ index, bytes: record, event: decode(record) });
    begin = ends[i] as number;
  });
  return events;
}

function answer(finished: boolean): void {
  parentPort?.postMessage({ failures: folded.flatMap(({ failure }) => failure ?? []), unfit, finished } satisfies FromWorker, []);
}

parentPort?.on('message', (message: ToWorker) => {
  if (message === 'finish') {
    write(0);
    db.close();
    answer(true);
    parentPort?.close();
    return;
  }
  const events = eventsOf(message);
  for (const table of folded) table.fold(events);
  if (folded.reduce((sum, { rowsInMemory }) => sum + rowsInMemory, 0) > mostInMemory) write(mostInMemory / 2 / folded.length);
  answer(false);
});
