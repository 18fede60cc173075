export { DEPARTMENTS, GATEWAY, SERVICES } from './departments.js';
export type { Progress } from './progress.js';
export type { RunState } from './run-state.js';
export { startAll, type RunningSystem, type StartOptions } from './start-all.js';
export { StartFailure } from './start-failure.js';
