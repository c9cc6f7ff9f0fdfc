import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { complaintsAbout, inSeveralVersions, manifestOf, needsOf, packagesIn, referencesOf, type Manifest } from './packages.js';

/** Programs that are no package: their specs are checked, and nothing of them is built. */
const homesOfPrograms = ['infra', 'tools', 'test', 'bench'];
const folders = globSync(
  ['libs/*/package.json', 'libs/contexts/*/*/package.json', 'services/*/package.json', 'test/engines/package.json'],
  {
    exclude: ['**/node_modules'],
  },
)
  .map(dirname)
  .sort();
const programs = ['bench', 'test/crash'];
const folderOf = new Map(folders.map((folder) => [manifestOf(folder).name, folder]));

/** What is found by its name while it runs, and imported nowhere. */
const loadedByName: Readonly<Record<string, readonly string[]>> = {
  'libs/event-store': ['sodium-native'], // where the machine has it
  'libs/nest': ['@fastify/static'], // by @nestjs/swagger
  bench: ['sqlite3'], // by emmett
};
/** What the root has for the tools themselves. */
const tooling = ['nx', 'jest', '@swc/core', '@types/node'];

const foldersOf = (names: Readonly<Record<string, string>> = {}): readonly string[] =>
  Object.keys(names).flatMap((name) => folderOf.get(name) ?? []);

/** What Nx takes it for, and what its tags say. */
const kindOf = (folder: string): readonly (string | undefined)[] => {
  const { projectType, tags } = JSON.parse(readFileSync(`${folder}/project.json`, 'utf8')) as {
    projectType: string;
    tags: readonly string[];
  };
  return [projectType, ...tags.map((tag) => tag.split(':')[0])];
};

describe('The projects of the workspace', () => {
  it('are all built and all type-checked', () => {
    expect(referencesOf('tsconfig.json')).toEqual(folders);
    expect(referencesOf('tsconfig.spec.json').filter((folder) => !homesOfPrograms.includes(folder))).toEqual(folders);
  });

  it.each(folders)('%s has one public file and its tags', (folder) => {
    expect(kindOf(folder)).toEqual([folder.startsWith('services/') ? 'application' : 'library', 'type', 'scope']);
    expect(existsSync(`${folder}/src/index.ts`)).toBe(true);
  });

  it.each([...new Set([...homesOfPrograms, ...programs])])('%s has its tags', (folder) => {
    expect(kindOf(folder)).toEqual(['application', 'type', 'scope']);
  });

  it.each(folders)('%s lets the compiler build what its package depends on', (folder) => {
    const { dependencies, devDependencies } = manifestOf(folder);
    expect(referencesOf(`${folder}/tsconfig.lib.json`)).toEqual([...foldersOf(dependencies)].sort());
    const ofSpecs = [folder, ...foldersOf({ ...dependencies, ...devDependencies })];
    expect(referencesOf(`${folder}/tsconfig.spec.json`)).toEqual(ofSpecs.sort());
  });

  it.each([...folders, ...programs])('%s names in its package what it imports, and nothing else', (folder) => {
    expect(complaintsAbout(manifestOf(folder), needsOf(folder), loadedByName[folder])).toEqual([]);
  });

  it('have at the root what its own programs import, and the tools', () => {
    const { toRun, toTest } = needsOf('.', ['libs', 'services', 'node_modules', 'test/engines', ...programs]);
    const imported = [...toRun, ...toTest].filter((name) => !name.startsWith('@waymark/'));
    const { dependencies, devDependencies } = manifestOf('.');
    expect(Object.keys({ ...dependencies, ...devDependencies }).sort()).toEqual([...new Set([...imported, ...tooling])].sort());
  });

  it('ask for one version of each package', () => {
    expect(inSeveralVersions(['.', ...folders, ...programs].map(manifestOf))).toEqual({});
  });
});

describe('The comparison of a package with what it imports', () => {
  const manifest: Manifest = {
    name: '@waymark/some',
    dependencies: { zod: '4.6.7', uuid: '14.0.3', pg: '8.23.1' },
    devDependencies: { '@jest/globals': '30.5.2', '@types/pg': '8.23.1', ajv: '8.20.0' },
  };

  it('is content where each is named where it belongs', () => {
    expect(complaintsAbout(manifest, { toRun: ['zod', 'pg'], toTest: ['@jest/globals', 'ajv'] }, ['uuid'])).toEqual([]);
  });

  it('finds what is missing, and what is in the wrong list', () => {
    expect(complaintsAbout(manifest, { toRun: ['zod', 'pg', 'pino', 'ajv'], toTest: ['@jest/globals', 'uuid'] })).toEqual([
      'pino is missing from dependencies',
      'ajv is missing from dependencies',
      'uuid is missing from devDependencies',
      'uuid in dependencies is not imported',
      'ajv in devDependencies is not imported by a test',
    ]);
  });

  it('finds what nobody imports, types among it', () => {
    expect(complaintsAbout(manifest, { toRun: ['zod', 'uuid'], toTest: ['@jest/globals'] })).toEqual([
      'pg in dependencies is not imported',
      '@types/pg in devDependencies is not imported by a test',
      'ajv in devDependencies is not imported by a test',
    ]);
  });

  it('finds a package that two ask for in two versions', () => {
    const other: Manifest = { name: '@waymark/other', devDependencies: { zod: '3.25.0', uuid: '14.0.3' } };
    expect(inSeveralVersions([manifest, other])).toEqual({ zod: ['3.25.0', '4.6.7'] });
  });
});

describe('The decision records', () => {
  const index = readFileSync('docs/adr/README.md', 'utf8');
  const records = globSync('docs/adr/[0-9]*.md').map((file) => basename(file));

  it.each(records)('%s is in their index', (record) => {
    expect(index).toContain(`](${record})`);
  });

  it('are all there, where the index names them', () => {
    expect(records).toEqual(expect.arrayContaining([...index.matchAll(/\]\((\d[^)]+)\)/g)].map(([, file]) => file)));
  });
});

describe('The reading of imports', () => {
  it('finds packages and leaves out own files, builtins and what is only said', () => {
    const text = [
      "import { z } from 'zod';",
      "import 'reflect-metadata';",
      "import type { A } from '@waymark/kernel';",
      "import { b } from './b.js';",
      "import { readFileSync } from 'node:fs';",
      "export { c } from '@date-fns/tz/inner';",
      "const later = await import('pino');",
      "import {\n  d,\n} from 'fastify';",
      "// import { e } from 'rxjs';",
      "const said = `import { f } from 'kafkajs'`;",
    ].join('\n');
    expect(packagesIn(text)).toEqual(['zod', 'reflect-metadata', '@waymark/kernel', '@date-fns/tz', 'pino', 'fastify']);
  });
});
