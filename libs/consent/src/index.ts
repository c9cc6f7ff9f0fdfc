export * from './facts.js';
export * from './intervals.js';
export * from './ledger.js';
export * from './may-use.js';
export * from './needs.js';
