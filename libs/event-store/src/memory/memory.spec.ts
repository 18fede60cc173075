import { describeEventStore } from '../contract/describe-event-store.js';
import { openMemoryStore } from './memory-store.js';

describeEventStore('memory', {
  durable: false,
  newPlace: () => ({
    open: async (now) => openMemoryStore({ log: 'intake', now }),
    remove: async () => {},
  }),
  cannot: { die: 'it runs no statements and leaves nothing behind', transfer: 'a log in memory is not moved' },
});
