export * from './read-model-store.js';
export { MemoryReadModelStore } from './adapters/memory.js';
export { SqliteReadModelStore } from './adapters/sqlite.js';
