import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { StoreUnusable } from '../../event-log.js';
import { checkInBackground } from './background.js';
import { asStoreError, damageIn } from './errors.js';

const place = { database: 'waymark', user: 'waymark', at: 'db:5432' };
/** An error as the driver reports the server's answer. */
const ofServer = (code: string, said = 'said with a value of Leila'): Error =>
  Object.assign(new pg.DatabaseError(said, 0, 'error'), { code, severity: 'ERROR' });

describe('D1 the check of PostgreSQL in the background,', () => {
  let stop = new AbortController();
  afterEach(() => stop.abort());

  /** Runs a check whose first reads fail with the fault, and records what happened. */
  const checking = (fault: Error, failing: number) => {
    stop = new AbortController();
    const went = { looks: 0, told: [] as string[], damage: [] as StoreUnusable[] };
    const page = async (after: number) => {
      if ((went.looks += 1) <= failing) throw fault;
      return { events: [], reached: after, head: after };
    };
    void checkInBackground({
      page,
      assertEntries: async () => undefined,
      damageIn: (error) => damageIn(place, error),
      inWords: (error) => asStoreError(place, error),
      beginAfterMs: 0,
      againMs: 5,
      failed: (damage) => went.damage.push(damage),
      kept: (why) => went.told.push(why),
      signal: stop.signal,
    });
    return went;
  };
  const until = async (over: () => boolean): Promise<void> => {
    for (const endMs = performance.now() + 5_000; !over() && performance.now() < endMs;) await sleep(5);
  };

  it.each([
    ['a fault of the server that no list names', ofServer('XX000'), 'error XX000'],
    ['a layout that changed under its connection', ofServer('0A000'), 'error 0A000'],
    ['a column that is gone', ofServer('42703'), 'has lost a part of the schema'],
    ['a right that was taken away', ofServer('42501'), 'may not do'],
    ['a slice that takes too long each time', new Error('Query read timeout'), 'does not answer'],
    ['a fault of the program', new TypeError('Leila is not a function'), 'TypeError'],
  ])('when %s keeps it from reading, reports so once, stops nobody, and reads again', async (_, fault, words) => {
    const went = checking(fault, 3);
    await until(() => went.looks > 3 || went.damage.length > 0);
    expect([went.looks, went.damage]).toEqual([4, []]);
    expect(went.told).toEqual([expect.stringContaining(words)]);
    expect(went.told[0]).not.toContain('Leila');
  });

  it.each([
    ['a row that is not what was written', new StoreUnusable('the event at position 7 is not what was written')],
    ['a page that the server finds damaged', ofServer('XX001')],
    ['an index that the server finds damaged', ofServer('XX002')],
  ])('%s is damage, and stops everybody at once', async (_, fault) => {
    const went = checking(fault, 1);
    await until(() => went.damage.length > 0);
    await sleep(30);
    expect([went.looks, went.told, went.damage]).toEqual([1, [], [expect.any(StoreUnusable)]]);
  });
});
