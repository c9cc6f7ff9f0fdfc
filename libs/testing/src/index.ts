export * from './command.js';
export * from './golden.js';
export * from './specification.js';
