export * from './command.js';
export { differences, publishedSchemasStand } from './contracts.js';
export * from './engine-suite.js';
export * from './golden.js';
export * from './specification.js';
