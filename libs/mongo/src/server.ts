import type { Connection, mongo } from 'mongoose';

/** Which server answers, in its own words. */
export interface Server {
  readonly product: 'MongoDB' | 'FerretDB';
  readonly version: string;
  /**
   * Whether an update compares and writes in one step. FerretDB 1 reads, compares and writes in three, so that two that compare at the same moment
   * both write; its inserts and deletes are atomic.
   */
  readonly atomicUpdates: boolean;
}

interface BuildInfo {
  readonly version: string;
  readonly ferretdbVersion?: string;
  readonly ferretdb?: unknown;
}

export const serverOf = async (connection: Connection): Promise<Server> => {
  const info = (await databaseOf(connection).admin().command({ buildInfo: 1 })) as unknown as BuildInfo;
  const ferret = info.ferretdbVersion !== undefined || info.ferretdb !== undefined;
  return { product: ferret ? 'FerretDB' : 'MongoDB', version: info.version, atomicUpdates: !ferret };
};

const connected = 1;

/** The connection's database. @throws MongoNotConnectedError when it was never opened or is closed */
export const databaseOf = (connection: Connection): mongo.Db => {
  if (connection.db && Number(connection.readyState) === connected) return connection.db;
  throw Object.assign(new Error('the connection is not open'), { name: 'MongoNotConnectedError' });
};

/** Written to a majority of the members, and there to the disk: what is acknowledged outlives the loss of any one machine. */
export const durable = { writeConcern: { w: 'majority', j: true } } as const;
