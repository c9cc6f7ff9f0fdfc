import { randomBytes } from 'node:crypto';
import { checkCollection, checkConditions, checkQuery, indexable, serialise } from '../check-query.js';
import { compareText, compareValues } from '../compare.js';
import { cursors } from '../cursor.js';
import {
  BadQuery,
  ReadModelUnavailable,
  StaleCheckpoint,
  type Batch,
  type Collection,
  type Condition,
  type Document,
  type Generation,
  type Page,
  type Query,
  type ReadModelStore,
} from '../read-model-store.js';

/** Documents as JSON text by id, so that nobody shares an object with the store. */
type Documents = Map<string, string>;
interface Tables {
  readonly documents: Map<string, Documents>;
  readonly checkpoints: Map<string, string>;
}

const matches = (document: Document, condition: Condition): boolean => {
  const raw = document[condition.field];
  if ('has' in condition) return Array.isArray(raw) && raw.some((element) => indexable(element) === indexable(condition.has));
  return !Array.isArray(raw) && matchesScalar(indexable(raw), condition);
};

const matchesScalar = (value: string | number | null, condition: Exclude<Condition, { readonly has: unknown }>): boolean => {
  if ('is' in condition) return value === indexable(condition.is);
  if ('oneOf' in condition) return condition.oneOf.some((alternative) => indexable(alternative) === value);
  if ('startsWith' in condition) return typeof value === 'string' && value.startsWith(condition.startsWith);
  return within(value, condition);
};

type Range = Extract<Condition, { readonly from?: unknown }>;
const within = (value: string | number | null, { from, below }: Range): boolean => {
  if (value === null || typeof value !== typeof (from ?? below)) return false;
  return (from === undefined || compareValues(value, from) >= 0) && (below === undefined || compareValues(value, below) < 0);
};

/** A read-model store that forgets. For specs and simulations: queries scan. */
export class MemoryReadModelStore implements ReadModelStore {
  private readonly collections = new Map<string, Collection>();
  private readonly serving: Tables = { documents: new Map(), checkpoints: new Map() };
  private readonly cursors;
  private closed = false;

  constructor(cursorKey: Uint8Array = randomBytes(32)) {
    this.cursors = cursors(cursorKey);
  }

  async declare(collection: Collection): Promise<void> {
    this.open();
    checkCollection(collection);
    const known = this.collections.get(collection.name)?.indexes ?? [];
    this.collections.set(collection.name, { name: collection.name, indexes: [...new Set([...known, ...collection.indexes])] });
    if (!this.serving.documents.has(collection.name)) this.serving.documents.set(collection.name, new Map());
  }

  async get<D extends Document>(collection: string, id: string): Promise<D | undefined> {
    return this.read<D>(this.serving, collection, [id]).get(id);
  }

  async getMany<D extends Document>(collection: string, ids: readonly string[]): Promise<ReadonlyMap<string, D>> {
    return this.read<D>(this.serving, collection, ids);
  }

  async find<D extends Document>(name: string, query: Query): Promise<Page<D>> {
    const limit = checkQuery(this.known(name), query);
    const field = query.sortBy ?? 'id';
    const sign = query.descending ? -1 : 1;
    const value = (document: Document) => (Array.isArray(document[field]) ? null : indexable(document[field]));
    const order = (a: readonly [string | number | null, string], b: readonly [string | number | null, string]) =>
      sign * (compareValues(a[0], b[0]) || compareText(a[1], b[1]));
    const found = this.all<D>(name, query.where)
      .map((document) => [value(document), document.id, document] as const)
      .sort(([av, ai], [bv, bi]) => order([av, ai], [bv, bi]));
    const place = query.cursor === undefined ? undefined : this.cursors.open(name, query, query.cursor);
    const rest = place ? found.filter(([v, id]) => order([v, id], [indexable(place.value), place.id]) > 0) : found;
    const page = rest.slice(0, limit);
    const last = page.at(-1);
    const items = page.map(([, , document]) => document);
    return last && rest.length > limit ? { items, next: this.cursors.seal(name, query, { value: last[0], id: last[1] }) } : { items };
  }

  async count(name: string, where: readonly Condition[] = []): Promise<number> {
    checkConditions(this.known(name), where);
    return this.all(name, where).length;
  }

  async write(batch: Batch): Promise<void> {
    this.apply(this.serving, batch);
  }

  async checkpoint(subscriber: string): Promise<string> {
    this.open();
    return this.serving.checkpoints.get(subscriber) ?? 'start';
  }

  async rebuild(collections: readonly Collection[], subscriber: string): Promise<Generation> {
    for (const collection of collections) await this.declare(collection);
    const next: Tables = {
      documents: new Map(collections.map(({ name }) => [name, new Map<string, string>()])),
      checkpoints: new Map(),
    };
    return {
      store: {
        get: async <D extends Document>(collection: string, id: string) => this.read<D>(next, collection, [id]).get(id),
        getMany: async <D extends Document>(collection: string, ids: readonly string[]) => this.read<D>(next, collection, ids),
        write: async (batch) => this.apply(next, batch),
        checkpoint: async (name) => next.checkpoints.get(name) ?? 'start',
      },
      swap: async () => {
        this.open();
        for (const [name, documents] of next.documents) this.serving.documents.set(name, documents);
        this.serving.checkpoints.set(subscriber, next.checkpoints.get(subscriber) ?? 'start');
      },
      discard: async () => next.documents.clear(),
    };
  }

  async close(): Promise<void> {
    this.closed = true;
  }

  private apply(tables: Tables, { changes, aside = [], checkpoint }: Batch): void {
    this.open();
    if (checkpoint && (tables.checkpoints.get(checkpoint.subscriber) ?? 'start') !== checkpoint.after)
      throw new StaleCheckpoint(`${checkpoint.subscriber} is not at ${checkpoint.after}`);
    // Everything is checked before anything is written.
    const writes = [...changes, ...aside].map((change) => {
      const documents = this.table(tables, change.in);
      return 'put' in change
        ? { documents, id: change.put.id, json: serialise(change.in, change.put) }
        : { documents, id: change.remove, json: undefined };
    });
    for (const { documents, id, json } of writes) {
      if (json === undefined) documents.delete(id);
      else documents.set(id, json);
    }
    if (checkpoint) tables.checkpoints.set(checkpoint.subscriber, checkpoint.position);
  }

  private read<D extends Document>(tables: Tables, collection: string, ids: readonly string[]): ReadonlyMap<string, D> {
    this.open();
    const documents = this.table(tables, collection);
    const found = new Map<string, D>();
    for (const id of ids) {
      const json = documents.get(id);
      if (json !== undefined) found.set(id, JSON.parse(json) as D);
    }
    return found;
  }

  private all<D extends Document>(name: string, where: readonly Condition[] = []): D[] {
    return [...this.table(this.serving, name).values()]
      .map((json) => JSON.parse(json) as D)
      .filter((document) => where.every((condition) => matches(document, condition)));
  }

  private known(name: string): Collection {
    this.open();
    const collection = this.collections.get(name);
    if (!collection) throw new BadQuery(`collection ${name}: declare it first`);
    return collection;
  }

  private table(tables: Tables, name: string): Documents {
    const documents = tables.documents.get(name);
    if (!documents) throw new BadQuery(`collection ${name}: declare it first`);
    return documents;
  }

  private open(): void {
    if (this.closed) throw new ReadModelUnavailable('the read-model store is closed');
  }
}
