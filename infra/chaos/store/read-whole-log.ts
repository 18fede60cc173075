import type { EventStore } from 'aftercare/event-store';
import type { LogEntry } from 'aftercare/testing';

const PAGE = 1_000;

/** Everything a log holds, as the checkers look at it. `operation` is the member of that name in the content. */
export async function readWholeLog(store: EventStore, operationOf: (data: object) => string | null = operationNamed): Promise<LogEntry[]> {
  const entries: LogEntry[] = [];
  for (;;) {
    const page = await store.readLog(entries.length, PAGE);
    for (const { index, event } of page) {
      const { log, stream, version, id, type, data, causationId } = event;
      entries.push({ log, index, stream, version, id, type, operation: operationOf(data as object), cause: causationId });
    }
    if (page.length < PAGE) return entries;
  }
}

function operationNamed(data: object): string | null {
  return 'operation' in data && typeof data.operation === 'string' ? data.operation : null;
}
