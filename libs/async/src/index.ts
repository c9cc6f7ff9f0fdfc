export * from './background.js';
export * from './batcher.js';
export * from './locks.js';
export * from './per-key.js';
export * from './retry.js';
export * from './signal.js';
export * from './single-flight.js';
export * from './time.js';
