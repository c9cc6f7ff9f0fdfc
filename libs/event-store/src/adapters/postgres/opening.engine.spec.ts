import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { engineSuite } from '@waymark/testing';
import { commandId, contactA, event, everything, HandClock } from '../../conformance/samples.js';
import { findPostgres, PostgresHarness, sql } from './harness.fixture.js';
import { openPostgresEventLog } from './log.js';
import { edition, schema } from './schema.js';

await engineSuite('PostgreSQL', findPostgres, (server) => {
  let harness: PostgresHarness;
  beforeEach(async () => {
    harness = new PostgresHarness(server);
    await harness.createDatabase();
  });
  afterEach(() => harness.remove());
  const urlWith = (change: (url: URL) => void) => {
    const url = new URL(harness.direct);
    change(url);
    return url.href;
  };
  const refusalOf = async (url: string): Promise<Error> => {
    const log = await openPostgresEventLog({ url, clock: new HandClock(), timeoutMs: 2_000 }).catch((error: unknown) => error as Error);
    if (!('append' in log)) return log;
    await log.close();
    throw new Error('it was opened');
  };
  const unusable = (...words: readonly string[]) => ({
    name: 'StoreUnusable',
    message: expect.stringMatching(new RegExp(words.map((word) => `(?=[\\s\\S]*${word})`).join(''))),
  });

  const secret = 'Sw0rdfish';

  describe('what cannot be opened is reported with what to do, and without the password', () => {
    it('a user whom the server does not let in', async () => {
      const refusal = await refusalOf(urlWith((url) => Object.assign(url, { username: 'waymark_nobody', password: secret })));
      expect(refusal).toMatchObject(unusable('waymark_nobody', 'password', 'pg_hba.conf'));
      expect(inspect(refusal, { depth: 9 })).not.toContain(secret);
    });

    it('a database that is not there', async () => {
      const refusal = await refusalOf(urlWith((url) => (url.pathname = '/waymark_nowhere')));
      expect(refusal).toMatchObject(unusable('no database "waymark_nowhere"', 'CREATE DATABASE'));
    });

    it.each(['', 'localhost:5432/waymark', `mysql://waymark:${secret}@localhost/waymark`, `postgres://waymark:${secret}@:x/`])(
      'an address that is none: %s',
      async (url) => {
        const refusal = await refusalOf(url);
        expect(refusal).toMatchObject(unusable('postgres://user@host:5432/database'));
        expect(inspect(refusal, { depth: 9 })).not.toContain(secret);
      },
    );

    it('a server that nobody answers for', async () => {
      harness.network.cut();
      const refusal = await refusalOf(harness.viaNetwork);
      expect(refusal).toMatchObject({ name: 'StoreUnavailable', reason: 'unreachable', message: expect.stringContaining('127.0.0.1:') });
      const { port } = harness.network;
      await harness.network.close();
      expect(await refusalOf(urlWith((url) => (url.port = String(port))))).toMatchObject({ reason: 'unreachable' });
    });

    it('a user who may not make the tables', async () => {
      const role = `waymark_poor_${process.pid}`;
      await sql(server.url, `CREATE ROLE ${role} LOGIN PASSWORD '${secret}'`);
      try {
        const refusal = await refusalOf(urlWith((url) => Object.assign(url, { username: role, password: secret })));
        expect(refusal).toMatchObject(unusable(role, 'GRANT CREATE ON DATABASE'));
      } finally {
        await sql(server.url, `DROP ROLE ${role}`);
      }
    });

    it('a database that only reads', async () => {
      await sql(server.url, `ALTER DATABASE ${new URL(harness.direct).pathname.slice(1)} SET default_transaction_read_only = on`);
      expect(await refusalOf(harness.direct)).toMatchObject({
        name: 'StoreUnavailable',
        reason: 'read-only',
        message: expect.stringContaining('primary'),
      });
    });

    it('a database that cannot hold every character', async () => {
      const name = `waymark_latin_${process.pid}`;
      await sql(server.url, `CREATE DATABASE ${name} ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0`);
      try {
        expect(await refusalOf(urlWith((url) => (url.pathname = `/${name}`)))).toMatchObject(unusable('LATIN1', "ENCODING 'UTF8'"));
      } finally {
        await sql(server.url, `DROP DATABASE ${name} WITH (FORCE)`);
      }
    });

    it('a server that does not wait for its disk', async () => {
      const setFsync = async (value: string) => {
        await sql(server.url, `ALTER SYSTEM ${value}`);
        await sql(server.url, 'SELECT pg_reload_conf(), pg_sleep(0.3)');
      };
      await setFsync('SET fsync = off');
      try {
        expect(await refusalOf(harness.direct)).toMatchObject(unusable('fsync=off', 'could be lost'));
      } finally {
        await setFsync('RESET fsync');
      }
      const log = await harness.another(new HandClock());
      await log.close();
    });
  });

  describe('a schema', () => {
    it('of a later version is left alone and named', async () => {
      await (await harness.another(new HandClock())).close();
      await harness.sql(`UPDATE waymark_events.meta SET value = '99' WHERE key = 'layout'`);
      expect(await refusalOf(harness.direct)).toMatchObject(
        unusable(new URL(harness.direct).pathname.slice(1), 'layout 99', 'later version of Waymark wrote', 'layouts up to 2'),
      );
    });

    it.each([
      ['of another program', 'CREATE SCHEMA waymark_events'],
      [
        'of another program with tables of our names',
        'CREATE SCHEMA waymark_events CREATE TABLE meta (key text, value text) CREATE TABLE events (id int)',
      ],
    ])('%s is left alone and named', async (_, made) => {
      await harness.sql(made);
      expect(await refusalOf(harness.direct)).toMatchObject(unusable("not one of Waymark's events", 'another database'));
    });

    it('is made once by processes that start together', async () => {
      const logs = await Promise.all(Array.from({ length: 6 }, () => harness.another(new HandClock())));
      await Promise.all(logs.map((log) => log.append(contactA, 'none', [event()], commandId()).catch(() => undefined)));
      expect(await everything(logs[0]!)).toHaveLength(1);
      await Promise.all(logs.map((log) => log.close()));
    });

    describe('with other functions', () => {
      /** Opened by one who finds functions that are not ours any more, of the edition that the statement leaves behind. */
      const afterOpening = async (edition: string, url = harness.direct) => {
        await harness.weaken([/(?=PERFORM pg_notify)/, '/* changed */ ']);
        await harness.sql(edition);
        const log = await openPostgresEventLog({ url, clock: new HandClock() });
        await log.append(contactA, 'none', [event()], commandId());
        await log.close();
        const functions = await harness.sql(`SELECT prosrc FROM pg_proc WHERE pronamespace = 'waymark_events'::regnamespace`);
        const [{ value } = { value: 'none' }] = await harness.sql(`SELECT value FROM waymark_events.meta WHERE key = 'functions'`);
        return [value, ...functions.map(({ prosrc }) => /changed/.test(prosrc))];
      };
      beforeEach(async () => (await harness.another(new HandClock())).close());

      it.each([
        ['before there were editions', `DELETE FROM waymark_events.meta WHERE key = 'functions'`],
        ['of an earlier edition', `UPDATE waymark_events.meta SET value = '1' WHERE key = 'functions'`],
      ])('%s gets those of this one', async (_, earlier) => {
        expect(await afterOpening(earlier)).toEqual([String(edition), false, false]);
      });

      it('of a later edition is left alone', async () => {
        expect(await afterOpening(`UPDATE waymark_events.meta SET value = '99' WHERE key = 'functions'`)).toEqual(['99', true, true]);
      });

      it('is left alone by a user who does not own them', async () => {
        const role = `waymark_guest_${process.pid}`;
        await sql(server.url, `CREATE ROLE ${role} LOGIN PASSWORD '${secret}'`);
        await harness.sql(
          `GRANT USAGE ON SCHEMA waymark_events TO ${role}; GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA waymark_events TO ${role}`,
        );
        const url = urlWith((given) => Object.assign(given, { username: role, password: secret }));
        try {
          expect(await afterOpening(`UPDATE waymark_events.meta SET value = '1' WHERE key = 'functions'`, url)).toEqual(['1', true, true]);
        } finally {
          await harness.sql(`DROP OWNED BY ${role}`);
          await sql(server.url, `DROP ROLE ${role}`);
        }
      });
    });

    it('would be made by two at once without the lock, and one would fail', async () => {
      const clients = [1, 2].map(() => new pg.Client({ connectionString: harness.direct }));
      for (const client of clients) await client.connect();
      const made = await Promise.allSettled(clients.map((client) => client.query(schema)));
      expect(made.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      await Promise.all(clients.map((client) => client.end()));
    });
  });
});
