import { globSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

// Workspace packages resolve to their sources, so that tests need no build.
const packages = globSync(['{libs,services}/*/package.json', 'libs/contexts/*/*/package.json']).map((manifest) => dirname(manifest));
const folders = [...packages, 'test/engines'];
const packageOf = (folder) => JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')).name;

/** Every public path of a package and the source behind what it builds to. */
const exportsOf = (folder) =>
  Object.entries(JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')).exports ?? {}).map(([path, { default: built }]) => [
    `^${packageOf(folder)}${path.slice(1)}$`,
    `<rootDir>/${folder}/${built.replace('./dist/', 'src/').replace(/\.js$/, '.ts')}`,
  ]);

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: ['<rootDir>/{libs,services,infra,test,tools,bench}/**/*.spec.ts'],
  // Suites that need an engine beside Node: npm run test:engines.
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '\\.engine\\.spec\\.ts$'],
  modulePathIgnorePatterns: ['/dist/', '<rootDir>/\\.cache/'],
  testTimeout: 30_000,
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          target: 'es2023',
          keepClassNames: true,
        },
        module: { type: 'es6' },
      },
    ],
  },
  moduleNameMapper: {
    ...Object.fromEntries(folders.flatMap(exportsOf)),
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
};
