export * from './deadlines.js';
export * from './events.js';
export * from './timed.js';
