import mongoose, { type ConnectOptions, type Connection } from 'mongoose';
import { kindOf } from './errors.js';

export interface MongoOptions {
  /** `mongodb://` or `mongodb+srv://`, with the database's name. It may hold a password: it is never logged, and stands in no error. */
  readonly url: string;
  /** Instead of the one that the address names. */
  readonly database?: string;
  /** Shown in the server's own logs: the service's name. */
  readonly appName?: string;
  /** How long an operation waits for a server that can serve it. Default 5,000. */
  readonly serverSelectionTimeoutMs?: number;
  /** How long an answer is waited for before the connection counts as lost. Default 30,000. */
  readonly socketTimeoutMs?: number;
  /** Default 20. */
  readonly maxConnections?: number;
}

/** The database cannot be used. Says which host and what to do, and never the user's name or password. */
export class MongoUnreachable extends Error {
  override readonly name = 'MongoUnreachable';
  constructor(
    message: string,
    readonly reason: 'address' | 'unreachable' | 'refused',
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/**
 * Opens a connection for everything that Waymark keeps on MongoDB. Nothing is buffered while the server is away: what cannot be done fails, and
 * whoever asked tries again. No index and no collection is made but where the code says so.
 * @throws MongoUnreachable
 */
export const connectMongo = async (options: MongoOptions): Promise<Connection> => {
  const host = hostOf(options.url);
  let connection: Connection | undefined;
  try {
    connection = mongoose.createConnection(options.url, settingsFor(options));
    // Later losses are told by the operations that meet them; without a listener they would end the process.
    connection.on('error', () => undefined);
    await connection.asPromise();
    // The handshake asks for no rights; this does.
    await connection.db?.command({ ping: 1 });
    return connection;
  } catch (error) {
    await connection?.close(true).catch(() => undefined);
    throw explained(host, error);
  }
};

const settingsFor = ({
  database,
  appName = 'waymark',
  serverSelectionTimeoutMs = 5_000,
  socketTimeoutMs = 30_000,
  maxConnections = 20,
}: MongoOptions): ConnectOptions => ({
  ...(database === undefined ? {} : { dbName: database }),
  appName,
  serverSelectionTimeoutMS: serverSelectionTimeoutMs,
  connectTimeoutMS: serverSelectionTimeoutMs,
  socketTimeoutMS: socketTimeoutMs,
  waitQueueTimeoutMS: socketTimeoutMs,
  maxPoolSize: maxConnections,
  bufferCommands: false,
  autoIndex: false,
  autoCreate: false,
  // Where the server has sessions, a write whose answer was lost is asked again under its own number, and done once.
  retryWrites: true,
  retryReads: true,
  readPreference: 'primary',
});

/** The hosts of an address; nothing of one that is not plainly written, since a password with a stray sign could pass for a host. */
const hostOf = (url: string): string =>
  /^mongodb(?:\+srv)?:\/\/(?:[^@/?#]+@)?([\w.,:[\]-]+)(?:[/?][^@]*)?$/.exec(url)?.[1] ?? 'the given address';

const refusals = new Set(['MongoServerError 13', 'MongoServerError 18', 'MongoServerError 8000']);

const explained = (host: string, error: unknown): MongoUnreachable => {
  const kind = kindOf(error);
  if (/Parse|InvalidArgument|MissingDependency|API|TypeError|MongooseError/.test(kind))
    return new MongoUnreachable(
      `MongoDB's address is not usable (${kind}): want mongodb://<user>:<password>@<host>:<port>/<database>`,
      'address',
    );
  if (refusals.has(kind))
    return new MongoUnreachable(
      `MongoDB at ${host} refuses the user or the password (${kind}): check both, and the user's rights`,
      'refused',
    );
  return new MongoUnreachable(`MongoDB at ${host} cannot be reached (${kind}): is it running, and is the address right?`, 'unreachable', {
    cause: error,
  });
};
