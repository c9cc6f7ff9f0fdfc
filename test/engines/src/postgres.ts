import pg from 'pg';
import { imageOf } from './available.js';
import { announce, at, onPort, startNode } from './engine.js';
import type { Address, Engine } from './engine.js';
import type { Link } from './link.js';
import { freePort } from './ports.js';
import type { Toxiproxy } from './toxiproxy.js';

const PORT = 5432;
const NAMED = 'waymark';

export interface PostgresOptions {
  /** Settings of the server, as `postgres -c` takes them. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Puts a link of this Toxiproxy before it: `url` then leads through the link. */
  readonly behind?: Toxiproxy;
}

export interface Postgres extends Engine {
  /** A superuser's, with an empty database. */
  readonly url: string;
  /** Past the link, where there is one. */
  readonly directUrl: string;
  /** On the shared network. */
  readonly inside: Address;
  readonly link?: Link;
}

const urlOf = (address: Address): string => `postgres://${NAMED}:${NAMED}@${at(address)}/${NAMED}`;

const versionAt = async (url: string): Promise<string> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  // A connection that breaks while it is asked is a failed attempt, told by the query.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ server_version: string }>('show server_version');
    return rows[0]?.server_version.split(' ')[0] ?? 'unknown';
  } finally {
    await client.end().catch(() => undefined);
  }
};

export const startPostgres = async ({ settings = {}, behind }: PostgresOptions = {}): Promise<Postgres> => {
  const image = await imageOf('postgres');
  const port = await freePort();
  const directUrl = urlOf(onPort(port));
  const command = [
    'postgres',
    ...Object.entries({ max_connections: '200', ...settings }).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
  ];
  const environment = { POSTGRES_USER: NAMED, POSTGRES_PASSWORD: NAMED, POSTGRES_DB: NAMED };
  const spec = { engine: 'postgres' as const, image, ports: new Map([[PORT, port]]), environment, command };
  const { node, answer } = await startNode(spec, () => versionAt(directUrl));
  const inside = { host: node.inside, port: PORT };
  const link = await behind?.link(inside);
  const url = link ? urlOf(link) : directUrl;
  return announce(
    { ...node, name: 'postgres', image, version: answer, url, directUrl, inside, ...(link ? { link } : {}) },
    at(link ?? onPort(port)),
  );
};
