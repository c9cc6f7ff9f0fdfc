// Which packages a project imports, and which its manifest names.
import { globSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { basename, dirname, relative, resolve } from 'node:path';
import ts from 'typescript';

export interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
interface Tsconfig {
  readonly references?: readonly { readonly path: string }[];
}
/** What a project needs: to run, and in its tests alone. */
export interface Needs {
  readonly toRun: readonly string[];
  readonly toTest: readonly string[];
}

const json = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;
const sorted = (names: Iterable<string>): readonly string[] => [...new Set(names)].sort();

export const manifestOf = (folder: string): Manifest => json(`${folder}/package.json`);
const filesOf = (folder: string): readonly string[] =>
  globSync(`${folder}/**/*.{ts,mjs}`, { exclude: ['**/node_modules', '**/dist', '.nx', 'tools/lint/fixtures'] });

/** The folders that a configuration of the compiler refers to. */
export const referencesOf = (config: string): readonly string[] =>
  (json<Tsconfig>(config).references ?? []).map(({ path }) => relative('.', dirname(resolve(dirname(config), path)))).sort();

/** The packages that a text imports, without its own files and Node's builtins. */
export const packagesIn = (text: string): readonly string[] =>
  ts
    .preProcessFile(text, true, true)
    .importedFiles.map(({ fileName }) => fileName)
    .filter((name) => !name.startsWith('.') && !isBuiltin(name))
    .map((name) =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    );

/** Specs, what only they use, and the suites that adapters are held to. */
const isTest = (folder: string, file: string): boolean =>
  /\.(spec|fixture|suite)\.ts$/.test(basename(file)) || /^(test|src\/conformance)\//.test(relative(folder, file));

const importedBy = (files: readonly string[]): readonly string[] => sorted(files.flatMap((file) => packagesIn(readFileSync(file, 'utf8'))));

/** What the files of a project import, less those of other projects below it. */
export const needsOf = (folder: string, except: readonly string[] = []): Needs => {
  const files = filesOf(folder).filter((file) => !except.some((other) => file.startsWith(`${other}/`)));
  const own = manifestOf(folder).name;
  const toRun = importedBy(files.filter((file) => !isTest(folder, file))).filter((name) => name !== own);
  const inTests = importedBy(files.filter((file) => isTest(folder, file)));
  return { toRun, toTest: inTests.filter((name) => name !== own && !toRun.includes(name)) };
};

const typed = (name: string): string => name.replace(/^@types\//, '');

/** What is wrong with what a manifest names, in words: what is missing, what nobody imports, what stands in the wrong list. */
export const complaintsAbout = (manifest: Manifest, { toRun, toTest }: Needs, loadedByName: readonly string[] = []): readonly string[] => {
  const dependencies = Object.keys(manifest.dependencies ?? {});
  const devDependencies = Object.keys(manifest.devDependencies ?? {});
  const ran = [...toRun, ...loadedByName];
  return [
    ...ran.filter((name) => !dependencies.includes(name)).map((name) => `${name} is missing from dependencies`),
    ...toTest.filter((name) => !devDependencies.includes(name)).map((name) => `${name} is missing from devDependencies`),
    ...dependencies.filter((name) => !ran.includes(name)).map((name) => `${name} in dependencies is not imported`),
    ...devDependencies
      .filter((name) => ![...toTest, ...(name.startsWith('@types/') ? ran : [])].includes(typed(name)))
      .map((name) => `${name} in devDependencies is not imported by a test`),
  ];
};

/** The packages that manifests ask for in more than one version, each with its versions. */
export const inSeveralVersions = (manifests: readonly Manifest[]): Readonly<Record<string, readonly string[]>> => {
  const asked = manifests.flatMap(({ dependencies, devDependencies, optionalDependencies }) =>
    Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies }),
  );
  const versionsOf = (name: string): readonly string[] => sorted(asked.filter(([other]) => other === name).map(([, version]) => version));
  return Object.fromEntries(
    sorted(asked.map(([name]) => name))
      .map((name) => [name, versionsOf(name)] as const)
      .filter(([, versions]) => versions.length > 1),
  );
};
