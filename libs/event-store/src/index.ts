export * from './event-log.js';
export * from './event-store.js';
