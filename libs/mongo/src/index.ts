export * from './connect.js';
export * from './claims.js';
export * from './errors.js';
export * from './server.js';
