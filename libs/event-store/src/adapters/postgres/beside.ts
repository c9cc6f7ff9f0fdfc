import type pg from 'pg';
import { StoreUnusable, type EventLog } from '../../event-log.js';
import { clientConfig, connect, placeOf } from './connect.js';
import { asStoreError } from './errors.js';
import { openPostgresEventLog, type PostgresEventLogOptions } from './log.js';

const defaultTimeoutMs = 10_000;
/** PostgreSQL's word for a database that is there already. */
const duplicateDatabase = '42P04';
const alreadyMade = new Set([duplicateDatabase, '23505']);

/**
 * A second log beside a record, in a database of its own on the same server: `<database>_<name>`. It is made where it is missing and the user may.
 * @throws as {@link openPostgresEventLog}; StoreUnusable with what to do where the database is missing and may not be made
 */
export const openPostgresEventLogBeside = async (name: string, options: PostgresEventLogOptions): Promise<EventLog> => {
  const place = placeOf({ url: options.url, password: options.password });
  const database = `${place.database}_${name}`;
  let client: pg.Client | undefined;
  try {
    client = await connect(clientConfig(place.config, options.timeoutMs ?? defaultTimeoutMs), async () => undefined);
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
    if (rowCount === 0) await make(client, database, place.at);
  } catch (error) {
    throw asStoreError(place, error, true);
  } finally {
    await client?.end().catch(() => undefined);
  }
  const url = new URL(options.url);
  url.pathname = `/${encodeURIComponent(database)}`;
  return openPostgresEventLog({ ...options, url: url.href });
};

const make = async (client: pg.Client, database: string, at: string): Promise<void> => {
  try {
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)} ENCODING 'UTF8' TEMPLATE template0`);
  } catch (error) {
    const { code } = error as { code?: string };
    // Another process made it at the same moment.
    if (code !== undefined && alreadyMade.has(code)) return;
    if (code !== '42501') throw error;
    throw new StoreUnusable(
      `PostgreSQL at ${at} has no database "${database}", and this user may not make one. Make it: CREATE DATABASE "${database}" ENCODING 'UTF8' TEMPLATE template0, and let this user own it.`,
      { cause: error },
    );
  }
};
