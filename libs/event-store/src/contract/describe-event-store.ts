import type { EventStore } from '../port.js';
import { appendsContract } from './appends.contract.js';
import { inboxContract } from './inbox.contract.js';
import { readsContract } from './reads.contract.js';
import { refusalsContract } from './refusals.contract.js';

/** A place where one log lives. `open` may be called again after the store it gave was closed. */
export interface Place {
  open(now?: () => string): Promise<EventStore>;
  remove(): Promise<void>;
}

/** What every engine promises. `durable` engines must also still hold everything after being closed and opened again. */
export function describeEventStore(name: string, engine: { readonly durable: boolean; newPlace(): Place }): void {
  describe(`event store on ${name}`, () => {
    let place: Place;
    let store: EventStore;
    const current = {
      get store(): EventStore { return store; },
      reopen: async (now?: () => string): Promise<EventStore> => {
        await store.close();
        store = await place.open(now);
        return store;
      },
    };
    beforeEach(async () => {
      place = engine.newPlace();
      store = await place.open();
    });
    afterEach(async () => {
      await store.close();
      await place.remove();
    });
    appendsContract(current, engine.durable);
    readsContract(current);
    inboxContract(current, engine.durable);
    refusalsContract(current);
  });
}
