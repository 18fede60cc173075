export * from './port.js';
export { canonicalJson } from './canonical.js';
export { decode } from './decode.js';
export { openMemoryStore } from './memory/memory-store.js';
export { openSqliteStore, type SqliteStoreOptions } from './sqlite/open-sqlite-store.js';
export { AlreadyBeingWritten } from './sqlite/writer-lock.js';
