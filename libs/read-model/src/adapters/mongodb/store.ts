import { claimsFor, databaseOf, serverOf, type Claims, type Server } from '@waymark/mongo';
import type { Connection } from 'mongoose';
import { cursors } from '../../cursor.js';
import type { Batch, Collection, Condition, Document, Generation, Page, Query, ReadModelStore } from '../../read-model-store.js';
import { Access } from './access.js';
import { Batches } from './batches.js';
import { Catalogue } from './catalogue.js';
import { Checkpoints } from './checkpoints.js';
import { Declarations } from './declarations.js';
import { DocumentWriter } from './document-writer.js';
import { Generations } from './generation.js';
import { Janitor } from './janitor.js';
import { openLayout } from './layout.js';
import { UncheckpointedBatches } from './uncheckpointed-batches.js';
import { asPortError } from './port-errors.js';
import { Readings } from './readings.js';
import { Rebuilds } from './rebuilds.js';

export interface MongoReadModelOptions {
  /** Milliseconds of a clock of this process that nobody sets. Default: `performance.now`. */
  readonly monotonicMs?: () => number;
  /** How soon another process's swap is noticed. Default 500. */
  readonly freshMs?: number;
  /** How long a generation that serves no more is kept for those who still read it. Default 60,000. */
  readonly keptMs?: number;
  /** How long a rebuild may stand still before others think it dead. Default 600,000. */
  readonly abandonedMs?: number;
  /** How long a dead writer's lock holds up the next; its claim does twice as long. Default 1,000. */
  readonly patienceMs?: number;
}

/**
 * A subscriber writes one batch after the other, and keeps its claim for a few: for less than half of the time after which it would be taken for dead, so
 * that the last write under it has the rest.
 */
const claimsFrom = (patienceMs: number) => ({ deadAfterMs: 2 * patienceMs, keptMs: 0.8 * patienceMs });

const defaults = { monotonicMs: () => performance.now(), freshMs: 500, keptMs: 60_000, abandonedMs: 600_000, patienceMs: 1_000 };

/**
 * Read models in a MongoDB database, for any number of processes. The connection stays its maker's.
 * @throws ReadModelUnusable when the database is of another layout, ReadModelUnavailable when it cannot be asked
 */
export const openMongoReadModels = async (connection: Connection, options: MongoReadModelOptions = {}): Promise<MongoReadModelStore> => {
  try {
    const cursorKey = await openLayout(databaseOf(connection));
    const all = { ...defaults, ...options };
    const { monotonicMs, patienceMs } = all;
    const claims = await claimsFor(connection, { monotonicMs, ...claimsFrom(patienceMs) });
    const store = new MongoReadModelStore({ connection, server: await serverOf(connection), claims, cursorKey, options: all });
    await store.takeUp();
    return store;
  } catch (error) {
    throw asPortError(error);
  }
};

interface Deps {
  readonly connection: Connection;
  readonly server: Server;
  readonly claims: Claims;
  readonly cursorKey: Uint8Array;
  readonly options: Required<MongoReadModelOptions>;
}

/** Documents in a MongoDB database; see the README for why a batch takes effect whole. */
export class MongoReadModelStore implements ReadModelStore {
  private readonly access: Access;
  private readonly claims: Claims;
  private readonly catalogue: Catalogue;
  private readonly checkpoints: Checkpoints;
  private readonly loose: UncheckpointedBatches;
  private readonly declarations: Declarations;
  private readonly readings: Readings;
  private readonly batches: Batches;
  private readonly rebuilds: Rebuilds;

  constructor({ connection, server, claims, cursorKey, options }: Deps) {
    const { monotonicMs, freshMs, keptMs, abandonedMs, patienceMs } = options;
    this.access = new Access(connection);
    this.claims = claims;
    const { database } = this.access;
    const indexesOf = (name: string) => this.catalogue.cached(name).indexes;
    const documents = new DocumentWriter({ database, indexesOf });
    this.checkpoints = new Checkpoints({ database, claims, documents });
    const generations = new Generations(database, this.checkpoints);
    const janitor = new Janitor({ database, generations, monotonicMs, keptMs, abandonedMs });
    this.catalogue = new Catalogue(database, { monotonicMs, freshMs, onRead: (owners) => janitor.look(owners) });
    this.loose = new UncheckpointedBatches({ database, documents, refresh: () => this.catalogue.read(), monotonicMs, patienceMs });
    const { access, catalogue, checkpoints, loose } = this;
    this.batches = new Batches({ catalogue, checkpoints, loose });
    this.declarations = new Declarations({ access, server, catalogue, knownByAllMs: 2 * freshMs });
    this.readings = new Readings({ access, catalogue, cursors: cursors(cursorKey), monotonicMs, keptMs });
    this.rebuilds = new Rebuilds({ access, server, catalogue, checkpoints, generations, batches: this.batches });
  }

  /** Finishes what others have left. */
  async takeUp(): Promise<void> {
    await this.catalogue.read();
    await this.loose.finishAll();
  }

  async declare(collection: Collection): Promise<void> {
    return this.access.guarded(() => this.declarations.declare(collection));
  }

  async get<D extends Document>(collection: string, id: string): Promise<D | undefined> {
    return this.reading(collection, () => this.readings.get<D>(collection, id));
  }

  async getMany<D extends Document>(collection: string, ids: readonly string[]): Promise<ReadonlyMap<string, D>> {
    return this.reading(collection, () => this.readings.getMany<D>(collection, ids));
  }

  async find<D extends Document>(collection: string, query: Query): Promise<Page<D>> {
    return this.reading(collection, () => this.readings.find<D>(collection, query));
  }

  async count(collection: string, where: readonly Condition[] = []): Promise<number> {
    return this.reading(collection, () => this.readings.count(collection, where));
  }

  async write(batch: Batch): Promise<void> {
    return this.access.guarded(() => this.batches.write(batch));
  }

  async checkpoint(subscriber: string): Promise<string> {
    return this.access.guarded(async () => {
      await this.catalogue.read();
      return (await this.checkpoints.settle(subscriber)).position;
    });
  }

  async rebuild(collections: readonly Collection[], subscriber: string): Promise<Generation> {
    for (const collection of collections) await this.declare(collection);
    const names = collections.map(({ name }) => name);
    return this.rebuilds.begin(names, subscriber);
  }

  private reading<T>(collection: string, work: () => Promise<T>): Promise<T> {
    return this.access.guarded(async () => {
      await this.checkpoints.flushCollection(collection);
      return work();
    });
  }

  /** The connection stays open: others use it too. */
  async close(): Promise<void> {
    this.access.close();
    await this.claims.release();
  }
}
