export type { CommandCall, CommandReceipt } from './command-call.js';
export { CommandDesk } from './command-desk.js';
export { Commands, type Outcome } from './commands.js';
export { fingerprintWith } from './fingerprint.js';
export { States } from './states.js';
export { CommandRoute, CreateRoute, ListRoute, ROUTE_SUMMARY, ShowRoute } from './routes.js';
