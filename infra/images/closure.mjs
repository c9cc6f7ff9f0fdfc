// Which packages one package needs to run, found as Node finds them.
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const manifestOf = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/** @returns {string | undefined} the folder of a package, as seen from another, up to the root */
const find = (name, from, root) => {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return candidate;
    if (folder === root || folder === dirname(folder)) return undefined;
  }
};

const neededBy = ({ dependencies = {}, optionalDependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} }) => ({
  must: Object.keys(dependencies).filter((name) => !(name in optionalDependencies)),
  may: [...Object.keys(optionalDependencies), ...Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]?.optional)],
});

/**
 * The folders of a package and of all that it needs at run time, relative to the root. What is linked into node_modules, a part of the
 * workspace, comes with its link.
 * @param {string} root the folder that holds node_modules
 * @param {string} start the package's folder, relative to the root
 * @param {(name: string) => boolean} [wanted] which of them; those that others bring along are looked at only behind these
 * @returns {{ folders: string[], links: [link: string, folder: string][] }}
 * @throws when something needed is not installed
 */
export const closureOf = (root, start, wanted = () => true) => {
  const folders = new Set();
  const links = new Map();
  const waiting = [realpathSync(join(root, start))];
  const follow = (name, from, must) => {
    const found = find(name, from, root);
    if (found === undefined && must) throw new Error(`${relative(root, from)} needs ${name}, which is not installed`);
    if (found === undefined) return;
    const folder = realpathSync(found);
    if (folder !== found) links.set(relative(root, found), relative(root, folder));
    waiting.push(folder);
  };
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    if (folders.has(folder)) continue;
    folders.add(folder);
    const { must, may } = neededBy(manifestOf(folder));
    for (const name of must.filter(wanted)) follow(name, folder, true);
    for (const name of may.filter(wanted)) follow(name, folder, false);
  }
  return { folders: [...folders].map((folder) => relative(root, folder)).sort(), links: [...links] };
};
