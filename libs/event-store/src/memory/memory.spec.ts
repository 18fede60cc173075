import { describeEventStore } from '../contract/describe-event-store.js';
import { openMemoryStore } from './memory-store.js';

describeEventStore('memory', {
  durable: false,
  newPlace: () => ({
    open: async (now) => openMemoryStore({ log: 'intake', now }),
    remove: async () => {},
  }),
});
