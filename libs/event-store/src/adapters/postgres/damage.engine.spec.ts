import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { engineSuite } from '@waymark/testing';
import { collect, commandId, contactA, event, everything, HandClock, streamOf } from '../../conformance/samples.js';
import type { After, EventLog, StoredEvent } from '../../event-log.js';
import { contextText } from '../checksum.js';
import { findPostgres, PostgresHarness } from './harness.fixture.js';
import { givenChecksum, placedChecksum } from './rows.js';

/** The first page that a subscriber is given. */
const toldFrom = async (log: EventLog, after: After): Promise<readonly StoredEvent[]> => {
  for await (const item of log.subscribe(after, undefined, new AbortController().signal)) return 'caughtUp' in item ? [] : item;
  return [];
};

/** Every way to the same events; those by a filter look at what it lets through alone. */
const ways: Readonly<Record<string, (log: EventLog) => Promise<readonly StoredEvent[]>>> = {
  'the stream': (log) => streamOf(log, contactA),
  everything: (log) => everything(log),
  'a subscription': (log) => toldFrom(log, 'start'),
  'a filter by type': (log) => collect(log.readAll('start', { filter: { typePrefixes: ['referral.'] } })),
};
const dense = ['the stream', 'everything', 'a subscription'];

await engineSuite('PostgreSQL', findPostgres, (server) => {
  let harness: PostgresHarness;
  let log: EventLog;
  beforeEach(async () => {
    harness = new PostgresHarness(server);
    await harness.createDatabase();
    log = await harness.another(new HandClock());
    await log.append(contactA, 'none', [event(), event(), event()], commandId());
  });
  afterEach(async () => {
    await log.close();
    await harness.remove();
  });

  /** What each way of reading comes to: the versions that it gives, or why it refuses. */
  const read = async (names: readonly string[] = Object.keys(ways)) => {
    const outcomes = await Promise.all(
      names.map((name) =>
        ways[name]!(log).then(
          (events) => events.map(({ version }) => version),
          ({ name: kind, message }: Error) => `${kind}: ${message}`,
        ),
      ),
    );
    return Object.fromEntries(names.map((name, index) => [name, outcomes[index]]));
  };
  const eachOf = <T>(names: readonly string[], outcome: T) => Object.fromEntries(names.map((name) => [name, outcome]));

  it('a record that nobody changed reads every way', async () => {
    expect(await read()).toEqual(eachOf(Object.keys(ways), [1, 2, 3]));
  });

  describe('an event that was altered in the database', () => {
    it.each([
      ['data', `data = replace(data, 'school', 'police')`],
      ['type', `type = 'referral.ContactTriaged.v1'`],
      ['date', `occurred_at = '2020-01-01T00:00:00.000Z'`],
      ['case', 'case_id = NULL'],
      ['id', 'id = gen_random_uuid()'],
      ['command', 'command_id = gen_random_uuid()'],
      ['correlation', 'correlation_id = gen_random_uuid()'],
      ['cause', 'causation_id = gen_random_uuid()'],
      ['actor', `context = replace(context, 'dana', 'kim')`],
      ['whole context', `context = 'nobody'`],
      ['moment', `recorded_at = '2020-01-01T00:00:00.000Z'`],
      ['number of events of its append', 'batch = -1'],
      ['role', `context = replace(context, 'practitioner', 'team-manager')`],
      ['checksum', 'checksum = checksum + 1'],
    ])('is named by place, whichever way it is read, when it is its %s', async (_, change) => {
      await harness.sql(`UPDATE waymark_events.events SET ${change} WHERE position = 2`);
      const refused = expect.stringMatching(
        /^StoreUnusable: .*position 0000000000000002, referral\.contact-.* version 2, is not what was written.*restore it/,
      );
      expect(await read()).toEqual(eachOf(Object.keys(ways), refused));
    });

    it('A4 is reported to whoever requests the result of its command', async () => {
      const [first] = await everything(log);
      await harness.sql(`UPDATE waymark_events.events SET recorded_at = '2020-01-01T00:00:00.000Z' WHERE position = 1`);
      await expect(log.committed(contactA, first!.commandId)).rejects.toThrow('position 0000000000000001');
    });

    it('leaves what lies before and behind it to be read', async () => {
      await harness.sql(`UPDATE waymark_events.events SET case_id = NULL WHERE position = 2`);
      expect(await streamOf(log, contactA, { to: 1 })).toHaveLength(1);
      expect(await streamOf(log, contactA, { from: 3 })).toHaveLength(1);
    });

    it('would pass with a checksum that fits: the checksum alone detects it', async () => {
      await rewrite(2, { type: 'referral.ContactTriaged.v1' });
      expect(await read()).toEqual(eachOf(Object.keys(ways), [1, 2, 3]));
      expect((await everything(log))[1]?.type).toBe('referral.ContactTriaged.v1');
    });
  });

  describe('an event that was removed from the database', () => {
    it.each([
      ['first', 1],
      ['middle', 2],
    ])('is named by place to whoever reads the stream or everything, when it is the %s', async (_, place) => {
      await harness.sql(`DELETE FROM waymark_events.events WHERE position = ${place}`);
      const missing = expect.stringMatching(
        new RegExp(`^StoreUnusable: .*there is no event at position 000000000000000${place}, which was given out.*restore it`),
      );
      const gap = expect.stringMatching(new RegExp(`^StoreUnusable: .*${contactA} has no version ${place} .*restore it`));
      expect(await read(dense)).toEqual({ ...eachOf(dense, missing), 'the stream': gap });
    });

    it('is named also where a reader begins with it, or goes on behind it', async () => {
      const [first] = await everything(log);
      await harness.sql('DELETE FROM waymark_events.events WHERE position = 2');
      await expect(streamOf(log, contactA, { from: 2 })).rejects.toThrow('no version 2');
      await expect(collect(log.readAll(first!.position))).rejects.toThrow('no event at position 0000000000000002');
    });

    it('shows to a subscriber who has seen it, when it was the newest', async () => {
      const seen = await log.head();
      await harness.sql('DELETE FROM waymark_events.events WHERE position = 3');
      await expect(toldFrom(log, seen)).rejects.toMatchObject({
        name: 'StoreUnusable',
        message: expect.stringContaining('0000000000000003'),
      });
    });

    it('would pass with those behind it moved up: the numbers alone reveal it', async () => {
      await harness.sql('DELETE FROM waymark_events.events WHERE position = 2');
      await rewrite(3, { position: 2, version: 2 });
      expect(await read(dense)).toEqual(eachOf(dense, [1, 2]));
    });
  });

  /** Writes an event anew, with a checksum that fits, as only who knows how it is made could. */
  const rewrite = async (place: number, changes: { position?: number; version?: number; type?: string }) => {
    const [row] = await harness.sql('SELECT * FROM waymark_events.events WHERE position = $1', [place]);
    const { position, version, type } = { ...row, ...changes };
    const given = givenChecksum({
      ...{ stream: row.stream, version, batch: row.batch, commandId: row.command_id, context: contextText(JSON.parse(row.context)) },
      event: {
        ...{ id: row.id, type, caseId: row.case_id, occurredAt: row.occurred_at, data: row.data },
        ...{ correlationId: row.correlation_id, causationId: row.causation_id },
      },
    });
    const checksum = placedChecksum(String(position), row.recorded_at, given);
    await harness.sql('UPDATE waymark_events.events SET position = $2, version = $3, type = $4, checksum = $5 WHERE position = $1', [
      ...[place, position, version],
      ...[type, checksum],
    ]);
  };
});
