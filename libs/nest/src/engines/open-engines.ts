import { realSleep } from '@waymark/async';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { openFileKeyStore, type KeyStore } from '@waymark/keys';
import type { Clock } from '@waymark/kernel';
import { SqliteBus, type Bus } from '@waymark/messaging';
import { LoadThrottle } from '@waymark/event-processing';
import { SqliteReadModelStore } from '@waymark/read-model';
import type { Config } from '../config/config.js';
import type { KafkaSettings } from '../config/engine-settings.js';
import { sqliteIdempotencyStore } from '../idempotency/sqlite-idempotency-store.js';
import { embeddedEngines, makeFolder } from './embedded.js';
import { enginesOf, type EngineParts, type Engines, type Vocabulary } from './engines.js';
import { openDocuments } from './mongodb.js';
import { openAccessLog, openLog, type Progress } from './open-log.js';
import { Opening, type Waiting } from './opening.js';

export interface OpeningOptions {
  /** Names the process to the engines, and its database: `referral`. */
  readonly name: string;
  readonly config: Config;
  readonly vocabulary: Vocabulary;
  readonly clock: Clock;
  /** Called with what the event log is doing before it can be used. */
  readonly progress: Progress;
  /** Called while an engine does not answer. */
  readonly waiting: Waiting;
  /** Called with what goes wrong with an engine while it is in use, for the log. */
  readonly trouble: (engine: string, what: string) => void;
}

/**
 * Opens the engines that the configuration names; an engine that is not chosen is not even loaded. One that does not answer is waited for.
 * @throws ConfigurationError, StoreUnusable, KeysUnusable and their like when an engine answers and cannot be used
 */
export const openEngines = async (options: OpeningOptions): Promise<Engines> => {
  const { config, vocabulary, clock, waiting } = options;
  const { store, bus, readModels } = config;
  if (store.engine === 'sqlite' && bus.engine === 'embedded' && readModels.engine === 'sqlite')
    return embeddedEngines(config, vocabulary, clock, { progress: options.progress, unchecked: uncheckedOf(options) });
  if ([store.engine, readModels.engine].includes('sqlite') || bus.engine === 'embedded') makeFolder(config.dataFolder);
  const opening = new Opening({ waiting, sleep: (ms) => realSleep(ms) });
  try {
    return enginesOf(await partsOf(opening, options), vocabulary);
  } catch (error) {
    await opening.undo();
    throw error;
  }
};

const partsOf = async (opening: Opening, options: OpeningOptions): Promise<EngineParts> => {
  const { config, name, vocabulary } = options;
  const unchecked = uncheckedOf(options);
  const log = await opening.open(titles[config.store.engine], () => openLog(config, options.clock, options.progress, unchecked));
  const sealedWith = await opening.persistently(titles[config.store.engine], () => log.keySetId());
  const documents =
    config.readModels.engine === 'mongodb'
      ? await openDocuments(opening, { name, settings: config.readModels, sealedWith })
      : inFiles(config, sealedWith);
  await opening.persistently(titles[config.store.engine], () => log.bindKeySet(documents.keys.id));
  const accessLog = await opening.open(titles[config.store.engine], () => openAccessLog(config, options.clock, unchecked));
  const bus = await opening.open(config.bus.engine === 'kafka' ? 'Kafka' : 'the bus', () => openBus(options, vocabulary));
  return {
    ...{ log, accessLog, bus, ...documents },
    ...(config.bus.engine === 'kafka' ? { relayPace: new LoadThrottle(realSleep) } : {}),
    ...(config.readModels.engine === 'mongodb' ? { gatherMs } : {}),
  };
};

/** Short enough that a list that is read without waiting does not seem out of date. */
const gatherMs = 100;

const titles = { sqlite: 'the record', postgres: 'PostgreSQL', kurrentdb: 'KurrentDB' } as const;

const uncheckedOf =
  ({ config, trouble }: OpeningOptions) =>
  (why: string) =>
    trouble(titles[config.store.engine], why);

const openBus = async ({ config, name, trouble }: OpeningOptions, { contracts, topics }: Vocabulary): Promise<Bus> => {
  if (config.bus.engine === 'embedded') return new SqliteBus(join(config.dataFolder, 'bus.db'), { contracts });
  const { openKafkaBus } = await import('@waymark/messaging/kafka');
  return openKafkaBus({
    ...kafkaOf(config.bus),
    clientId: `waymark-${name}`,
    contracts,
    topics,
    onError: (what) => trouble('Kafka', what),
  });
};

const kafkaOf = ({ engine: _, user, ...settings }: KafkaSettings) => ({
  ...settings,
  ...(user ? { sasl: { username: user.name, password: user.password } } : {}),
});

/** What MongoDB would keep, in files of this process. */
const inFiles = ({ dataFolder, keysFolder }: Config, sealedWith: string | undefined): Omit<EngineParts, 'log' | 'accessLog' | 'bus'> => {
  const keys: KeyStore = openFileKeyStore({
    folder: keysFolder,
    random: randomBytes,
    ...(sealedWith === undefined ? {} : { expectedId: sealedWith }),
  });
  return {
    keys,
    readModels: new SqliteReadModelStore(join(dataFolder, 'read-models.db')),
    idempotency: sqliteIdempotencyStore(join(dataFolder, 'answers.db')),
  };
};
