import type pg from 'pg';
import { StoreUnavailable, StoreUnusable } from '../../event-log.js';
import type { Place } from './errors.js';
import { fromLayout1 } from './layout-1.js';
import { edition, layout, migrating, newerFunctions, schema } from './schema.js';

const oldestServer = 130_000;

interface Server {
  readonly version: number;
  readonly encoding: string;
  readonly fsync: string;
  readonly read_only: boolean;
}

/**
 * Checked at every connection that writes: the server behind an address may be another one tomorrow.
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
 * Makes the tables at the first start, takes those of layout 1 forward, and puts functions of an earlier edition up to date, all of it in one transaction;
 * whoever starts at the same moment waits its turn and finds them.
 * @throws StoreUnusable when the schema is of another program or of a later version, or an earlier version is still at work
 */
export const migrate = async (client: pg.ClientBase, place: Place, progress: (doing: string) => void): Promise<void> => {
  // Whoever makes them may take longer than an append waits.
  await client.query('BEGIN; SET LOCAL lock_timeout = 0');
  await client.query(`SELECT ${migrating}`);
  try {
    const found = await layoutIn(client, place);
    if (found === undefined) await client.query(schema);
    else if (found === 1) await fromLayout1(client, place, progress);
    else if (found !== layout) throw wrongLayout(place, found);
    else if (await mayReplaceFunctions(client)) await client.query(newerFunctions);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
};

const wrongLayout = ({ database, at }: Place, found: number): StoreUnusable =>
  new StoreUnusable(
    `The database "${database}" at ${at} has layout ${found} of Waymark's events, which ${found > layout ? 'a later version of Waymark wrote' : 'no version of Waymark wrote that this one knows'}; this one knows layouts up to ${layout}. Nothing was changed. Start the version that wrote it, or a later one.`,
  );

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
