import type { mongo } from 'mongoose';
import { BadQuery, type Collection } from '../../read-model-store.js';
import { fieldOf, tables, type CheckpointRow, type DeclaredRow } from './layout.js';

/** A declared collection and where its serving documents are. */
export interface Serving extends Collection {
  readonly physical: string;
  readonly row: DeclaredRow;
  /** When this was read, in milliseconds of the process's own clock. */
  readonly readAtMs: number;
}

export const physicalOf = (name: string, generation: string | undefined): string =>
  generation === undefined ? name : `${name}#${generation}`;

export interface CatalogueOptions {
  readonly monotonicMs: () => number;
  /** How long what was read counts as so. Another process's swap is noticed after this long at most. */
  readonly freshMs: number;
  /** Told what was read, each time. */
  readonly onRead: (checkpoints: readonly CheckpointRow[]) => Promise<void>;
}

/** Which generation serves, as the database says it, read again when it is no longer fresh. */
export class Catalogue {
  private found = new Map<string, Serving>();
  private readAtMs = -Infinity;
  private reading: Promise<void> | undefined;

  constructor(
    private readonly database: () => mongo.Db,
    private readonly options: CatalogueOptions,
  ) {}

  /** @throws BadQuery for a collection that nobody has declared */
  async serving(name: string): Promise<Serving> {
    if (this.options.monotonicMs() - this.readAtMs >= this.options.freshMs || !this.found.has(name)) await this.read();
    return this.cached(name);
  }

  /** As it was last read. @throws BadQuery */
  cached(name: string): Serving {
    const serving = this.known(name);
    if (!serving) throw new BadQuery(`collection ${name}: declare it first`);
    return serving;
  }

  /** As {@link cached}; undefined where nobody has declared it. */
  known(name: string): Serving | undefined {
    return this.found.get(name);
  }

  /** Reads it anew; those who ask meanwhile share one reading. */
  read(): Promise<void> {
    this.reading ??= this.readNow().finally(() => (this.reading = undefined));
    return this.reading;
  }

  private async readNow(): Promise<void> {
    const readAtMs = this.options.monotonicMs();
    const { collections, checkpoints } = tables(this.database());
    // Owners first: a collection that changes hands is given its generation by the new one before.
    const rows = await collections.find().toArray();
    const owners = await checkpoints
      .find({ $or: [{ serving: { $exists: true } }, { fills: { $exists: true } }] }, { projection: { serving: 1, fills: 1, retired: 1 } })
      .toArray();
    const byName = new Map(owners.map((owner) => [owner._id, owner]));
    this.found = new Map(
      rows.map((row) => {
        const generation = row.owner === undefined ? undefined : byName.get(row.owner)?.serving?.[fieldOf(row._id)];
        return [row._id, { name: row._id, indexes: row.indexes, physical: physicalOf(row._id, generation), row, readAtMs }];
      }),
    );
    this.readAtMs = readAtMs;
    await this.options.onRead(owners);
  }
}
