export * from './sealing.js';
export * from './vault.js';
export { KekUnusable, readOrMakeKey } from './key-file.js';
export { openMemoryVault } from './memory-vault.js';
export { openSqliteVault, type SqliteVaultOptions } from './sqlite-vault.js';
