import { randomBytes } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  eventCatalogue,
  memoryEventLog,
  openSqliteEventLog,
  sealedEventStore,
  StoreUnusable,
  type EventLog,
  type EventStore,
} from '@waymark/event-store';
import { memoryKeyStore, openFileKeyStore, type KeyStore } from '@waymark/keys';
import type { AnyContract, AnyEventDefinition, Clock } from '@waymark/kernel';
import { MemoryBus, SqliteBus, type Bus } from '@waymark/messaging';
import { MemoryReadModelStore, SqliteReadModelStore, type ReadModelStore } from '@waymark/read-model';
import { ConfigurationError, type Config } from '../config/config.js';
import { memoryIdempotencyStore, type IdempotencyStore } from '../idempotency/idempotency-store.js';
import { sqliteIdempotencyStore } from '../idempotency/sqlite-idempotency-store.js';

/** What a deployment runs on. Domains and services do not know which. */
export interface Engines {
  readonly store: EventStore;
  readonly keys: KeyStore;
  readonly readModels: ReadModelStore;
  readonly bus: Bus;
  readonly idempotency: IdempotencyStore;
  close(): Promise<void>;
}

/** What the engines must know of the services: their events, and what may travel between them. */
export interface Vocabulary {
  readonly events: readonly AnyEventDefinition[];
  readonly contracts: readonly AnyContract[];
}

interface Parts {
  readonly log: EventLog;
  readonly keys: KeyStore;
  readonly readModels: ReadModelStore;
  readonly bus: Bus;
  readonly idempotency: IdempotencyStore;
}

const enginesOf = ({ log, keys, ...parts }: Parts, { events }: Vocabulary): Engines => ({
  ...parts,
  keys,
  store: sealedEventStore({ log, keys, catalogue: eventCatalogue(events), random: randomBytes }),
  close: async () => {
    for (const part of [parts.bus, parts.readModels, parts.idempotency, log, keys]) await part.close();
  },
});

/** Everything in memory: for tests. */
export const memoryEngines = (vocabulary: Vocabulary, clock: Clock): Engines =>
  enginesOf(
    {
      log: memoryEventLog({ clock }),
      keys: memoryKeyStore(randomBytes),
      readModels: new MemoryReadModelStore(),
      bus: new MemoryBus({ contracts: vocabulary.contracts }),
      idempotency: memoryIdempotencyStore(),
    },
    vocabulary,
  );

/**
 * Everything in files below the data folder, for one process.
 * @throws ConfigurationError when the folder cannot be used; StoreUnusable, KeysUnusable and their like when what is in it cannot
 */
export const embeddedEngines = async (
  { dataFolder, keysFolder }: Pick<Config, 'dataFolder' | 'keysFolder'>,
  vocabulary: Vocabulary,
  clock: Clock,
): Promise<Engines> => {
  makeFolder(dataFolder);
  assertNotLost(join(dataFolder, 'events.db'), join(keysFolder, 'keys.db'));
  const log = openSqliteEventLog({ path: join(dataFolder, 'events.db'), clock });
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
      keys,
      readModels: new SqliteReadModelStore(join(dataFolder, 'read-models.db')),
      bus: new SqliteBus(join(dataFolder, 'bus.db'), { contracts: vocabulary.contracts }),
      idempotency: sqliteIdempotencyStore(join(dataFolder, 'answers.db')),
    },
    vocabulary,
  );
};

/** The record is made before the keys; keys without a record mean that it was lost, not that this is a first start. */
const assertNotLost = (record: string, keys: string): void => {
  if (existsSync(record) || !existsSync(keys)) return;
  throw new StoreUnusable(
    `${record} is missing, but ${keys} holds the keys of an earlier record. Put the record back from its backup, or move both folders away to start afresh.`,
  );
};

const makeFolder = (folder: string): void => {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK | constants.R_OK | constants.X_OK);
  } catch (error) {
    throw new ConfigurationError(
      `WAYMARK_DATA: the data folder ${folder} cannot be used (${(error as NodeJS.ErrnoException).code ?? 'unknown'}). Name a folder that this user may write to, or change its permissions.`,
    );
  }
};
