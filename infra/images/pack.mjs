// Lays what services need to run into a folder of its own, and nothing else.
//   node infra/images/pack.mjs services/referral /code     the workspace's own code for one service, and how to start it
import { cpSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { closureOf } from './closure.mjs';

const root = resolve(import.meta.dirname, '../..');

/** Read by people and compilers, or on other systems than an image's, never by the program that runs. */
const unread =
  /\.(d\.[cm]?ts|map|tsbuildinfo|md|markdown|flow)$|\/(node_modules|\.github|dist\/spec|prebuilds\/(android|darwin|ios|win32)-[\w-]+)$/i;

const isOthers = (folder) => folder.startsWith('node_modules');

const copyPackage = (folder, to) => {
  const source = join(root, folder);
  // Of the workspace what is built; of others all they publish.
  const parts = isOthers(folder) ? readdirSync(source) : ['package.json', 'dist'];
  for (const part of parts) {
    const from = join(source, part);
    if (unread.test(from)) continue;
    cpSync(from, join(to, folder, part), { recursive: true, filter: (path) => path === from || !unread.test(path) });
  }
};

const link = (to, path, folder) => {
  const at = join(to, path);
  mkdirSync(dirname(at), { recursive: true });
  symlinkSync(relative(dirname(at), join(to, folder)), at);
};

/**
 * Lays what others published and the services need: the same for all of them.
 * @param {string} to
 * @param {readonly string[]} services folders such as services/referral
 */
export const packPackages = (to, services) => {
  const folders = services.flatMap((service) => closureOf(root, service).folders);
  for (const folder of new Set(folders.filter(isOthers))) copyPackage(folder, to);
};

/** Lays the workspace's own code that the services need. */
export const packCode = (to, services) => {
  const closures = services.map((service) => closureOf(root, service, (name) => name.startsWith('@waymark/')));
  for (const folder of new Set(closures.flatMap(({ folders }) => folders))) copyPackage(folder, to);
  for (const [path, folder] of new Map(closures.flatMap(({ links }) => links))) link(to, path, folder);
};

/** So that `node .` starts it. */
const startable = (to, service) => {
  const main = `${service}/dist/main.js`;
  statSync(join(to, main));
  writeFileSync(join(to, 'package.json'), JSON.stringify({ name: 'waymark', private: true, type: 'module', main }));
};

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [, , service = '', to = ''] = process.argv;
  packCode(to, [service]);
  startable(to, service);
}
