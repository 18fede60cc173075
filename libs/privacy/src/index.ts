export * from './sealing.js';
export * from './vault.js';
