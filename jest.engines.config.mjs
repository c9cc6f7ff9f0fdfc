import base from './jest.config.mjs';

/**
 * The suites that need an engine beside Node (see test/engines), one after another: engines share two cores badly.
 * @type {import('jest').Config}
 */
export default {
  ...base,
  testMatch: ['<rootDir>/{libs,services,test}/**/*.engine.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  testTimeout: 180_000,
  maxWorkers: 1,
};
