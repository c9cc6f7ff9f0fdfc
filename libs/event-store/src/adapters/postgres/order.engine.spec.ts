import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { engineSuite } from '@waymark/testing';
import { following, until } from '../../conformance/network-steps.js';
import { commandId, consentA, contactA, contactB, event, everything, HandClock } from '../../conformance/samples.js';
import type { EventLog } from '../../event-log.js';
import { asked } from './append-checked.js';
import { findPostgres, PostgresHarness } from './harness.fixture.js';
import type { PostgresEventLogOptions } from './log.js';
import { inOrder } from './schema.js';

await engineSuite('PostgreSQL', findPostgres, (server) => {
  let harness: PostgresHarness;
  const logs: EventLog[] = [];
  const open = async (options: Partial<PostgresEventLogOptions> = {}) => {
    const log = await harness.another(new HandClock(), options);
    logs.push(log);
    return log;
  };
  beforeEach(async () => {
    harness = new PostgresHarness(server);
    await harness.createDatabase();
  });
  afterEach(async () => {
    await Promise.all(logs.splice(0).map((log) => log.close()));
    await harness.remove();
  });

  describe('a transaction that is still open while a later one wants to commit', () => {
    /** The streams in the order in which a subscriber sees them. The filter keeps a gap in the positions from being noticed otherwise. */
    const seenWhileOneIsHeldOpen = async (log: EventLog, isPassedBy = false) => {
      const follower = following(log, { typePrefixes: ['referral.'] });
      const holder = new pg.Client({ connectionString: harness.direct });
      await holder.connect();
      await holder.query('BEGIN');
      const request = { stream: contactA, expected: 'none', events: [event()], commandId: commandId() } as const;
      const held = await holder.query<unknown[]>({ ...asked.query, values: asked.values([request], new HandClock().now()) });
      expect(held.rows[0]?.[0]).toBe(true);
      const later = log.append(contactB, 'none', [event()], commandId());
      // Where nothing holds it back, it is waited for: on a busy machine that takes longer than any guess.
      if (isPassedBy) await until(() => follower.seen.length > 0);
      else await Promise.race([later, delay(400)]);
      await holder.query('COMMIT');
      await holder.end();
      await later;
      await log.append(consentA, 'none', [event()], commandId());
      await until(() => follower.seen.at(-1)?.stream === consentA);
      return (await follower.end()).map(({ stream }) => stream);
    };

    it('is not passed by: a subscriber sees every event, in the order of their positions', async () => {
      const log = await open();
      expect(await seenWhileOneIsHeldOpen(log)).toEqual([contactA, contactB, consentA]);
    });

    it('would be passed by without the order of commits: the event that commits last is never seen', async () => {
      const log = await open();
      await harness.sql('CREATE SEQUENCE waymark_events.places');
      await harness.weaken(
        [inOrder, ''],
        [/SELECT coalesce\(max\(position\), 0\) INTO head FROM waymark_events.events;/, "head := nextval('waymark_events.places') - 1;"],
      );
      expect(await seenWhileOneIsHeldOpen(log, true)).toEqual([contactB, consentA]);
      expect(await harness.sql('SELECT stream FROM waymark_events.events ORDER BY position')).toHaveLength(3);
    });

    it('that never ends costs the others a refusal, not a wait without end, and nothing is written twice', async () => {
      const log = await open({ timeoutMs: 500 });
      const holder = new pg.Client({ connectionString: harness.direct });
      await holder.connect();
      await holder.query('BEGIN');
      await holder.query(inOrder.replace('PERFORM', 'SELECT'));
      const command = commandId();
      await expect(log.append(contactA, 'none', [event()], command)).rejects.toMatchObject({
        name: 'StoreUnavailable',
        reason: 'unreachable',
      });
      await holder.end();
      await log.append(contactA, 'none', [event()], command);
      expect(await everything(log)).toHaveLength(1);
    });
  });

  describe('a subscriber of another process', () => {
    const isToldWithin = async (ms: number, pollMs: number) => {
      const [reader, writer] = [await open({ pollMs }), await open()];
      const follower = following(reader);
      await delay(200); // The listener listens by then.
      await writer.append(contactA, 'none', [event()], commandId());
      for (let waited = 0; waited < ms && follower.seen.length === 0; waited += 20) await delay(20);
      return (await follower.end()).length === 1;
    };
    const aMinute = 60_000;

    it('is woken by a notification, long before it would poll', async () => {
      expect(await isToldWithin(1_000, aMinute)).toBe(true);
    });

    it('is not misled by a notification that is none of ours', async () => {
      const log = await open({ pollMs: 300 });
      const follower = following(log);
      await delay(200);
      for (const payload of ['', 'rubbish', '9007199254740991']) await harness.sql(`SELECT pg_notify('waymark_events', $1)`, [payload]);
      await delay(400);
      await log.append(contactA, 'none', [event()], commandId());
      await until(() => follower.seen.length === 1);
      await follower.end();
    });

    it('that misses a notification finds out when it polls', async () => {
      await open();
      await harness.weaken([/PERFORM pg_notify[^;]*;/, '']);
      expect(await isToldWithin(1_500, 300)).toBe(true);
    });

    it('would wait for ever without looking', async () => {
      await open();
      await harness.weaken([/PERFORM pg_notify[^;]*;/, '']);
      expect(await isToldWithin(1_500, aMinute)).toBe(false);
    });
  });
});
