import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { engineSuite } from '@waymark/testing';
import type { CaseId, NonEmpty, StreamName } from '@waymark/kernel';
import { amirsCase, collect, commandId, contactA, contactB, event, everything, HandClock, streamOf } from '../../conformance/samples.js';
import { StoreUnavailable, StoreUnusable, type EventLog, type SealedEvent } from '../../event-log.js';
import { lostEntries } from './entries.js';
import { findPostgres, PostgresHarness } from './harness.fixture.js';

await engineSuite('PostgreSQL', findPostgres, (server) => {
  let harness: PostgresHarness;
  let log: EventLog;
  beforeEach(async () => {
    harness = new PostgresHarness(server);
    await harness.createDatabase();
    log = await harness.another(new HandClock());
    await log.append(contactA, 'none', many(150), commandId());
  });
  afterEach(async () => {
    await log.close();
    await harness.remove();
  });

  const many = (count: number) => Array.from({ length: count }, () => event()) as unknown as NonEmpty<SealedEvent>;
  /** The index does not take in what is written meanwhile, as if it had lost it. */
  const withoutEntry = async (index: string, work: () => Promise<unknown>): Promise<void> => {
    const set = (ready: boolean) =>
      harness.sql(`UPDATE pg_index SET indisready = ${ready} WHERE indexrelid = 'waymark_events.${index}'::regclass`);
    await set(false);
    await work();
    await set(true);
  };
  const lose = (index: string) =>
    withoutEntry(index, async () => {
      // On a connection made after the catalogue was changed.
      const other = await harness.another(new HandClock());
      await other.append(contactB, 'none', [event()], commandId());
      await other.close();
    });
  const reopened = async (checkAfterMs: number): Promise<EventLog> => {
    await log.close();
    log = await harness.another(new HandClock(), { checkAfterMs });
    return log;
  };
  const isFound = async (withinMs: number): Promise<boolean> => {
    for (const endMs = performance.now() + withinMs; performance.now() < endMs; await sleep(20))
      if (log.trouble?.() === 'damaged') return true;
    return false;
  };
  const historyOf = (caseId: CaseId) => collect(log.readAll('start', { filter: { caseId } }));

  const damages: readonly (readonly [what: string, place: RegExp, damage: () => Promise<unknown>])[] = [
    ...['events_by_case', 'events_by_stream', 'events_by_command', 'events_by_id'].map(
      (index) => [`that ${index} lost`, new RegExp(`index ${index} does not know the event at position 0+151`), () => lose(index)] as const,
    ),
    ['that was removed', /there is no event at position 0+7/, () => harness.sql('DELETE FROM waymark_events.events WHERE position = 7')],
    [
      'whose case was altered',
      /position 0+7, referral.contact-.* version 7, is not what was written/,
      () => harness.sql('UPDATE waymark_events.events SET case_id = NULL WHERE position = 7'),
    ],
  ];

  describe('D1 an event of PostgreSQL', () => {
    it.each(damages)('%s, is noticed in the background, and nobody is answered any more', async (_, place, damage) => {
      await damage();
      await reopened(0);
      expect(await isFound(10_000)).toBe(true);
      const answers = await Promise.allSettled([
        streamOf(log, contactA, { from: 20 }),
        everything(log),
        historyOf(amirsCase),
        log.append(contactA, 150, [event()], commandId()),
        log.committed(contactA, commandId()),
        log.head(),
        collect(log.subscribe('start', undefined, new AbortController().signal) as ReturnType<EventLog['readAll']>),
      ]);
      for (const answer of answers) {
        const { reason } = answer as PromiseRejectedResult;
        expect(reason).toBeInstanceOf(StoreUnusable);
        expect((reason as Error).message).toMatch(place);
        // Reactions wait as for an engine that is away, and park nothing.
        expect((reason as Error).cause).toBeInstanceOf(StoreUnavailable);
      }
    });

    it.each(damages)('%s, would not be noticed without it: the control', async (_, __, damage) => {
      await damage();
      await reopened(600_000);
      expect(await isFound(300)).toBe(false);
      expect(await streamOf(log, contactA, { from: 20 })).toHaveLength(131);
    });

    it('that events_by_stream lost lets its stream begin anew: what the check is for', async () => {
      await lose('events_by_stream');
      await reopened(600_000);
      expect(await streamOf(log, contactB)).toEqual([]);
      expect(await everything(log)).toHaveLength(151);
    });

    it('that events_by_case lost is left out of the history of its case: what the check is for', async () => {
      await lose('events_by_case');
      await reopened(600_000);
      expect(await historyOf(amirsCase)).toHaveLength(150);
      expect(await everything(log)).toHaveLength(151);
    });

    it('that was written while it is checked is no damage, and a whole record is found whole', async () => {
      await reopened(0);
      for (let version = 150; version < 190; version += 1) await log.append(contactA, version, [event()], commandId());
      expect(await isFound(300)).toBe(false);
      expect(await everything(log)).toHaveLength(190);
    });

    it('is looked for by the index that is looked at, and no other', async () => {
      // Of many streams and cases, so that the planner has a choice.
      for (let n = 0; n < 40; n += 1) await log.append(`referral.contact-${n}` as StreamName, 'none', many(20), commandId());
      await harness.sql('ANALYZE waymark_events.events');
      const client = new pg.Client({ connectionString: harness.direct });
      await client.connect();
      await client.query(
        `SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan; PREPARE entries (bigint, bigint) AS ${lostEntries}`,
      );
      const { rows } = await client.query<{ 'QUERY PLAN': string }>('EXPLAIN (COSTS off) EXECUTE entries (0, 100)');
      await client.end();
      const used = rows.flatMap((row) => /(?:using|Index Scan on) (events_\w+)/.exec(row['QUERY PLAN'])?.[1] ?? []);
      expect(used).toEqual(['events_pkey', 'events_by_stream', 'events_by_command', 'events_by_case', 'events_by_id']);
    });
  });
});
