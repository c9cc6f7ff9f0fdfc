import pg from 'pg';
import { StoreUnusable } from '../../event-log.js';
import type { Place } from './errors.js';

interface Access {
  readonly url: string;
  readonly password: string | undefined;
}

/** Where the database is, for messages; without any password. @throws StoreUnusable when the URL is none */
export const placeOf = ({ url, password }: Access): Place & { readonly config: pg.ClientConfig } => {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  // No cause: the driver's own error may repeat the URL, password and all.
  if (!parsed || !/^postgres(ql)?:$/.test(parsed.protocol))
    throw new StoreUnusable(
      'The address of PostgreSQL cannot be read: want postgres://user@host:5432/database, special characters as %xx.',
    );
  if (password !== undefined) parsed.password = encodeURIComponent(password);
  const { host, port, database, user } = new pg.Client({ connectionString: parsed.href });
  return { at: `${host}:${port}`, database: database ?? '', user: user ?? '', config: { connectionString: parsed.href } };
};

/** Peers that vanished without a word are noticed by both sides within half a minute, so that neither holds what another waits for. */
const noticeVanishedPeers = `SELECT set_config('tcp_keepalives_idle', '10', false), set_config('tcp_keepalives_interval', '5', false),
  set_config('tcp_keepalives_count', '3', false), set_config('tcp_user_timeout', '25000', false)`;

/** Plans are kept as long as a connection: those that were made while the event log was small must not scan all of it once it is large. */
export const planForALargeRecord = (client: pg.ClientBase, done: (error?: Error) => void): void => {
  client.query("SELECT set_config('enable_seqscan', 'off', false), set_config('plan_cache_mode', 'force_generic_plan', false)").then(
    () => done(),
    (error: unknown) => done(error as Error),
  );
};

/** How the server's list of sessions shows this one. Builds that wrote layout 1 are shown as {@link applicationOfLayout1}. */
const applicationName = 'waymark-events-2';
export const applicationOfLayout1 = 'waymark-events';

/** @param timeoutMs for a connection, and for each answer */
export const clientConfig = (config: pg.ClientConfig, timeoutMs: number): pg.ClientConfig => ({
  ...config,
  application_name: applicationName,
  connectionTimeoutMillis: timeoutMs,
  query_timeout: timeoutMs,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
});

/** A connection of its own, that nobody else shares; ended when it could not be made ready. */
export const connect = async (config: pg.ClientConfig, ready: (client: pg.Client) => Promise<void>): Promise<pg.Client> => {
  const client = new pg.Client(config);
  // Whoever waits for an answer gets the error; without a listener it would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(noticeVanishedPeers);
    await ready(client);
    return client;
  } catch (error) {
    void client.end().catch(() => undefined);
    throw error;
  }
};
