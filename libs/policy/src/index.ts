export * from './calendars/calendar.js';
export * from './calendars/cn-2026.js';
export * from './clocks/index.js';
export * from './terms.js';
export * from './what-is-read.js';
export * from './pack.js';
export type { ApprovalBand } from './packs/p001c.js';
export * from './policy-set.js';
