import type pg from 'pg';
import { StoreUnavailable, StoreUnusable } from '../../event-log.js';
import type { Place } from './errors.js';
import { edition, layout, migrating, newerFunctions, schema } from './schema.js';

const oldestServer = 130_000;

interface Server {
  readonly version: number;
  readonly encoding: string;
  readonly fsync: string;
  readonly read_only: boolean;
}

/**
 * Asked at every connection that writes: the server behind an address may be another one tomorrow.
 * @throws StoreUnusable | StoreUnavailable
 */
export const assertKeepsWhatItTakes = async (client: pg.ClientBase, { database, at }: Place): Promise<void> => {
  const { rows } = await client.query<Server>(`SELECT current_setting('server_version_num')::integer AS version,
    current_setting('server_encoding') AS encoding, current_setting('fsync') AS fsync,
    pg_is_in_recovery() OR current_setting('default_transaction_read_only')::boolean AS read_only`);
  const { version, encoding, fsync, read_only: readOnly } = rows[0]!;
  const where = `the database "${database}" at ${at}`;
  if (version < oldestServer) throw new StoreUnusable(`PostgreSQL at ${at} is too old (${version}); the event store needs 13 or later.`);
  if (encoding !== 'UTF8')
    throw new StoreUnusable(
      `${where} keeps text as ${encoding}; the event store needs UTF8: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0.`,
    );
  if (fsync !== 'on')
    throw new StoreUnusable(`PostgreSQL at ${at} runs with fsync=${fsync}, so an acknowledged event could be lost. Set fsync=on.`);
  if (readOnly) throw new StoreUnavailable(`${where} is read-only: a replica, or set so. Give the address of the primary.`, 'read-only');
};

/**
 * Makes the tables at the first start, and puts functions of an earlier edition up to date; whoever starts at the same moment waits its turn and finds them.
 * @throws StoreUnusable when the schema is of another program or of a later version
 */
export const migrate = async (client: pg.ClientBase, place: Place): Promise<void> => {
  // Whoever makes them may take longer than an append waits.
  await client.query('BEGIN; SET LOCAL lock_timeout = 0');
  await client.query(`SELECT ${migrating}`);
  const found = await layoutIn(client, place);
  if (found === undefined) await client.query(schema);
  else if (found === layout && (await mayReplaceFunctions(client))) await client.query(newerFunctions);
  await client.query('COMMIT');
  if (found !== undefined && found !== layout)
    throw new StoreUnusable(
      `The database "${place.database}" at ${place.at} has layout ${found} of Waymark's events; this version reads layout ${layout}. Start the version of Waymark that wrote it, or a later one.`,
    );
};

/** Undefined where there is no such schema yet. */
const layoutIn = async (client: pg.ClientBase, { database, at }: Place): Promise<number | undefined> => {
  const { rows } = await client.query<{ named: boolean; ours: boolean }>(
    `SELECT to_regnamespace('waymark_events') IS NOT NULL AS named, to_regclass('waymark_events.meta') IS NOT NULL
      AND to_regclass('waymark_events.events') IS NOT NULL AS ours`,
  );
  const { named, ours } = rows[0]!;
  if (!named) return undefined;
  const kept = ours ? await client.query<{ value: string }>(`SELECT value FROM waymark_events.meta WHERE key = 'layout'`) : undefined;
  const found = Number(kept?.rows[0]?.value);
  if (Number.isInteger(found)) return found;
  throw new StoreUnusable(
    `The schema waymark_events in the database "${database}" at ${at} is not one of Waymark's events, or a part of it is missing. Give Waymark another database, or restore this one from its backup.`,
  );
};

/** Those of an earlier edition do the same, only slower: a user who does not own them leaves them as they are. */
const mayReplaceFunctions = async (client: pg.ClientBase): Promise<boolean> => {
  const { rows } = await client.query<{ edition: string | null; owns: boolean }>(
    `SELECT (SELECT value FROM waymark_events.meta WHERE key = 'functions') AS edition,
      coalesce(bool_and(pg_has_role(proowner, 'USAGE')), false) AS owns
    FROM pg_proc WHERE pronamespace = 'waymark_events'::regnamespace AND proname IN ('append', 'append_known')`,
  );
  const { edition: found, owns } = rows[0]!;
  return owns && Number(found ?? 1) < edition;
};
