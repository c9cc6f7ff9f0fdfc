import { databaseOf } from '@waymark/mongo';
import type { Connection, mongo } from 'mongoose';
import { ReadModelUnavailable } from '../../read-model-store.js';
import type { DocumentRow } from './layout.js';
import { asPortError } from './port-errors.js';

/** The way to the database, until the store is closed. The connection stays open: others use it too. */
export class Access {
  private closed = false;

  constructor(private readonly connection: Connection) {}

  /** @throws ReadModelUnavailable once closed */
  readonly database = (): mongo.Db => {
    this.assertOpen();
    return databaseOf(this.connection);
  };

  documents(physical: string): mongo.Collection<DocumentRow> {
    return this.database().collection<DocumentRow>(physical);
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

  private assertOpen(): void {
    if (this.closed) throw new ReadModelUnavailable('the read-model store is closed');
  }
}
