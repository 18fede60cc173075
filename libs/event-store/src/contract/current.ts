import type { EventStore } from '../port.js';

/** The store of the running test, which may be closed and opened again. */
export interface Current {
  readonly store: EventStore;
  reopen(now?: () => string): Promise<EventStore>;
}
