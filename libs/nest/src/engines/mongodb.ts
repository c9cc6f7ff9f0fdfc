import { randomBytes } from 'node:crypto';
import { masterKeyFrom } from '@waymark/keys';
import { ReadModelUnavailable } from '@waymark/read-model';
import type { Connection } from 'mongoose';
import { ConfigurationError } from '../config/config.js';
import type { MongoSettings } from '../config/engine-settings.js';
import type { EngineParts } from './engines.js';
import type { Opening } from './opening.js';

interface Options {
  /** Of the process; its database is named after it. */
  readonly name: string;
  readonly settings: MongoSettings;
  /** The key set of the event log, once it has one. */
  readonly sealedWith: string | undefined;
}

/** All services seal under the same keys, so these have a database of their own. */
const keysDatabase = 'waymark_keys';
const engine = 'MongoDB';
/** Longer than any query here takes. A connection that went dead silently is given up after it. */
const answerWithinMs = 10_000;

/** Read models, replicas and checkpoints in the service's own database, leases and remembered answers beside them; keys in one that all services share. */
export const openDocuments = async (
  opening: Opening,
  { name, settings, sealedWith }: Options,
): Promise<Omit<EngineParts, 'log' | 'accessLog' | 'bus'>> => {
  const masterKey = masterKeyFrom(settings.masterKey, 'WAYMARK_MASTER_KEY');
  const { previousMasterKey: former } = settings;
  const previousMasterKey = former === undefined ? undefined : masterKeyFrom(former, 'WAYMARK_MASTER_KEY_PREVIOUS');
  const [{ openMongoReadModels }, { openMongoKeyStore }, { mongoLeases }, { openMongoIdempotencyStore }] = await Promise.all([
    import('@waymark/read-model/mongodb'),
    import('@waymark/keys/mongodb'),
    import('@waymark/leases/mongodb'),
    import('../idempotency/mongo-idempotency-store.js'),
  ]);
  const database = settings.database ?? `waymark_${name.replaceAll('-', '_')}`;
  const own = await opening.open(engine, () => connect(name, { ...settings, database }));
  const shared = await opening.open(engine, () => connect(name, { ...settings, database: keysDatabase }));
  const keys = await opening.open(engine, () =>
    openMongoKeyStore({ connection: shared, masterKey, previousMasterKey, random: randomBytes, expectedId: sealedWith }),
  );
  const readModels = await opening.open(engine, () => openMongoReadModels(own));
  const idempotency = await opening.open(engine, () => openMongoIdempotencyStore(own));
  const leases = mongoLeases({ connection: own, monotonicMs: () => performance.now() });
  return { keys, readModels, idempotency, leases, beneath: [own, shared] };
};

/** @throws ReadModelUnavailable while it cannot be reached; ConfigurationError when it answers and refuses, or its address is none */
const connect = async (name: string, { url, database }: Required<Pick<MongoSettings, 'url' | 'database'>>): Promise<Connection> => {
  const { connectMongo, MongoUnreachable } = await import('@waymark/mongo');
  try {
    return await connectMongo({ url, database, appName: `waymark-${name}`, socketTimeoutMs: answerWithinMs });
  } catch (error) {
    if (!(error instanceof MongoUnreachable)) throw error;
    if (error.reason === 'unreachable') throw new ReadModelUnavailable(error.message, { cause: error });
    throw new ConfigurationError(`WAYMARK_MONGODB_URL: ${error.message}`);
  }
};
