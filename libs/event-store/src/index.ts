export * from './port.js';
export { canonicalJson } from './canonical.js';
export { decode, decodeWith, type Decode, type ReadableEvents } from './decode.js';
export { openStore, type OpenStoreOptions } from './open-store.js';
export type { InboxState, StoreTransfer, TransferPart } from './transfer.js';
export { openMemoryStore } from './memory/memory-store.js';
export { openSqliteStore, type SqliteStoreOptions } from './sqlite/open-sqlite-store.js';
export { AlreadyBeingWritten } from './sqlite/writer-lock.js';
