export * from './aggregate.js';
export * from './case-number.js';
export * from './decider.js';
export * from './event.js';
export * from './named-id.js';
export * from './money.js';
export * from './upcaster.js';
export * from './as-stored.js';
