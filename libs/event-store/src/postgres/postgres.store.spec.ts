import { describeEventStore } from '../contract/describe-event-store.js';
import { startPrivateCluster, temporaryPlaceIn, type PrivateCluster } from '../contract/temporary-postgres.js';

let cluster: PrivateCluster;
beforeAll(async () => { cluster = await startPrivateCluster(); }, 180_000);
afterAll(async () => { await cluster.remove(); });

describeEventStore('postgres', { durable: true, newPlace: () => temporaryPlaceIn(() => cluster) });
