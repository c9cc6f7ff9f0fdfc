import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { engineSuite } from '@waymark/testing';
import { commandId, contactA, event, everything, HandClock } from '../../conformance/samples.js';
import { findPostgres, PostgresHarness } from './harness.fixture.js';
import { openPostgresEventLog } from './log.js';

/** A schema that the build of commit cc0f46f made and wrote three appends to, as `pg_dump --inserts` gave it. */
const golden = readFileSync(join(import.meta.dirname, 'layout-1.golden.sql'), 'utf8');

await engineSuite('PostgreSQL', findPostgres, (server) => {
  let harness: PostgresHarness;
  beforeEach(async () => {
    harness = new PostgresHarness(server);
    await harness.createDatabase();
    await harness.sql(golden);
  });
  afterEach(() => harness.remove());
  const open = (progress: (doing: string) => void = () => undefined) =>
    openPostgresEventLog({ url: harness.direct, clock: new HandClock(), timeoutMs: 5_000, progress });
  const refusalOf = () =>
    open().then(
      async (log) => {
        await log.close();
        return 'it was opened';
      },
      ({ name, message }: Error) => `${name}: ${message}`,
    );
  const layout = async () => (await harness.sql(`SELECT value FROM waymark_events.meta WHERE key = 'layout'`))[0].value;
  const rows = () =>
    harness.sql('SELECT position, stream, version, id, type, context, recorded_at, data FROM waymark_events.events ORDER BY 1');

  describe('a schema of layout 1', () => {
    it('is migrated once, and reads as before', async () => {
      const before = await rows();
      const said: string[] = [];
      const log = await open((doing) => said.push(doing));
      const events = await everything(log);
      expect(events.map(({ id, data, recordedAt, version }) => [id, data, recordedAt, version])).toEqual(
        before.map(({ id, data, recorded_at: recordedAt, version }) => [id, data, recordedAt, version]),
      );
      expect(events).toHaveLength(4);
      expect(said.at(-1)).toContain('from layout 1 to 2: 4 of 4 events');
      await expect(log.append(contactA, 'none', [event('a.B.v1', { id: events[0]!.id })], commandId())).rejects.toMatchObject({
        name: 'EventIdTaken',
      });
      await log.append(contactA, 'none', [event(), event()], commandId());
      await log.close();
      expect(await layout()).toBe('2');
      const again: string[] = [];
      const second = await open((doing) => again.push(doing));
      expect(again).toEqual([]);
      expect(await everything(second)).toHaveLength(6);
      await second.close();
    });

    it('is taken forward by one of several processes that start together', async () => {
      const logs = await Promise.all([open(), open(), open()]);
      for (const log of logs) {
        expect(await everything(log)).toHaveLength(4);
        await log.close();
      }
    });

    it('is left as it is while a process of the earlier build is connected, in words that say so', async () => {
      const earlier = new pg.Client({ connectionString: harness.direct, application_name: 'waymark-events' });
      await earlier.connect();
      expect(await refusalOf()).toMatch(
        /^StoreUnusable: .*in use by an earlier version of Waymark \(1 connections\).*Stop all processes of the earlier version/,
      );
      expect(await layout()).toBe('1');
      await earlier.end();
      expect(await refusalOf()).toBe('it was opened');
    });

    it.each([
      [
        'an event that was altered',
        `UPDATE waymark_events.events SET type = 'a.B.v1' WHERE position = 2`,
        /position 0000000000000002.*is not what was written/,
      ],
      ['an event that is missing', 'DELETE FROM waymark_events.events WHERE position = 2', /no event at position 0000000000000002/],
    ])('with %s is refused by its own checksums, and left as it is', async (_, change, words) => {
      await harness.sql(change);
      expect(await refusalOf()).toMatch(words);
      expect(await layout()).toBe('1');
    });

    it('B2 with two events of one id is refused', async () => {
      await harness.sql(`INSERT INTO waymark_events.events SELECT 5, 'a.b-1', 1, 1, type, case_id, id, occurred_at, recorded_at, context, command_id, correlation_id,
        causation_id, 0, data FROM waymark_events.events WHERE position = 1`);
      expect(await refusalOf()).toMatch(/position 0000000000000005/);
      expect(await layout()).toBe('1');
    });
  });
});
