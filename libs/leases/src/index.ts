export * from './leases.js';
export { aloneLeases } from './adapters/alone.js';
