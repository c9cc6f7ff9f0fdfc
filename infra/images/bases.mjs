// The bases where none can be pulled: Debian, unpacked by debootstrap and imported as one layer.
import { mkdirSync, rmSync } from 'node:fs';
import { cacheFolder } from './cache.mjs';
import { hasImage, recipeOf } from './docker.mjs';
import { run, succeeds } from './run.mjs';

const DEBIAN = 'bookworm';
const MIRROR = 'http://deb.debian.org/debian';

/** What each base holds beside a minimal Debian. */
const packages = {
  node: ['ca-certificates', 'libstdc++6', 'libatomic1'],
  engines: ['ca-certificates', 'postgresql-15', 'openjdk-17-jre-headless', 'nginx-light', 'prometheus', 'wget'],
};

/** Nothing of it is needed to run. */
const left = ['proc/*', 'sys/*', 'dev/*', 'var/cache/*', 'var/lib/apt/lists/*', 'usr/share/doc/*', 'usr/share/man/*', 'usr/share/locale/*'];

const isRoot = () => process.getuid?.() === 0;

const withDebootstrap = async () => {
  if (await succeeds('debootstrap', ['--version'])) return;
  if (!isRoot()) throw new Error('debootstrap is needed, and root to run it');
  await run('apt-get', ['update', '-qq']);
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'debootstrap'], { env: { DEBIAN_FRONTEND: 'noninteractive' } });
};

// In a namespace of its own, so that what is mounted goes with it; in memory where that can be had, since dpkg waits for the disk at every file.
const script = `set -euo pipefail
tree=$1 tag=$2 recipe=$3 cache=$4 include=$5
mount -t tmpfs -o size=2g tmpfs "$tree" || true
debootstrap --variant=minbase --cache-dir="$cache" --include="$include" ${DEBIAN} "$tree" ${MIRROR}
tar -C "$tree" ${left.map((pattern) => `--exclude='./${pattern}'`).join(' ')} -c . | docker import --change "LABEL waymark.recipe=$recipe" - "$tag"`;

/** What a base is made of; another list is another base. */
export const baseRecipe = (name) => [DEBIAN, ...packages[name]].join('+');

const make = async (name) => {
  const tag = `waymark-base:${name}`;
  const recipe = baseRecipe(name);
  if ((await hasImage(tag)) && (await recipeOf(tag)) === recipe) return tag;
  await withDebootstrap();
  const tree = `${cacheFolder('debian')}/${name}`;
  rmSync(tree, { recursive: true, force: true });
  mkdirSync(tree);
  const given = [tree, tag, recipe, cacheFolder('debian', 'packages'), packages[name].join(',')];
  await run('unshare', ['--mount', 'bash', '-c', script, 'base', ...given]);
  rmSync(tree, { recursive: true, force: true });
  return tag;
};

const made = new Map();

/**
 * Makes a base where there is none of the same packages; tried once.
 * @param {'node' | 'engines'} name
 * @returns {Promise<string>} its tag
 */
export const makeBase = (name) => {
  const making = made.get(name) ?? make(name);
  made.set(name, making);
  return making;
};
