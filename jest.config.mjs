import { readdirSync, existsSync } from 'node:fs';

// Workspace packages resolve to their sources, so that tests need no build.
const folders = ['libs', 'services'].flatMap((top) =>
  readdirSync(top, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => {
      const folder = `${top}/${entry.name}`;
      const nested = ['domain', 'contracts'].map((part) => `${folder}/${part}`);
      return [folder, ...nested].filter((candidate) => existsSync(`${candidate}/package.json`));
    }),
);
const packageOf = (folder) => {
  const [top, name, part] = folder.split('/');
  return top === 'services' ? `${name}-service` : part ? `${name}-${part}` : name;
};

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: ['<rootDir>/{libs,services,infra}/**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['/dist/'],
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
    ...Object.fromEntries(folders.map((folder) => [`^@waymark/${packageOf(folder)}$`, `<rootDir>/${folder}/src/index.ts`])),
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
};
