import type { EventStore, StoredEvent } from 'aftercare/event-store';
import type { Recorded } from 'aftercare/kernel';

/** The reading half of a log, for specs of read models: what is not here must not be needed by them. */
export interface LogInMemory extends EventStore {
  add(stream: string, type: string, data: object): StoredEvent;
  /** Set to make every read fail, or null to mend it. */
  readFails: Error | null;
  /** Set to make every read wait for ever. */
  readHangs: boolean;
  /** Set to leave one event out of every read. */
  hideIndex: number | null;
  /** Adds without waking anybody. */
  addSilently(stream: string, type: string, data: object): StoredEvent;
}

export function logInMemory(log = 'intake', idOf: (index: number) => string = (index) => `${log}-${index}`): LogInMemory {
  const events: StoredEvent[] = [];
  const listeners = new Set<(head: number) => void>();
  const reading = {
    log, readFails: null as Error | null, readHangs: false, hideIndex: null as number | null,
    addSilently(stream: string, type: string, data: object): StoredEvent {
      const index = events.length;
      const at = '2026-05-01T00:00:00.000Z';
      const event = {
        format: 1, id: idOf(index), log, index, stream, version: index, type, schema: 1, occurredAt: at, recordedAt: at,
        actor: { id: 'a', role: 'r' }, onBehalfOf: null, reason: null, correlationId: stream, causationId: null, policy: null,
        signature: null, data, personal: null,
      } satisfies Recorded;
      const stored = { index, bytes: Buffer.from(JSON.stringify(event)), event };
      events.push(stored);
      return stored;
    },
    add(stream: string, type: string, data: object): StoredEvent {
      const stored = reading.addSilently(stream, type, data);
      for (const wake of listeners) wake(events.length);
      return stored;
    },
    async readLog(from: number, limit: number) {
      if (reading.readFails) throw reading.readFails;
      if (reading.readHangs) await new Promise(() => undefined);
      return events.slice(from, from + limit).filter(({ index }) => index !== reading.hideIndex);
    },
    async head() { return events.length; },
    subscribe(wake: (head: number) => void) {
      listeners.add(wake);
      return () => { listeners.delete(wake); };
    },
    async close() { listeners.clear(); },
  };
  return reading as unknown as LogInMemory;
}
