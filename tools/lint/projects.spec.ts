import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, relative, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}
interface Tsconfig {
  readonly references?: readonly { readonly path: string }[];
}

const json = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;
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
const nameOf = (folder: string): string => json<Manifest>(`${folder}/package.json`).name;
const folderOf = new Map(folders.map((folder) => [nameOf(folder), folder]));

const dependenciesOf = (folder: string): readonly string[] => Object.keys(json<Manifest>(`${folder}/package.json`).dependencies ?? {});
const referencesOf = (config: string): readonly string[] =>
  (json<Tsconfig>(config).references ?? []).map(({ path }) => relative('.', dirname(resolve(dirname(config), path)))).sort();

/** The packages that a text imports, without its own files and Node's builtins. */
const packagesIn = (text: string): readonly string[] =>
  [...text.matchAll(/(?:^import|^export|\bfrom|\bimport\()\s*'([^'.\s][^'\s]*)'/gm)]
    .map(([, name = '']) => name)
    .filter((name) => !name.startsWith('node:'))
    .map((name) =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    );

const importedBy = (folder: string): readonly string[] => {
  const files = globSync(`${folder}/src/**/*.ts`).filter((file) => !/\.(spec|fixture)\.ts$/.test(file));
  return [...new Set(files.flatMap((file) => packagesIn(readFileSync(file, 'utf8'))))].sort();
};

describe('The projects of the workspace', () => {
  it('are all built and all type-checked', () => {
    expect(referencesOf('tsconfig.json')).toEqual(folders);
    expect(referencesOf('tsconfig.spec.json').filter((folder) => !homesOfPrograms.includes(folder))).toEqual(folders);
  });

  it.each(folders)('%s has one public file and its tags', (folder) => {
    const { tags } = json<{ tags: readonly string[] }>(`${folder}/project.json`);
    expect(tags.map((tag) => tag.split(':')[0])).toEqual(['type', 'scope']);
    expect(existsSync(`${folder}/src/index.ts`)).toBe(true);
  });

  it.each(folders)('%s lets the compiler build what its package depends on', (folder) => {
    const needed = dependenciesOf(folder).flatMap((name) => folderOf.get(name) ?? []);
    expect(referencesOf(`${folder}/tsconfig.lib.json`)).toEqual([...needed].sort());
  });

  it.each(folders)('%s declares what it imports', (folder) => {
    const testTools = Object.keys(json<{ devDependencies: Record<string, string> }>('package.json').devDependencies);
    const declared = new Set([nameOf(folder), ...dependenciesOf(folder), ...testTools]);
    expect(importedBy(folder).filter((name) => !declared.has(name))).toEqual([]);
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
  it('finds packages and leaves out own files and builtins', () => {
    const text = [
      "import { z } from 'zod';",
      "import 'reflect-metadata';",
      "import type { A } from '@waymark/kernel';",
      "import { b } from './b.js';",
      "import { readFileSync } from 'node:fs';",
      "export { c } from '@date-fns/tz/inner';",
      "const later = await import('pino');",
      "import {\n  d,\n} from 'fastify';",
    ].join('\n');
    expect(packagesIn(text)).toEqual(['zod', 'reflect-metadata', '@waymark/kernel', '@date-fns/tz', 'pino', 'fastify']);
  });
});
