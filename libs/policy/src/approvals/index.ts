export * from './authority.js';
export * from './deputies.js';
export * from './expiry.js';
export * from './limits.js';
export * from './signing.js';
