import { describeEventStore } from '../contract/describe-event-store.js';
import { openMemoryStore } from './memory-store.js';

describeEventStore('memory', {
  durable: false,
  // It looks through everything for each answer.
  longStream: 10_000,
  newPlace: () => ({
    open: async (now) => openMemoryStore({ log: 'intake', now }),
    remove: async () => {},
  }),
  cannot: { die: 'it runs no statements and leaves nothing behind', transfer: 'a log in memory is not moved' },
});
