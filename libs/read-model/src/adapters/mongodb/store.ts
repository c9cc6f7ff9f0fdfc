import { randomBytes } from 'node:crypto';
import { claimsFor, databaseOf, durable, serverOf, type Server } from '@waymark/mongo';
import type { Connection, mongo } from 'mongoose';
import { checkCollection, checkConditions, checkQuery, indexable } from '../../check-query.js';
import { cursors, type Cursors } from '../../cursor.js';
import {
  BadQuery,
  ReadModelUnavailable,
  type Batch,
  type Change,
  type Collection,
  type Condition,
  type Document,
  type Generation,
  type Page,
  type Query,
  type ReadModelStore,
} from '../../read-model-store.js';
import { Catalogue, physicalOf, type Serving } from './catalogue.js';
import { Checkpoints } from './checkpoints.js';
import { bodyOf, documentOf, textOf } from './documents.js';
import { Generations, labelOf } from './generation.js';
import { buildIndexes, declareIndexes } from './indexes.js';
import { Janitor } from './janitor.js';
import { fieldOf, openLayout, tables, type DocumentRow, type Journalled } from './layout.js';
import { LooseBatches } from './loose-batches.js';
import { asPortError } from './port-errors.js';
import { pageFilter, sortOf, whereFilter } from './query.js';

export interface MongoReadModelOptions {
  /** Milliseconds of a clock of this process that nobody sets. Default: `performance.now`. */
  readonly monotonicMs?: () => number;
  /** How soon another process's swap is noticed. Default 500. */
  readonly freshMs?: number;
  /** How long a generation that serves no more is kept for those who still read it. Default 60,000. */
  readonly keptMs?: number;
  /** How long a rebuild may stand still before others think it dead. Default 600,000. */
  readonly abandonedMs?: number;
  /** How long a dead writer's lock or claim holds up the next. Default 1,000. */
  readonly patienceMs?: number;
}

/**
 * Read models in a MongoDB database, for any number of processes. The connection stays its maker's.
 * @throws ReadModelUnusable when the database is of another layout, ReadModelUnavailable when it cannot be asked
 */
export const openMongoReadModels = async (connection: Connection, options: MongoReadModelOptions = {}): Promise<MongoReadModelStore> => {
  try {
    const { monotonicMs = () => performance.now(), patienceMs = 1_000 } = options;
    const cursorKey = await openLayout(databaseOf(connection));
    const claims = await claimsFor(connection, { monotonicMs, deadAfterMs: patienceMs });
    const store = new MongoReadModelStore({ connection, server: await serverOf(connection), claims, cursorKey, options });
    await store.takeUp();
    return store;
  } catch (error) {
    throw asPortError(error);
  }
};

interface Parts {
  readonly connection: Connection;
  readonly server: Server;
  readonly claims: Awaited<ReturnType<typeof claimsFor>>;
  readonly cursorKey: Uint8Array;
  readonly options: MongoReadModelOptions;
}

/** Documents in a MongoDB database; see the README for why a batch takes effect whole. */
export class MongoReadModelStore implements ReadModelStore {
  private readonly cursors: Cursors;
  private readonly catalogue: Catalogue;
  private readonly checkpoints: Checkpoints;
  private readonly loose: LooseBatches;
  private readonly generations: Generations;
  private readonly monotonicMs: () => number;
  private readonly freshMs: number;
  private readonly keptMs: number;
  private closed = false;

  constructor(private readonly parts: Parts) {
    const { options, claims, cursorKey } = parts;
    this.cursors = cursors(cursorKey);
    this.monotonicMs = options.monotonicMs ?? (() => performance.now());
    this.freshMs = options.freshMs ?? 500;
    this.keptMs = options.keptMs ?? 60_000;
    const database = () => this.database();
    const indexesOf = (name: string) => this.catalogue.cached(name).indexes;
    this.checkpoints = new Checkpoints({ database, claims, indexesOf });
    const refresh = () => this.catalogue.read();
    this.loose = new LooseBatches({
      database,
      indexesOf,
      refresh,
      monotonicMs: this.monotonicMs,
      patienceMs: options.patienceMs ?? 1_000,
    });
    this.generations = new Generations(database, this.checkpoints);
    const janitor = new Janitor({
      database,
      generations: this.generations,
      monotonicMs: this.monotonicMs,
      keptMs: this.keptMs,
      abandonedMs: options.abandonedMs ?? 600_000,
    });
    this.catalogue = new Catalogue(database, {
      monotonicMs: this.monotonicMs,
      freshMs: this.freshMs,
      onRead: (owners) => janitor.look(owners),
    });
  }

  /** Finishes what others have left. */
  async takeUp(): Promise<void> {
    await this.catalogue.read();
    await this.loose.finishAll();
  }

  async declare(collection: Collection): Promise<void> {
    await this.guarded(async () => {
      checkCollection(collection);
      await this.catalogue.read();
      const known = this.declared(collection.name);
      if (known && collection.indexes.every((field) => known.row.ready?.includes(field))) return;
      const { db, server } = { db: this.database(), server: this.parts.server };
      const physicals = [known?.physical ?? collection.name, ...(await this.filling(collection.name))];
      await declareIndexes({ db, server, collection, physicals, knownByAllMs: 2 * this.freshMs }, known?.row);
      await this.catalogue.read();
    });
  }

  async get<D extends Document>(collection: string, id: string): Promise<D | undefined> {
    return this.reading(collection, ({ physical }) => this.one<D>(physical, id));
  }

  async getMany<D extends Document>(collection: string, ids: readonly string[]): Promise<ReadonlyMap<string, D>> {
    return this.reading(collection, ({ physical }) => this.many<D>(physical, ids));
  }

  async find<D extends Document>(name: string, query: Query): Promise<Page<D>> {
    return this.reading(name, async (serving) => {
      const limit = checkQuery(serving, query);
      const place = query.cursor === undefined ? undefined : this.cursors.open(name, query, query.cursor);
      const rows = await this.collection(serving.physical)
        .find(pageFilter(query, place), { projection: { body: 1 } })
        .sort(sortOf(query))
        .limit(limit + 1)
        .toArray();
      const items = rows.slice(0, limit).flatMap((row) => documentOf<D>(row) ?? []);
      const last = items.at(-1);
      if (!last || rows.length <= limit) return { items };
      return { items, next: this.cursors.seal(name, query, { value: placeOf(last[query.sortBy ?? 'id']), id: last.id }) };
    });
  }

  async count(name: string, where: readonly Condition[] = []): Promise<number> {
    return this.reading(name, (serving) => {
      checkConditions(serving, where);
      return this.collection(serving.physical).countDocuments(whereFilter(where));
    });
  }

  async write({ changes, checkpoint }: Batch): Promise<void> {
    await this.guarded(async () => {
      await this.freshFor(changes);
      if (checkpoint)
        return this.checkpoints.move(checkpoint.subscriber, checkpoint, async (at, seq) =>
          this.journalled(changes, seq, (name) => {
            const generation = at.serving[fieldOf(name)];
            return generation === undefined ? this.catalogue.cached(name).physical : physicalOf(name, generation);
          }),
        );
      await this.loose.write(this.journalled(changes, 0, (name) => this.catalogue.cached(name).physical));
    });
  }

  async checkpoint(subscriber: string): Promise<string> {
    return this.guarded(async () => {
      await this.catalogue.read();
      return (await this.checkpoints.settle(subscriber)).position;
    });
  }

  async rebuild(collections: readonly Collection[], subscriber: string): Promise<Generation> {
    for (const collection of collections) await this.declare(collection);
    const generation = randomBytes(6).toString('hex');
    const names = collections.map(({ name }) => name);
    await this.guarded(async () => {
      for (const name of names) await this.own(name, subscriber);
      await this.generations.begin(subscriber, generation, names);
      for (const name of names)
        await buildIndexes(this.database(), this.parts.server, physicalOf(name, generation), this.catalogue.cached(name).indexes);
    });
    const at = (name: string): string => {
      if (!names.includes(name)) throw new BadQuery(`collection ${name}: not part of this rebuild`);
      return physicalOf(name, generation);
    };
    return {
      store: {
        get: async <D extends Document>(name: string, id: string) => this.guarded(() => this.one<D>(at(name), id)),
        getMany: async <D extends Document>(name: string, ids: readonly string[]) => this.guarded(() => this.many<D>(at(name), ids)),
        checkpoint: async (name) => this.guarded(async () => (await this.checkpoints.settle(labelOf(name, generation))).position),
        write: async ({ changes, checkpoint }) =>
          this.guarded(async () => {
            if (!checkpoint) throw new BadQuery('a rebuild writes with its checkpoint');
            await this.freshFor(changes);
            const label = labelOf(checkpoint.subscriber, generation);
            await this.checkpoints.move(label, checkpoint, async (_, seq) => this.journalled(changes, seq, at));
          }),
      },
      swap: () => this.swap(subscriber, generation, names),
      discard: () => this.guarded(() => this.discard(subscriber, generation, names)),
    };
  }

  /** The connection stays open: others use it too. */
  async close(): Promise<void> {
    this.closed = true;
  }

  private async swap(subscriber: string, generation: string, names: readonly string[]): Promise<void> {
    await this.guarded(async () => {
      await this.catalogue.read();
      await this.generations.swap(subscriber, generation, new Map(names.map((name) => [name, this.catalogue.cached(name).physical])));
      await this.catalogue.read();
    });
  }

  private async discard(subscriber: string, generation: string, names: readonly string[]): Promise<void> {
    if (!(await this.generations.giveUp(subscriber, generation, names))) return;
    for (const name of names) await this.generations.drop(subscriber, physicalOf(name, generation));
  }

  /** Lets the subscriber's checkpoint say which generation of a collection serves, beginning with the one that does. */
  private async own(name: string, subscriber: string): Promise<void> {
    const { row, physical } = await this.catalogue.serving(name);
    if (row.owner === subscriber) return;
    const [, generation] = physical.split('#');
    const { checkpoints, collections } = tables(this.database());
    if (generation !== undefined)
      await this.checkpoints.alone(subscriber, () =>
        checkpoints.updateOne(
          { _id: subscriber },
          { $set: { [`serving.${fieldOf(name)}`]: generation }, $setOnInsert: { seq: 0, position: 'start' } },
          { upsert: true, ...durable },
        ),
      );
    await collections.updateOne({ _id: name }, { $set: { owner: subscriber } }, durable);
    await this.catalogue.read();
  }

  private async filling(name: string): Promise<readonly string[]> {
    const rows = await tables(this.database())
      .checkpoints.find({ fills: { $exists: true } }, { projection: { fills: 1 } })
      .toArray();
    return rows.flatMap(({ fills = {} }) =>
      Object.entries(fills).flatMap(([generation, names]) => (names.includes(name) ? [physicalOf(name, generation)] : [])),
    );
  }

  private declared(name: string): Serving | undefined {
    try {
      return this.catalogue.cached(name);
    } catch {
      return undefined;
    }
  }

  /** Everything is checked before anything is written; of several changes of a document the last one stays. */
  private journalled(changes: readonly Change[], n: number, at: (name: string) => string): readonly Journalled[] {
    const last = new Map<string, Journalled>();
    for (const change of changes) {
      const to = at(change.in);
      const key = textOf('put' in change ? change.put.id : change.remove);
      const body = 'put' in change ? { body: bodyOf(change.in, this.catalogue.cached(change.in).indexes, change.put) } : {};
      last.set(`${to} ${key}`, { in: change.in, to, key, n, ...body });
    }
    return [...last.values()];
  }

  private async freshFor(changes: readonly { readonly in: string }[]): Promise<void> {
    for (const name of new Set(changes.map((change) => change.in))) await this.catalogue.serving(name);
  }

  private async one<D extends Document>(physical: string, id: string): Promise<D | undefined> {
    return documentOf<D>(await this.collection(physical).findOne({ _id: textOf(id) }, { projection: { body: 1 } }));
  }

  private async many<D extends Document>(physical: string, ids: readonly string[]): Promise<ReadonlyMap<string, D>> {
    if (ids.length === 0) return new Map();
    const rows = await this.collection(physical)
      .find({ _id: { $in: ids.map(textOf) } }, { projection: { body: 1 } })
      .toArray();
    return new Map(rows.flatMap((row) => documentOf<D>(row) ?? []).map((document) => [document.id, document]));
  }

  /** A reading that took so long that its generation may have been dropped under it is done again. */
  private async reading<T>(name: string, work: (serving: Serving) => Promise<T>): Promise<T> {
    return this.guarded(async () => {
      for (;;) {
        const serving = await this.catalogue.serving(name);
        const found = await work(serving);
        if (this.monotonicMs() - serving.readAtMs < this.keptMs / 2) return found;
      }
    });
  }

  private collection(physical: string): mongo.Collection<DocumentRow> {
    return this.database().collection<DocumentRow>(physical);
  }

  private database(): mongo.Db {
    if (this.closed) throw new ReadModelUnavailable('the read-model store is closed');
    return databaseOf(this.parts.connection);
  }

  private async guarded<T>(work: () => Promise<T>): Promise<T> {
    if (this.closed) throw new ReadModelUnavailable('the read-model store is closed');
    try {
      return await work();
    } catch (error) {
      throw asPortError(error);
    }
  }
}

const placeOf = (value: unknown) => (Array.isArray(value) ? null : indexable(value));
