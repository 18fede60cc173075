import { natsKills } from './bus/nats-kills.js';
import { network } from './bus/network.js';
import { postgresKills } from './postgres/postgres-kills.js';
import { serviceKills } from './services/service-kills.js';
import { simulation } from './simulation/simulation.js';
import { storeKills } from './store/store-kills.js';
import { diskErrors } from './disk/disk-errors.js';
import type { Suite } from './suite.js';

/** In the order in which they run: what is quick and tells most comes first. */
export const SUITES: readonly Suite[] = [simulation, storeKills, diskErrors, natsKills, postgresKills, network, serviceKills];
