export * from './given-when-then.js';
export * from './published.js';
