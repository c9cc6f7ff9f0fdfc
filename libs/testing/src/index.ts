export * from './command.js';
export * from './engine-suite.js';
export * from './golden.js';
export * from './specification.js';
