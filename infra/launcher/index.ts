export { GATEWAY, SERVICES } from './departments.js';
export type { Progress } from './progress.js';
export { startAll, type RunningSystem } from './start-all.js';
