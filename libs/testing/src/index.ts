export { adoptedWith } from './adopted-policy.js';
export * from './given-when-then.js';
export * from './published.js';
export * from './seeded.js';
export * from './history.js';
export * from './history-check.js';
export * from './faults/fault.js';
export { FaultProxy } from './faults/fault-proxy.js';
export * from './driven.js';
