import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import { connectMongo, databaseOf, type MongoOptions } from '../src/index.js';

export const mongoUrl = process.env['WAYMARK_TEST_MONGODB_URL'];

/** A database of its own for a test, gone behind it. */
export interface TestDatabase {
  readonly url: string;
  readonly connection: Connection;
  /** Another process's connection to it. */
  connect(options?: Partial<MongoOptions>): Promise<Connection>;
  drop(): Promise<void>;
}

export const newDatabase = async (url: string): Promise<TestDatabase> => {
  const name = `test_${randomUUID().slice(0, 8)}`;
  const own = url.replace(/^(mongodb(?:\+srv)?:\/\/[^/?]+)\/?[^?]*/, `$1/${name}`);
  const opened: Connection[] = [];
  const connect = async (options: Partial<MongoOptions> = {}) => {
    const connection = await connectMongo({ url: own, ...options });
    opened.push(connection);
    return connection;
  };
  const connection = await connect();
  return {
    url: own,
    connection,
    connect,
    drop: async () => {
      await databaseOf(connection).dropDatabase();
      await Promise.all(opened.map((one) => one.close(true)));
    },
  };
};
