import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { boundariesOfSources, boundariesOfSpecs, boundariesOfSpecsOfStandalone, boundariesOfStandalone } from './tools/lint/boundaries.mjs';
import { ensureProjectGraph } from './tools/lint/project-graph.mjs';
import { ambientGlobals, ambientProperties, pureImports, rawStores, syntax } from './tools/lint/restrictions.mjs';

await ensureProjectGraph();

const specs = ['**/*.spec.ts', '**/*.fixture.ts', '{libs,services}/**/test/**/*.ts'];
const pureProjects = [
  'libs/kernel',
  'libs/policy',
  'libs/consent',
  'libs/deadlines',
  'libs/access',
  'libs/contexts/*/domain',
  'libs/contexts/*/contracts',
];
const pure = pureProjects.map((project) => `${project}/src/**/*.ts`);
const injected = ['libs/**/src/**/*.ts', 'services/*/src/**/*.ts'];
/** The adapters that stand for the clock; all else takes a Clock. */
const clocks = ['libs/nest/src/clock/*.ts'];

export default defineConfig(
  { ignores: ['**/node_modules/', '**/dist/', '.nx/', 'data/', 'coverage/', '.cache/', '.ci/out/', 'tools/lint/fixtures/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // A switch over a union is one decision, however many members the union has.
      complexity: ['error', { max: 8, variant: 'modified' }],
      'max-depth': ['error', 3],
      'max-params': ['error', 4],
      eqeqeq: 'error',
      // The ports are asynchronous; an adapter that answers at once still keeps their signature.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports', disallowTypeAnnotations: false }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: ['libs/**/*.ts', 'services/**/*.ts', 'infra/**/*.ts', 'test/**/*.ts', 'tools/**/*.ts', 'bench/**/*.ts'],
    plugins: { '@nx': nx },
    rules: { '@nx/enforce-module-boundaries': ['error', boundariesOfSources], 'no-restricted-syntax': syntax.anywhere },
  },
  { files: ['services/standalone/**/*.ts'], rules: { '@nx/enforce-module-boundaries': ['error', boundariesOfStandalone] } },
  {
    files: injected,
    rules: { 'no-restricted-syntax': syntax.injected, 'no-restricted-properties': ambientProperties },
  },
  { files: ['services/*/src/**/*.ts'], rules: { 'no-restricted-imports': rawStores } },
  { files: ['libs/*/src/index.ts', 'services/*/src/index.ts'], rules: { 'no-restricted-syntax': syntax.injectedIndex } },
  { files: ['test/*/src/index.ts'], rules: { 'no-restricted-syntax': syntax.index } },
  { files: clocks, rules: { 'no-restricted-syntax': syntax.anywhere, 'no-restricted-properties': 'off' } },
  {
    files: pure,
    rules: {
      'no-restricted-syntax': syntax.pure,
      'no-restricted-globals': ambientGlobals,
      'no-restricted-imports': pureImports,
    },
  },
  { files: pureProjects.map((project) => `${project}/src/index.ts`), rules: { 'no-restricted-syntax': syntax.pureIndex } },
  {
    files: ['**/index.ts'],
    ignores: ['libs/*/src/index.ts', 'libs/contexts/*/*/src/index.ts', 'services/*/src/index.ts', 'test/*/src/index.ts'],
    rules: { 'no-restricted-syntax': syntax.innerIndex },
  },
  {
    files: specs,
    rules: {
      '@nx/enforce-module-boundaries': ['error', boundariesOfSpecs],
      'no-restricted-syntax': syntax.spec,
      'no-restricted-globals': 'off',
      'no-restricted-imports': 'off',
      'no-restricted-properties': 'off',
      '@typescript-eslint/unbound-method': 'off',
      // A spec hands in what is wrong on purpose, and reads answers as they come.
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['services/standalone/{src/**/*.spec.ts,src/**/*.fixture.ts,test/**/*.ts}'],
    rules: { '@nx/enforce-module-boundaries': ['error', boundariesOfSpecsOfStandalone] },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: Object.fromEntries(Object.getOwnPropertyNames(globalThis).map((name) => [name, 'readonly'])) },
  },
  prettier,
);
