import { describeEventStore } from '../contract/describe-event-store.js';
import { temporaryPlace } from '../contract/temporary-sqlite.js';

describeEventStore('sqlite', { durable: true, newPlace: () => temporaryPlace() });
