import { randomBytes } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { StoreUnusable } from '@waymark/event-store';
import { openFileKeyStore } from '@waymark/keys';
import type { Clock } from '@waymark/kernel';
import { SqliteBus } from '@waymark/messaging';
import { SqliteReadModelStore } from '@waymark/read-model';
import { ConfigurationError, type Config } from '../config/config.js';
import { sqliteIdempotencyStore } from '../idempotency/sqlite-idempotency-store.js';
import { enginesOf, type Engines, type Vocabulary } from './engines.js';
import { openAccessLog, openLog, type Progress, type Unchecked } from './open-log.js';

export type Folders = Pick<Config, 'dataFolder' | 'keysFolder'>;

/**
 * Everything in files below the data folder, for one process.
 * @throws ConfigurationError when the folder cannot be used; StoreUnusable, KeysUnusable and their like when what is in it cannot
 */
export const embeddedEngines = async (
  { dataFolder, keysFolder }: Folders,
  vocabulary: Vocabulary,
  clock: Clock,
  { progress, unchecked }: { readonly progress?: Progress; readonly unchecked?: Unchecked } = {},
): Promise<Engines> => {
  makeFolder(dataFolder);
  assertNotLost(join(dataFolder, 'events.db'), join(keysFolder, 'keys.db'));
  const place = { store: { engine: 'sqlite' }, dataFolder } as const;
  const log = await openLog(place, clock, progress, unchecked);
  const sealedWith = await log.keySetId();
  const keys = openFileKeyStore({
    folder: keysFolder,
    random: randomBytes,
    ...(sealedWith === undefined ? {} : { expectedId: sealedWith }),
  });
  await log.bindKeySet(keys.id);
  return enginesOf(
    {
      log,
      accessLog: await openAccessLog(place, clock, unchecked),
      keys,
      readModels: new SqliteReadModelStore(join(dataFolder, 'read-models.db')),
      bus: new SqliteBus(join(dataFolder, 'bus.db'), { contracts: vocabulary.contracts }),
      idempotency: sqliteIdempotencyStore(join(dataFolder, 'answers.db')),
    },
    vocabulary,
  );
};

/** The event log is made before the keys; keys without an event log mean that it was lost, not that this is a first start. */
const assertNotLost = (record: string, keys: string): void => {
  if (existsSync(record) || !existsSync(keys)) return;
  throw new StoreUnusable(
    `${record} is missing, but ${keys} holds the keys of an earlier record. Put the record back from its backup, or move both folders away to start afresh.`,
  );
};

export const makeFolder = (folder: string): void => {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK | constants.R_OK | constants.X_OK);
  } catch (error) {
    throw new ConfigurationError(
      `WAYMARK_DATA: the data folder ${folder} cannot be used (${(error as NodeJS.ErrnoException).code ?? 'unknown'}). Name a folder that this user may write to, or change its permissions.`,
    );
  }
};
