import type { EventStore } from 'aftercare/event-store';

/** What read models need of a log. */
export type ReadableLog = Pick<EventStore, 'log' | 'readLog' | 'readBytes' | 'head' | 'subscribe'>;

/**
 * The same log, with every question given up after `withinMs`: a connection that never answers would otherwise hold the
 * models for ever, even when a new question would be answered.
 */
export function boundedLog(store: ReadableLog, withinMs: number): ReadableLog {
  return {
    log: store.log,
    readLog: (from, limit) => answered(store.readLog(from, limit), withinMs),
    readBytes: (from, limit) => answered(store.readBytes(from, limit), withinMs),
    head: () => answered(store.head(), withinMs),
    subscribe: (wake) => store.subscribe(wake),
  };
}

async function answered<T>(question: Promise<T>, withinMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => { reject(new Error(`the log gave no answer in ${withinMs} ms`)); }, withinMs);
    timer.unref();
  });
  try {
    return await Promise.race([question, late]);
  } finally {
    clearTimeout(timer);
  }
}
