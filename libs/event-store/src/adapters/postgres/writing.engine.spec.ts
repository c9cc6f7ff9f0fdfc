import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { StreamName, Uuid } from '@waymark/kernel';
import { engineSuite } from '@waymark/testing';
import { timesWrittenAfterALostAnswer } from '../../conformance/network-steps.js';
import { commandId, contactA, contactB, event, everything, HandClock } from '../../conformance/samples.js';
import type { EventLog } from '../../event-log.js';
import { findPostgres, PostgresHarness } from './harness.fixture.js';

await engineSuite('PostgreSQL', findPostgres, (server) => {
  let harness: PostgresHarness;
  let log: EventLog;
  let other: EventLog;
  beforeEach(async () => {
    harness = new PostgresHarness(server);
    log = await harness.open(new HandClock());
    other = await harness.another(new HandClock());
  });
  afterEach(async () => {
    await Promise.all([log.close(), other.close()]);
    await harness.remove();
  });

  describe('callers that wait at the same time', () => {
    const transactions = async () => Number((await harness.sql('SELECT count(DISTINCT xmin::text) AS n FROM waymark_events.events'))[0].n);
    const many = Array.from({ length: 60 }, (_, index) => `referral.contact-${index}` as StreamName);

    it('share a few transactions', async () => {
      await Promise.all(many.map((stream) => log.append(stream, 'none', [event()], commandId())));
      expect(await transactions()).toBeLessThanOrEqual(3);
      await Promise.all(many.map((stream) => log.append(stream, 1, [event()], commandId())));
      expect(await transactions()).toBeLessThanOrEqual(6);
    });

    it('would take one each if they did not, as the count shows', async () => {
      for (const stream of many.slice(0, 7)) await log.append(stream, 'none', [event()], commandId());
      expect(await transactions()).toBe(7);
    });

    it('are not disturbed by one whose values the engine cannot take', async () => {
      const results = await Promise.allSettled([
        log.append(contactA, 'none', [event()], commandId()),
        log.append('referral.contact-\u0000', 'none', [event()], commandId()),
        log.append('referral.contact-x', 'none', [event('referral.ContactReceived.v1', { id: 'not-an-id' as Uuid })], commandId()),
        log.append(contactB, 'none', [event()], commandId()),
      ]);
      expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
      expect((await everything(log)).map(({ stream }) => stream).sort()).toEqual([contactA, contactB].sort());
    });

    it('are answered before a close that follows them', async () => {
      const appended = log.append(contactA, 'none', [event()], commandId());
      await log.close();
      expect(await appended).toMatchObject({ first: 1 });
      expect(await everything(other)).toHaveLength(1);
    });
  });

  describe('what a process knows of a stream', () => {
    it('is checked by the database: where another was faster the append is refused, and the rest of its group is not', async () => {
      await log.append(contactA, 'none', [event()], commandId());
      await other.append(contactA, 1, [event()], commandId());
      const [stale, fresh] = await Promise.allSettled([
        log.append(contactA, 1, [event()], commandId()),
        log.append(contactB, 'none', [event()], commandId()),
      ]);
      expect(stale).toMatchObject({ status: 'rejected', reason: { name: 'WrongExpectedVersion', actual: 2 } });
      expect(fresh).toMatchObject({ status: 'fulfilled', value: { first: 1 } });
    });

    it('would be believed without the unique index: two events would have one version', async () => {
      await harness.sql('DROP INDEX waymark_events.events_by_stream');
      await log.append(contactA, 'none', [event()], commandId());
      await other.append(contactA, 1, [event()], commandId());
      await log.append(contactA, 1, [event()], commandId());
      const kept = await harness.sql('SELECT version FROM waymark_events.events ORDER BY position');
      expect(kept.map(({ version }) => Number(version))).toEqual([1, 2, 2]);
    });

    it('does not hide that a command is repeated on the version that it expects', async () => {
      const command = commandId();
      const first = await log.append(contactA, 'none', [event()], command);
      expect(await log.append(contactA, 1, [event()], command)).toEqual({ ...first, repeated: true });
      expect(await everything(log)).toHaveLength(1);
    });

    it('is forgotten with the connection: after a restore there may be less', async () => {
      await log.append(contactA, 'none', [event(), event()], commandId());
      await harness.sql(`DELETE FROM waymark_events.events WHERE version = 2;
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`);
      await expect(log.append(contactA, 2, [event()], commandId())).rejects.toMatchObject({ name: 'WrongExpectedVersion', actual: 1 });
    });
  });

  describe('an append whose answer was lost', () => {
    it('is no repetition to the caller who gave it once', async () => {
      expect((await timesWrittenAfterALostAnswer(log, harness.network, other)).told).toMatchObject({ first: 1, repeated: false });
    });

    it('would be refused as stale without the look at the commands, although it was written', async () => {
      await harness.weaken([/e.command_id = a.command_id/, 'false']);
      await harness.sql('DROP INDEX waymark_events.events_by_command');
      await expect(timesWrittenAfterALostAnswer(log, harness.network, other)).rejects.toMatchObject({ name: 'WrongExpectedVersion' });
      harness.network.heal();
    });
  });

  describe('a commit', () => {
    /** What synchronous_commit is at the very end of a transaction that appends. */
    const atCommit = async () => {
      await harness.sql(`CREATE TABLE seen (value text);
        CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO seen VALUES (current_setting('synchronous_commit')); RETURN NULL; END $$;
        CREATE CONSTRAINT TRIGGER note AFTER INSERT ON waymark_events.events DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION note();
        DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database()); END $$`);
      const late = await harness.another(new HandClock());
      await late.append(contactA, 'none', [event()], commandId());
      await late.append(contactA, 1, [event()], commandId());
      await late.close();
      return (await harness.sql('SELECT value FROM seen')).map(({ value }) => value as string);
    };

    it('is synchronous, whatever the database is set to', async () => {
      expect(await atCommit()).toEqual(['on', 'on']);
    });

    it('would not be, if the functions did not see to it', async () => {
      await harness.weaken([/IF current_setting\('synchronous_commit'\)[\s\S]*?END IF;/, '']);
      expect(await atCommit()).toEqual(['off', 'off']);
    });
  });

  it('a full disk refuses what does not fit, lets readers go on, and is forgiven when there is room', async () => {
    await log.append(contactA, 'none', [event()], commandId());
    await harness.sql(`CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$;
      CREATE TRIGGER full_disk BEFORE INSERT ON waymark_events.events FOR EACH STATEMENT EXECUTE FUNCTION full_disk()`);
    const command = commandId();
    for (const append of [log.append(contactA, 1, [event()], command), log.append(contactB, 4, [event()], commandId())])
      await expect(append).rejects.toMatchObject({ name: 'StoreUnavailable', reason: 'disk-full', cause: expect.anything() });
    expect(await everything(log)).toHaveLength(1);
    await harness.sql('DROP TRIGGER full_disk ON waymark_events.events');
    expect(await log.append(contactA, 1, [event()], command)).toMatchObject({ first: 2, repeated: false });
  });

  it('a primary that became a replica is left for whoever answers at its address next', async () => {
    const writers = async () =>
      (
        await harness.sql(`SELECT pid FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE '%append%'`)
      ).map(({ pid }) => pid);
    await log.append(contactA, 'none', [event()], commandId());
    const [before] = await writers();
    await harness.sql(`CREATE FUNCTION replica() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        RAISE EXCEPTION 'cannot execute INSERT in a read-only transaction' USING ERRCODE = 'read_only_sql_transaction'; END $$;
      CREATE TRIGGER replica BEFORE INSERT ON waymark_events.events FOR EACH STATEMENT EXECUTE FUNCTION replica()`);
    await expect(log.append(contactA, 1, [event()], commandId())).rejects.toMatchObject({ name: 'StoreUnavailable', reason: 'read-only' });
    await harness.sql('DROP TRIGGER replica ON waymark_events.events');
    await log.append(contactA, 1, [event()], commandId());
    expect(before).toBeDefined();
    expect(await writers()).not.toContain(before);
  });

  it('readers share as many connections as they were given', async () => {
    const few = await harness.another(new HandClock(), { connections: 2 });
    await Promise.all(Array.from({ length: 30 }, () => everything(few)));
    const [{ n }] = await harness.sql(
      `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'waymark-events-2'`,
    );
    // Its own two and its writer; the writers of the two others.
    expect(n).toBeLessThanOrEqual(2 + 1 + 2);
    await few.close();
  });
});
