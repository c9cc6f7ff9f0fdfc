import base from '../../jest.config.mjs';

/** @type {import('jest').Config} */
export default {
  ...base,
  rootDir: '../..',
  transform: Object.fromEntries(
    Object.entries(base.transform).map(([pattern, [, options]]) => [pattern, ['<rootDir>/test/guards/without.mjs', options]]),
  ),
};
