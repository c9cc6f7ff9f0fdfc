export * from './bus.js';
export { fromCloudEvent, NotACloudEvent, toCloudEvent } from './cloud-event.js';
export type { LogBusOptions } from './log-bus.js';
export { hasReached, hasTaken, laterEndOffsets, type EndOffsets, type GroupOffsets, type CommittedOffsets } from './offsets.js';
export { deadLetterTopic, progressTopic, serviceOf, sourceOf } from './topics.js';
export { MemoryBus, MemoryTopicLog } from './adapters/memory.js';
export { SqliteBus } from './adapters/sqlite.js';
