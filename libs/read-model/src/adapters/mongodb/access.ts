import { Batcher, PerKey, sharedAnswer, sideBySide } from '@waymark/async';
import { databaseOf } from '@waymark/mongo';
import type { Connection, mongo } from 'mongoose';
import { ReadModelUnavailable } from '../../read-model-store.js';
import type { DocumentRow } from './layout.js';
import { asPortError } from './port-errors.js';

/** Of one request for documents by their keys. */
const mostKeys = 500;

/** The way to the database, until the store is closed. The connection stays open: others use it too. */
export class Access {
  private closed = false;

  /** By collection: one request for all who read in one turn. */
  private readonly looking = new PerKey(
    (physical) =>
      new Batcher(
        sharedAnswer((keys: readonly string[]) => this.look(physical, keys)),
        sideBySide(mostKeys),
      ),
  );

  constructor(private readonly connection: Connection) {}

  /** @throws ReadModelUnavailable once closed */
  readonly database = (): mongo.Db => {
    this.assertOpen();
    return databaseOf(this.connection);
  };

  documents(physical: string): mongo.Collection<DocumentRow> {
    return this.database().collection<DocumentRow>(physical);
  }

  /** Those that are there, by key: their bodies. */
  bodies(physical: string, keys: readonly string[]): Promise<ReadonlyMap<string, DocumentRow>> {
    return this.looking.of(physical).add(keys);
  }

  /** What the driver throws comes out as the port's. */
  async guarded<T>(work: () => Promise<T>): Promise<T> {
    this.assertOpen();
    try {
      return await work();
    } catch (error) {
      throw asPortError(error);
    }
  }

  close(): void {
    this.closed = true;
  }

  private async look(physical: string, keys: readonly string[]): Promise<ReadonlyMap<string, DocumentRow>> {
    const rows = await this.documents(physical)
      .find({ _id: { $in: [...keys] } }, { projection: { body: 1 } })
      .toArray();
    return new Map(rows.map((row) => [row._id, row]));
  }

  private assertOpen(): void {
    if (this.closed) throw new ReadModelUnavailable('the read-model store is closed');
  }
}
