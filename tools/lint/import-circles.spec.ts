import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from '@jest/globals';

type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** The files that a text imports while it runs: not its types, which the compiler drops. */
const importsOf = (text: string): readonly string[] =>
  [...text.matchAll(/^(?:import|export)\s+(?!type\b)(?:([^;']*?)\sfrom\s+)?'(\.[^']+)'/gm)]
    .filter(([, names = '']) => !/^\{(\s*type\s[^,}]+,?)+\s*\}$/.test(names.trim()))
    .map(([, , path = '']) => path);

const graphOf = (texts: ReadonlyMap<string, string>): Graph =>
  new Map(Array.from(texts, ([file, text]) => [file, new Set(importsOf(text).map((path) => targetOf(file, path)))]));

const targetOf = (file: string, path: string): string => normalize(join(dirname(file), path.replace(/\.js$/, '.ts')));

/** The same with types, by folder: what a reader has to know to read one. */
const folderGraphOf = (texts: ReadonlyMap<string, string>): Graph => {
  const graph = new Map<string, Set<string>>();
  for (const [file, text] of texts)
    for (const [, path = ''] of text.matchAll(/^(?:import|export)\s[^;']*'(\.[^']+)'/gm)) {
      const [from, to] = [dirname(file), dirname(targetOf(file, path))];
      graph.set(from, (graph.get(from) ?? new Set()).add(to));
    }
  return graph;
};

/** What can be reached from a node, and reaches it again. */
const circlesIn = (graph: Graph): readonly string[] => {
  const reachable = (from: string): ReadonlySet<string> => {
    const seen = new Set<string>();
    const left = [...(graph.get(from) ?? [])].filter((to) => to !== from);
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      left.push(...(graph.get(next) ?? []));
    }
    return seen;
  };
  return [...graph.keys()].filter((node) => reachable(node).has(node)).sort();
};

const sourcesOf = (folder: string): ReadonlyMap<string, string> =>
  new Map(
    globSync(`${folder}/**/*.ts`)
      .filter((file) => !/\.(spec|fixture)\.ts$/.test(file))
      .map((file) => [file, readFileSync(file, 'utf8')]),
  );

const sources = globSync(['libs/*/src', 'libs/contexts/*/*/src', 'services/*/src']).sort();

describe('The imports within a project', () => {
  it.each(sources)('of %s make no circle of files', (folder) => {
    expect(circlesIn(graphOf(sourcesOf(folder)))).toEqual([]);
  });

  it.each(['libs/async/src', 'libs/event-processing/src'])('of %s make no circle of folders, types included', (folder) => {
    expect(circlesIn(folderGraphOf(sourcesOf(folder)))).toEqual([]);
  });

  it.each(['libs/async/src', 'libs/event-processing/src'])('are of at most nine files and folders a folder, in %s', (folder) => {
    const siblings = new Map<string, Set<string>>();
    for (const file of sourcesOf(folder).keys())
      for (let child = file; child !== folder; child = dirname(child))
        siblings.set(dirname(child), (siblings.get(dirname(child)) ?? new Set()).add(child));
    expect([...siblings].filter(([, its]) => its.size > 9)).toEqual([]);
  });

  it('are seen to make a circle, where they do', () => {
    const texts = new Map([
      ['a/one.ts', "import { two } from '../b/two.js';"],
      ['b/two.ts', "export { three } from './three.js';"],
      ['b/three.ts', "import '../a/one.js';"],
      ['b/apart.ts', "import type { One } from '../a/one.js';\nimport { type Two, type Three } from './two.js';"],
    ]);
    expect(circlesIn(graphOf(texts))).toEqual(['a/one.ts', 'b/three.ts', 'b/two.ts']);
    expect(circlesIn(folderGraphOf(texts))).toEqual(['a', 'b']);
  });
});
