export * from './event-log.js';
export * from './event-store.js';
export { memoryEventLog } from './adapters/memory.js';
export { openSqliteEventLog, type SqliteEventLogOptions } from './adapters/sqlite/log.js';
