import type { DatabaseSync } from 'node:sqlite';
import { checksumOf } from '../checksum.js';
import { damaged } from './damage.js';

export const keySet = 'key-set';

export const metaChecksum = (key: string, value: string): number => checksumOf(`${key}\n${value}`);

interface Setting {
  readonly key: string;
  readonly value: string;
  readonly checksum: number;
}

/** What the file notes of itself; undefined when it was not noted yet. @throws StoreUnusable when it was altered */
export const settingOf = (database: DatabaseSync, path: string, key: string): string | undefined => {
  const all = database.prepare('SELECT key, value, checksum FROM meta').all() as unknown as Setting[];
  for (const setting of all)
    if (setting.key !== keySet || metaChecksum(setting.key, setting.value) !== setting.checksum)
      throw damaged(path, 'what it notes of itself (table meta) is not what was written');
  return all.find((setting) => setting.key === key)?.value;
};

/** Notes it for good; what is there already stays. */
export const noteOnce = (database: DatabaseSync, key: string, value: string): void => {
  database.prepare('INSERT INTO meta VALUES (?, ?, ?) ON CONFLICT DO NOTHING').run(key, value, metaChecksum(key, value));
};
