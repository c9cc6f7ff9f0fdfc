import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import pg from 'pg';
import { available, startPostgres } from '@waymark/engines';
import type { Absent, RunningEngine } from '@waymark/testing';
import type { EventLogHarness, NetworkedHarness } from '../../conformance/event-log.suite.js';
import { Proxy } from '../../conformance/network.js';
import type { HandClock } from '../../conformance/samples.js';
import type { EventLog } from '../../event-log.js';
import { openPostgresEventLog, type PostgresEventLogOptions } from './log.js';
import { functions } from './schema.js';

export interface PostgresServer extends RunningEngine {
  /** Of a superuser; suites make databases of their own. */
  readonly url: string;
  restart?(): Promise<void>;
}

/**
 * A server that runs already, whose superuser's URL is in WAYMARK_TEST_POSTGRES_URL (WAYMARK_TEST_POSTGRES_RESTART may hold a command that restarts
 * it and returns when it is back); otherwise one in a container, for this file.
 */
export const findPostgres = async (): Promise<PostgresServer | Absent> => {
  const { WAYMARK_TEST_POSTGRES_URL: url, WAYMARK_TEST_POSTGRES_RESTART: restart } = process.env;
  if (!url) return inContainer();
  const [{ server_version: version }] = await sql(url, 'SHOW server_version');
  return {
    url,
    version: `PostgreSQL ${version}`,
    ...(restart ? { restart: async () => void (await promisify(execFile)('sh', ['-c', restart])) } : {}),
  };
};

const inContainer = async (): Promise<PostgresServer | Absent> => {
  const answer = await available('postgres');
  if (!answer.available) return { absent: answer.why };
  const { directUrl, version, restart, stop } = await startPostgres();
  return { url: directUrl, version: `PostgreSQL ${version}`, restart, stop };
};

/** Runs statements over a connection of their own. */
export const sql = async (url: string, text: string, values?: unknown[]): Promise<any[]> => {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query(text, values);
    return rows;
  } finally {
    await client.end();
  }
};

let made = 0;

/** A database of a test's own, reached through a network that breaks on request. */
export class PostgresHarness implements EventLogHarness, NetworkedHarness {
  readonly #databases: string[] = [];
  #proxy: Proxy | undefined;
  readonly restart?: () => Promise<void>;

  constructor(private readonly server: PostgresServer) {
    if (server.restart) this.restart = server.restart;
  }

  get networked(): NetworkedHarness {
    return this;
  }

  get network(): Proxy {
    return this.#proxy!;
  }

  /** Of the database made last, straight to the server. */
  get direct(): string {
    return this.#urlOf(this.#databases.at(-1)!);
  }

  /** The same through the proxy. */
  get viaNetwork(): string {
    const url = new URL(this.direct);
    url.hostname = '127.0.0.1';
    url.port = String(this.network.port);
    return url.href;
  }

  async createDatabase(): Promise<void> {
    const { hostname, port } = new URL(this.server.url);
    this.#proxy ??= await Proxy.to({ host: hostname, port: Number(port || 5432) });
    const name = `waymark_test_${process.pid}_${(made += 1)}`;
    await sql(this.server.url, `CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE template0`);
    this.#databases.push(name);
  }

  /** The second time in a test the same database is emptied, which costs a hundredth of making another. */
  async open(clock: HandClock): Promise<EventLog> {
    if (this.#databases.length === 0) await this.createDatabase();
    else await this.sql(`TRUNCATE waymark_events.events; DELETE FROM waymark_events.meta WHERE key = 'key-set'`);
    return this.reopen(clock);
  }

  reopen(clock: HandClock, options: Partial<PostgresEventLogOptions> = {}): Promise<EventLog> {
    return openPostgresEventLog({ url: this.viaNetwork, clock, timeoutMs: 3_000, pollMs: 200, ...options });
  }

  async afterCrash(clock: HandClock): Promise<EventLog> {
    this.network.cut();
    return this.another(clock);
  }

  another(clock: HandClock, options: Partial<PostgresEventLogOptions> = {}): Promise<EventLog> {
    return openPostgresEventLog({ url: this.direct, clock, ...options });
  }

  async remove(): Promise<void> {
    await this.#proxy?.close();
    for (const name of this.#databases) await sql(this.server.url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  }

  /** Runs statements in the database, straight. */
  sql(text: string, values?: unknown[]): Promise<any[]> {
    return sql(this.direct, text, values);
  }

  /** Weakens the functions of the database, for a test that has to notice. */
  async weaken(...cuts: readonly (readonly [from: string | RegExp, to: string])[]): Promise<void> {
    let text = functions;
    for (const [from, to] of cuts) {
      if (typeof from === 'string' ? !text.includes(from) : !from.test(text)) throw new Error(`nothing to weaken: ${String(from)}`);
      text = text.replaceAll(typeof from === 'string' ? from : new RegExp(from, 'g'), to);
    }
    await this.sql(text);
  }

  #urlOf(database: string): string {
    const url = new URL(this.server.url);
    url.pathname = `/${database}`;
    return url.href;
  }
}
