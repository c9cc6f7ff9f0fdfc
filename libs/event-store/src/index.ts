export * from './event-log.js';
export * from './event-store.js';
export { memoryEventLog } from './adapters/memory.js';
export { openSqliteEventLog, type SqliteEventLogOptions } from './adapters/sqlite/log.js';
export * from './aggregates/aggregates.js';
export { sealedEventStore, type SealedEventStoreOptions } from './sealing/store.js';
export { eventCatalogue, type EventCatalogue, type StoredType } from './sealing/catalogue.js';
