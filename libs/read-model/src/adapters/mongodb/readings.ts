import { checkConditions, checkQuery, indexable } from '../../check-query.js';
import type { Cursors } from '../../cursor.js';
import type { Condition, Document, Page, Query } from '../../read-model-store.js';
import type { Access } from './access.js';
import type { Catalogue, Serving } from './catalogue.js';
import { documentOf, textOf } from './documents.js';
import { pageFilter, sortOf, whereFilter } from './query.js';

export interface ReadingsOptions {
  readonly access: Access;
  readonly catalogue: Catalogue;
  readonly cursors: Cursors;
  readonly monotonicMs: () => number;
  /** How long a generation is kept that serves no more. */
  readonly keptMs: number;
}

/** Reads the serving documents. A reading that took so long that its generation may have been dropped under it is done again. */
export class Readings {
  constructor(private readonly options: ReadingsOptions) {}

  get<D extends Document>(collection: string, id: string): Promise<D | undefined> {
    return this.reading(collection, ({ physical }) => oneOf<D>(this.options.access, physical, id));
  }

  getMany<D extends Document>(collection: string, ids: readonly string[]): Promise<ReadonlyMap<string, D>> {
    return this.reading(collection, ({ physical }) => manyOf<D>(this.options.access, physical, ids));
  }

  find<D extends Document>(name: string, query: Query): Promise<Page<D>> {
    const { access, cursors } = this.options;
    return this.reading(name, async (serving) => {
      const limit = checkQuery(serving, query);
      const place = query.cursor === undefined ? undefined : cursors.open(name, query, query.cursor);
      const rows = await access
        .documents(serving.physical)
        .find(pageFilter(query, place), { projection: { body: 1 } })
        .sort(sortOf(query))
        .limit(limit + 1)
        .toArray();
      const items = rows.slice(0, limit).flatMap((row) => documentOf<D>(row) ?? []);
      const last = items.at(-1);
      if (!last || rows.length <= limit) return { items };
      return { items, next: cursors.seal(name, query, { value: placeOf(last[query.sortBy ?? 'id']), id: last.id }) };
    });
  }

  count(name: string, where: readonly Condition[]): Promise<number> {
    return this.reading(name, (serving) => {
      checkConditions(serving, where);
      return this.options.access.documents(serving.physical).countDocuments(whereFilter(where));
    });
  }

  private async reading<T>(name: string, work: (serving: Serving) => Promise<T>): Promise<T> {
    const { catalogue, monotonicMs, keptMs } = this.options;
    for (;;) {
      const serving = await catalogue.serving(name);
      const found = await work(serving);
      if (monotonicMs() - serving.readAtMs < keptMs / 2) return found;
    }
  }
}

const placeOf = (value: unknown) => (Array.isArray(value) ? null : indexable(value));

/** From wherever a generation keeps a collection. */
export const oneOf = async <D extends Document>(access: Access, physical: string, id: string): Promise<D | undefined> => {
  const key = textOf(id);
  return documentOf<D>((await access.bodies(physical, [key])).get(key));
};

/** As {@link oneOf}, many at once. */
export const manyOf = async <D extends Document>(
  access: Access,
  physical: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, D>> => {
  if (ids.length === 0) return new Map();
  const keys = ids.map(textOf);
  const rows = await access.bodies(physical, keys);
  return new Map(keys.flatMap((key) => documentOf<D>(rows.get(key)) ?? []).map((document) => [document.id, document]));
};
