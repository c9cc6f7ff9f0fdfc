import { createSecretKey, type KeyObject } from 'node:crypto';
import { databaseOf, durable, isDuplicate, isUnavailable, kindOf } from '@waymark/mongo';
import type { Connection, mongo } from 'mongoose';
import {
  DESTROYED,
  KeysUnavailable,
  KeysUnusable,
  type DataKey,
  type Destroyed,
  type KeyStore,
  type RandomBytes,
  type SubjectId,
} from '../key-store.js';
import { ofGeneration } from './generations.js';
import { KeyCache } from './key-cache.js';
import { openKeySet } from './mongodb-key-set.js';
import { fingerprintOf } from './master-key-text.js';
import { unwrap, wrap } from './wrapping.js';

export interface MongoKeyStoreOptions {
  /** Stays its maker's. All services that read one another's sealed values share the database. */
  readonly connection: Connection;
  /** 32 bytes that live outside the database: see `masterKeyFrom`. */
  readonly masterKey: Uint8Array;
  readonly random: RandomBytes;
  /** The key set that the event store was sealed with, once it was; another is then refused. */
  readonly expectedId?: string | undefined;
  /** Milliseconds of a clock of this process that nobody sets. Default: `performance.now`. */
  readonly monotonicMs?: () => number;
  /** How long a key is kept at hand, and so how soon one that another process destroyed is gone here. Default 60,000. */
  readonly keptMs?: number;
}

interface KeyRow {
  readonly _id: SubjectId;
  /** The data key under the master key, in base64; null once it was destroyed. */
  readonly wrapped: string | null;
}

/**
 * Data keys in a collection, each wrapped by a master key that the database never sees.
 * @throws KeysUnusable when the master key, the database and the event store do not belong together, KeysUnavailable when it cannot be asked
 */
export const openMongoKeyStore = async (options: MongoKeyStoreOptions): Promise<KeyStore> => {
  const { connection, masterKey, random, expectedId } = options;
  if (masterKey.length !== 32) throw new KeysUnusable(`the master key has ${masterKey.length} bytes, want 32`);
  const key = createSecretKey(masterKey);
  const id = await guarded(() => openKeySet(databaseOf(connection), { key, fingerprint: fingerprintOf(masterKey), random, expectedId }));
  const cache = new KeyCache(options.monotonicMs ?? (() => performance.now()), options.keptMs ?? 60_000);
  return new MongoKeyStore({ id, connection, key, random, cache });
};

interface Parts {
  readonly id: string;
  readonly connection: Connection;
  readonly key: KeyObject;
  readonly random: RandomBytes;
  readonly cache: KeyCache;
}

class MongoKeyStore implements KeyStore {
  readonly id: string;
  readonly #parts: Parts;
  #closed = false;

  constructor(parts: Parts) {
    this.id = parts.id;
    this.#parts = parts;
  }

  peek(subject: SubjectId, generation?: number): DataKey | Destroyed | undefined {
    return ofGeneration(this.#parts.cache.get(subject), generation);
  }

  async find(subject: SubjectId, generation?: number): Promise<DataKey | Destroyed | undefined> {
    return ofGeneration((await this.#guarded(() => this.#lookUp([subject]))).get(subject), generation);
  }

  async provide(subjects: readonly SubjectId[]): Promise<ReadonlyMap<SubjectId, DataKey | Destroyed>> {
    return this.#guarded(async () => {
      const known = new Map<SubjectId, DataKey | Destroyed | undefined>();
      for (const subject of subjects) known.set(subject, this.peek(subject));
      const asked = [...known.keys()].filter((subject) => known.get(subject) === undefined);
      if (asked.length > 0) {
        // Not looked for first: a subject of whom this process has no key at hand is most often a new one. What is there is the key, whoever made it.
        const keys = (await this.#make(asked)) ?? (await this.#lookUp(asked));
        for (const subject of asked) known.set(subject, keys.get(subject));
      }
      return new Map([...known].map(([subject, key]) => [subject, thatIsThere(subject, key)]));
    });
  }

  async destroy(subject: SubjectId): Promise<void> {
    await this.#guarded(async () => {
      const gone = { $set: { wrapped: null } };
      try {
        await this.#keys().updateOne({ _id: subject }, gone, { upsert: true, ...durable });
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        // Made between the look and the insert of the tombstone.
        await this.#keys().updateOne({ _id: subject }, gone, durable);
      }
      this.#parts.cache.destroyed(subject);
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#parts.cache.clear();
  }

  async #lookUp(subjects: readonly SubjectId[]): Promise<ReadonlyMap<SubjectId, DataKey | Destroyed>> {
    const { cache } = this.#parts;
    const found = new Map<SubjectId, DataKey | Destroyed>();
    const asked: SubjectId[] = [];
    for (const subject of new Set(subjects)) {
      const known = cache.get(subject);
      if (known === undefined) asked.push(subject);
      else found.set(subject, known);
    }
    if (asked.length === 0) return found;
    const askedAtMs = cache.now();
    for (const row of await this.#keys()
      .find({ _id: { $in: asked } })
      .toArray())
      found.set(row._id, cache.keep(row._id, this.#opened(row), askedAtMs));
    return found;
  }

  /** @returns the keys, once they are durable; undefined where some were there already, or were made by somebody else meanwhile */
  async #make(subjects: readonly SubjectId[]): Promise<ReadonlyMap<SubjectId, DataKey | Destroyed> | undefined> {
    const { key, random, cache } = this.#parts;
    const keys = subjects.map((subject): DataKey => ({ subject, generation: 1, bytes: random(32) }));
    const rows = keys.map(({ subject, bytes }) => ({ _id: subject, wrapped: wrap(key, random, subject, bytes).toString('base64') }));
    const askedAtMs = cache.now();
    try {
      await this.#keys().insertMany(rows, { ordered: false, ...durable });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      return undefined;
    }
    return new Map(keys.map((made) => [made.subject, cache.keep(made.subject, made, askedAtMs)]));
  }

  #opened({ _id, wrapped }: KeyRow): DataKey | Destroyed {
    if (wrapped === null) return DESTROYED;
    const bytes = unwrap(this.#parts.key, _id, Buffer.from(wrapped, 'base64'));
    if (!bytes)
      throw new KeysUnusable(`the database's keys are damaged: the key of subject ${_id} does not open. Restore it from its backup.`);
    return { subject: _id, generation: 1, bytes };
  }

  #keys(): mongo.Collection<KeyRow> {
    return databaseOf(this.#parts.connection).collection<KeyRow>('_keys');
  }

  #guarded<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closed) return Promise.reject(new KeysUnavailable('the keys are closed', 'closed'));
    return guarded(work);
  }
}

/** Never taken for destroyed: what was just made and cannot be read back is a database that lost it. */
const thatIsThere = (subject: SubjectId, key: DataKey | Destroyed | undefined): DataKey | Destroyed => {
  if (key === undefined) throw new KeysUnavailable(`the key of subject ${subject} was made and is not there`, 'unreachable');
  return key;
};

/** What a server refuses for good is told by its kind alone, because its words quote values. */
const withoutValues = (error: unknown): unknown =>
  error instanceof Error && error.name.startsWith('Mongo') ? new Error(`MongoDB refused (${kindOf(error)})`) : error;

/** The driver's error as the port's. */
const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (isUnavailable(error))
      throw new KeysUnavailable(`MongoDB cannot be asked for keys now (${kindOf(error)})`, 'unreachable', { cause: error });
    throw withoutValues(error);
  }
};
