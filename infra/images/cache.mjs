// Where downloads and builds are kept from one run to the next: WAYMARK_BUILD_CACHE, or .cache in the checkout.
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');
const cache = resolve(process.env.WAYMARK_BUILD_CACHE || join(root, '.cache'));

/** A folder of the cache; made when it is missing. */
export const cacheFolder = (...parts) => {
  const folder = join(cache, ...parts);
  mkdirSync(folder, { recursive: true });
  return folder;
};

/** An empty folder of the cache. */
export const emptyFolder = (...parts) => {
  rmSync(join(cache, ...parts), { recursive: true, force: true });
  return cacheFolder(...parts);
};

/**
 * A file or folder that is made once: what is half made is never taken for whole.
 * @param {string} path
 * @param {(unfinished: string) => Promise<void>} make
 */
export const once = async (path, make) => {
  if (existsSync(path)) return path;
  const unfinished = `${path}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  await make(unfinished);
  renameSync(unfinished, path);
  return path;
};
