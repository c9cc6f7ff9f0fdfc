export * from './event-log.js';
export * from './event-store.js';
export { copyLog, RecordedClock, type Copied, type CopyOptions } from './copy-log.js';
export { memoryEventLog } from './adapters/memory.js';
export { openSqliteEventLog, startSqliteEventLog, type SqliteEventLogOptions } from './adapters/sqlite/log.js';
export { sealedBy } from './sealing/cipher.js';
export { CannotDisclose, commitmentIn, discloseValue, verifyDisclosed, type Disclosed } from './sealing/disclosing.js';
export { sealedEventStore, type SealedEventStoreOptions } from './sealing/store.js';
export { eventCatalogue, type EventCatalogue, type StoredType } from './sealing/catalogue.js';
export { aggregates, type Aggregates, type AggregatesOptions } from './aggregates/aggregates.js';
export {
  StaleVersion,
  type CallerMeta,
  type Decided,
  type Handled,
  type HandleOptions,
  type Loaded,
  type Origin,
  type PackInForce,
} from './aggregates/results.js';
export { plantCanaries, searchFiles, type Canary, type CanaryOptions, type CanaryReport, type Sighting } from './sealing/canary.js';
