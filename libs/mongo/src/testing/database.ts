import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import type { Connection } from 'mongoose';
import { connectMongo, type MongoOptions } from '../connect.js';
import { databaseOf, serverOf } from '../server.js';

/** A server that suites run on. */
export interface TestServer {
  readonly url: string;
  /** As it told it: "FerretDB speaking MongoDB 7.0.42". */
  readonly version: string;
  /** Ends it as a crash would, and returns when it is back. */
  restart?(): Promise<void>;
  stop?(): Promise<void>;
}

export interface Absent {
  readonly absent: string;
}

/**
 * The server named by WAYMARK_TEST_MONGODB_URL (WAYMARK_TEST_MONGODB_RESTART may hold a command that restarts it and returns when it is back), or one
 * that is started from an image: MongoDB's own, or what speaks its protocol.
 * @throws when one is named and cannot be used
 */
export const findMongo = async (): Promise<TestServer | Absent> => {
  const { WAYMARK_TEST_MONGODB_URL: url, WAYMARK_TEST_MONGODB_RESTART: restart } = process.env;
  if (url === undefined) return fromImage('mongo');
  const connection = await connectMongo({ url });
  const { product, version } = await serverOf(connection);
  await connection.close();
  return {
    url,
    version: product === 'MongoDB' ? `MongoDB ${version}` : `${product} speaking MongoDB ${version}`,
    ...(restart ? { restart: async () => void (await promisify(execFile)('sh', ['-c', restart])) } : {}),
  };
};

/** MongoDB itself, where its image can be had. */
export const findMongoItself = (): Promise<TestServer | Absent> => fromImage('mongodb');

/** What test/engines gives; named by what is used of it, so that nothing that runs in production is built with it. */
interface Engines {
  available(engine: string): Promise<{ readonly available: boolean; readonly why?: string; readonly title: string }>;
  startMongo(options: { readonly itself: boolean }): Promise<{
    readonly url: string;
    readonly version: string;
    readonly image: string;
    kill(): Promise<void>;
    restart(): Promise<void>;
    stop(): Promise<void>;
  }>;
}
const enginesPackage = '@waymark/engines';

const fromImage = async (engine: 'mongo' | 'mongodb'): Promise<TestServer | Absent> => {
  const engines = (await import(enginesPackage)) as Engines;
  const answer = await engines.available(engine);
  if (!answer.available) return { absent: answer.why ?? `${answer.title} cannot be had` };
  const running = await engines.startMongo({ itself: engine === 'mongodb' });
  return {
    url: running.url,
    version: `MongoDB ${running.version}, image ${running.image}`,
    restart: async () => {
      await running.kill();
      await running.restart();
    },
    stop: () => running.stop(),
  };
};

/** A database of its own for a test. */
export interface TestDatabase {
  readonly url: string;
  readonly connection: Connection;
  /** Another process's connection to it. */
  connect(options?: Partial<MongoOptions>): Promise<Connection>;
  /** Drops it, and closes every connection to it. */
  drop(): Promise<void>;
}

export const newDatabase = async ({ url }: Pick<TestServer, 'url'>): Promise<TestDatabase> => {
  const own = url.replace(/^(mongodb(?:\+srv)?:\/\/[^/?]+)\/?[^?]*/, `$1/test_${randomUUID().slice(0, 8)}`);
  const opened: Connection[] = [];
  const connect = async (options: Partial<MongoOptions> = {}) => {
    const connection = await connectMongo({ url: own, maxConnections: 10, ...options });
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
