// PostgreSQL for the benches: the server, a database for each run, and the stores on it.
import { randomBytes, randomUUID } from 'node:crypto';
import { openPostgresEventLog } from '@waymark/event-store/postgres';
import { sealedEventStore } from '@waymark/event-store';
import { openFileKeyStore } from '@waymark/keys';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { catalogue, clock, newFolder, remove } from './stores.mjs';

const ask = async (url, text) => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
};

const isDurable = "SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit";

/** The server to measure: the one whose superuser's URL is in WAYMARK_TEST_POSTGRES_URL, as for the suites, or one in a container, for all figures. */
export const findPostgres = async () => {
  const server = await (found ??= serverNamed(process.env.WAYMARK_TEST_POSTGRES_URL));
  if (server.absent) return server;
  const [{ fsync, commit }] = await ask(server.url, isDurable);
  // Both sides would be measured without what makes a commit durable, and a ratio of such figures says nothing.
  if (fsync !== 'on' || commit !== 'on')
    throw new Error(`PostgreSQL runs with fsync=${fsync} and synchronous_commit=${commit}; both have to be on`);
  return server;
};
let found;

const serverNamed = async (url) => {
  if (!url) return serverInContainer();
  const [{ version }] = await ask(url, "SELECT current_setting('server_version') AS version");
  return { url, version: `PostgreSQL ${version}` };
};

const serverInContainer = async () => {
  const { available, startPostgres } = await import('@waymark/engines');
  const { why } = await available('postgres');
  if (why) return { absent: why };
  const { directUrl, version, stop } = await startPostgres();
  return { url: directUrl, version: `PostgreSQL ${version}`, stop };
};

/** A pool may say that it has ended before its last connection has; one that is cut off then would end the whole bench. */
const untilLeft = async (server, name) => {
  for (let tries = 0; tries < 100; tries += 1) {
    const [{ n }] = await ask(server, `SELECT count(*)::integer AS n FROM pg_stat_activity WHERE datname = '${name}'`);
    if (n === 0) return;
    await sleep(50);
  }
};

/** Does work in a database and a folder of its own. */
export const inDatabase = async (server, work) => {
  const name = `waymark_bench_${randomUUID().replaceAll('-', '')}`;
  await ask(server, `CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE template0`);
  const folder = newFolder();
  const url = new URL(server);
  url.pathname = `/${name}`;
  try {
    return await work({ url: url.href, folder });
  } finally {
    remove(folder);
    await untilLeft(server, name);
    await ask(server, `DROP DATABASE ${name} WITH (FORCE)`);
  }
};

/** The event store as a deployment on PostgreSQL has it. */
export const openOnPostgres = async ({ url, folder }) => {
  const log = await openPostgresEventLog({ url, clock });
  const keys = openFileKeyStore({ folder: join(folder, 'keys'), random: randomBytes });
  const store = sealedEventStore({ log, keys, catalogue, random: randomBytes });
  const close = async () => {
    await log.close();
    await keys.close();
  };
  return { log, keys, store, close };
};
