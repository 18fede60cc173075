import { startPrivateCluster, type PrivateCluster } from '../../../../infra/postgres/private-cluster.js';
import { openPostgresStore } from '../postgres/open-postgres-store.js';
import type { Place } from './describe-event-store.js';

export { startPrivateCluster, type PrivateCluster };

const LOG = 'intake';

/** A database of its own in the cluster, which disappears with the test. */
export function temporaryPlaceIn(cluster: () => PrivateCluster): Place & { url(): Promise<string> } {
  let made: Promise<string> | null = null;
  const url = (): Promise<string> => (made ??= cluster().createDatabase());
  return {
    url,
    open: async (now) => openPostgresStore({ url: await url(), log: LOG, now }),
    remove: async () => { if (made) await cluster().dropDatabase(await made); },
  };
}
