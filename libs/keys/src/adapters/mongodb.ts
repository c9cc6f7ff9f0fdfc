import { createSecretKey } from 'node:crypto';
import { Batcher, sharedAnswer } from '@waymark/async';
import { databaseOf, durable, isDuplicate, isUnavailable, kindOf } from '@waymark/mongo';
import type { Connection } from 'mongoose';
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
import { generationsOf, newestOf, ofGeneration, type Generations } from './generations.js';
import { KeyCache } from './key-cache.js';
import { openKeySet } from './mongodb-key-set.js';
import { MongoMasters } from './mongodb-masters.js';
import { damagedRow, keyRows, rowOf, wrappedOf, type KeyRow } from './mongodb-rows.js';
import type { GivenMasterKey } from './mongodb-set-rows.js';
import { fingerprintOf } from './master-key-text.js';
import { openKey, wrapDestroyed, wrapKey } from './wrapping.js';

export interface MongoKeyStoreOptions {
  /** Stays its maker's. All services that read one another's sealed values share the database. */
  readonly connection: Connection;
  /** 32 bytes that live outside the database: see `masterKeyFrom`. */
  readonly masterKey: Uint8Array;
  /** The one before, as long as anything is wrapped by it: while the master key is being replaced. */
  readonly previousMasterKey?: Uint8Array | undefined;
  readonly random: RandomBytes;
  /** The key set that the event store was sealed with, once it was; another is then refused. */
  readonly expectedId?: string | undefined;
  /** Milliseconds of a clock of this process that nobody sets. Default: `performance.now`. */
  readonly monotonicMs?: () => number;
  /** How long a key is kept at hand, and so how soon one that another process destroyed is gone here. Default 60,000. */
  readonly keptMs?: number;
}

/**
 * Data keys in a collection, each wrapped by a master key that the database never sees.
 * @throws KeysUnusable when the master key, the database and the event store do not belong together, KeysUnavailable when it cannot be asked
 */
export const openMongoKeyStore = async (options: MongoKeyStoreOptions): Promise<KeyStore> => {
  const { connection, masterKey, previousMasterKey, random, expectedId } = options;
  const given = [givenKey(masterKey), ...(previousMasterKey ? [givenKey(previousMasterKey)] : [])] as const;
  const set = await guarded(async () => {
    await keyRows(connection).createIndex({ subject: 1 });
    return openKeySet({ connection, given, random, expectedId });
  });
  const cache = new KeyCache(options.monotonicMs ?? (() => performance.now()), options.keptMs ?? 60_000);
  const master = new MongoMasters({ connection, given, random, expectedId, set, now: cache.now, knownWithinMs: cache.keptMs, guarded });
  return new MongoKeyStore({ id: set.set, connection, master, random, cache });
};

const givenKey = (bytes: Uint8Array): GivenMasterKey => {
  if (bytes.length !== 32) throw new KeysUnusable(`the master key has ${bytes.length} bytes, want 32`);
  return { key: createSecretKey(bytes), fingerprint: fingerprintOf(bytes) };
};

interface Deps {
  readonly id: string;
  readonly connection: Connection;
  readonly master: MongoMasters;
  readonly random: RandomBytes;
  readonly cache: KeyCache;
}

class MongoKeyStore implements KeyStore {
  readonly id: string;
  readonly #deps: Deps;
  #closed = false;
  /** One request for all who ask in one turn: a page of events names hundreds of subjects, and there are few connections. */
  readonly #asked = new Batcher<readonly SubjectId[], ReadonlyMap<SubjectId, Generations>>(
    sharedAnswer((subjects) => this.#ask([...new Set(subjects)])),
    { closing: 'after-microtasks' },
  );

  constructor(deps: Deps) {
    this.id = deps.id;
    this.#deps = deps;
  }

  get master(): MongoMasters {
    return this.#deps.master;
  }

  peek(subject: SubjectId, generation?: number): DataKey | Destroyed | undefined {
    return ofGeneration(this.#deps.cache.get(subject), generation);
  }

  async find(subject: SubjectId, generation?: number): Promise<DataKey | Destroyed | undefined> {
    // A generation that is not at hand may be one that another process has just put in place.
    return (
      this.peek(subject, generation) ?? this.#guarded(async () => ofGeneration((await this.#asked.add([subject])).get(subject), generation))
    );
  }

  async provide(subjects: readonly SubjectId[]): Promise<ReadonlyMap<SubjectId, DataKey | Destroyed>> {
    return this.#guarded(async () => {
      const known = new Map<SubjectId, DataKey | Destroyed | undefined>();
      for (const subject of subjects) known.set(subject, this.peek(subject));
      const asked = [...known.keys()].filter((subject) => known.get(subject) === undefined);
      if (asked.length > 0) {
        // Not looked for first: a subject of whom this process has no key at hand is most often a new one. What is there is the key, whoever made it.
        const keys = (await this.#make(asked)) ?? (await this.#ask(asked));
        for (const subject of asked) known.set(subject, ofGeneration(keys.get(subject), undefined));
      }
      return new Map([...known].map(([subject, key]) => [subject, thatIsThere(subject, key)]));
    });
  }

  async replace(subject: SubjectId): Promise<DataKey | Destroyed | undefined> {
    return this.#guarded(async () => {
      for (;;) {
        const held = (await this.#ask([subject])).get(subject);
        if (held === undefined || held === DESTROYED) return held;
        const key: DataKey = { subject, generation: newestOf(held).generation + 1, bytes: this.#deps.random(32) };
        const row = rowOf(wrapKey(await this.master.wrapper(), key));
        try {
          await this.#keys().insertOne(row, durable);
        } catch (error) {
          // Another process was first with this generation: the next one is tried.
          if (!isDuplicate(error)) throw error;
          continue;
        }
        const now = (await this.#ask([subject])).get(subject);
        if (now !== DESTROYED) return key;
        await this.#keys().deleteMany({ subject, generation: { $gt: 1 } }, durable);
        return DESTROYED;
      }
    });
  }

  async destroy(subject: SubjectId): Promise<void> {
    await this.#guarded(async () => {
      const { _id, ...gone } = rowOf(wrapDestroyed(await this.master.wrapper(), subject));
      try {
        await this.#keys().updateOne({ _id }, { $set: gone }, { upsert: true, ...durable });
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        // Made between the look and the insert of the mark.
        await this.#keys().updateOne({ _id }, { $set: gone }, durable);
      }
      this.#deps.cache.destroyed(subject);
      // The mark stands: whoever dies now leaves keys that nobody is given any more, and the next destruction removes them.
      await this.#keys().deleteMany({ subject, generation: { $gt: 1 } }, durable);
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#deps.cache.clear();
  }

  async #ask(subjects: readonly SubjectId[]): Promise<ReadonlyMap<SubjectId, Generations>> {
    const { cache } = this.#deps;
    const askedAtMs = cache.now();
    const rows = await this.#keys()
      .find({ subject: { $in: [...subjects] } })
      .sort({ generation: 1 })
      .toArray();
    if (rows.some(({ master }) => !this.master.keys.has(master))) await this.master.refresh();
    const bySubject = new Map<SubjectId, KeyRow[]>();
    for (const row of rows) bySubject.set(row.subject, [...(bySubject.get(row.subject) ?? []), row]);
    return new Map([...bySubject].map(([subject, its]) => [subject, cache.keep(subject, this.#opened(its), askedAtMs)]));
  }

  /** @returns the keys, once they are durable; undefined where some were there already, or were made by somebody else meanwhile */
  async #make(subjects: readonly SubjectId[]): Promise<ReadonlyMap<SubjectId, Generations> | undefined> {
    const { random, cache, master } = this.#deps;
    const by = await master.wrapper();
    const keys = subjects.map((subject): DataKey => ({ subject, generation: 1, bytes: random(32) }));
    const askedAtMs = cache.now();
    try {
      await this.#keys().insertMany(
        keys.map((key) => rowOf(wrapKey(by, key))),
        { ordered: false, ...durable },
      );
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      return undefined;
    }
    return new Map(keys.map((made) => [made.subject, cache.keep(made.subject, [made], askedAtMs)]));
  }

  /** @param rows of one subject, by generation: the mark that all were destroyed comes first, and counts alone */
  #opened([first, ...more]: readonly KeyRow[]): Generations {
    const rows = first && first.generation > 0 ? [first, ...more] : first ? [first] : [];
    const strange = rows.find(({ master }) => !this.master.keys.has(master));
    if (strange) throw this.master.notAtHand(strange.master);
    const keys = generationsOf(rows.map((row) => openKey(this.master.keys, wrappedOf(row))));
    if (keys === undefined)
      throw damagedRow(`database ${databaseOf(this.#deps.connection).databaseName}`, { subject: first?.subject ?? '' });
    return keys;
  }

  #keys(): ReturnType<typeof keyRows> {
    return keyRows(this.#deps.connection);
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
