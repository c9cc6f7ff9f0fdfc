import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { atOnce, type NonEmpty, type StreamName } from '@waymark/kernel';
import { amirsCase, collect, commandId, contactA, event, everything, HandClock, mayasCase, streamOf } from '../../conformance/samples.js';
import { StoreUnavailable, StoreUnusable, type EventLog, type SealedEvent } from '../../event-log.js';
import { openSqliteEventLog, SqliteEventLog } from './log.js';
import { opening } from './open.js';
import { Reader } from './reader.js';

const root = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'waymark-background-'));
afterAll(() => rmSync(root, { recursive: true }));
const [original, path] = [join(root, 'original.db'), join(root, 'events.db')];
const clock = new HandClock();
/** More than a start reads of a file that is too large to be checked whole. */
const count = 20_408;
/** An old one, alone in its stream and its case's second. */
const old = 8;
const oldStream = 'referral.contact-8' as StreamName;
const oldCommand = commandId();
const oldEvent = event(undefined, { caseId: mayasCase });

beforeAll(async () => {
  const log = openSqliteEventLog({ path: original, clock });
  const many = (n: number) => Array.from({ length: n }, () => event()) as unknown as NonEmpty<SealedEvent>;
  await log.append('referral.contact-1', 'none', [event(undefined, { caseId: mayasCase })], commandId());
  await log.append(contactA, 'none', many(old - 2), commandId());
  await log.append(oldStream, 'none', [oldEvent], oldCommand);
  for (let written = old; written < count; written += 400) await log.append(contactA, written - 2, many(400), commandId());
  await log.close();
});

let log: EventLog | undefined;
afterEach(async () => {
  jest.restoreAllMocks();
  await log?.close();
});

const afresh = (tamper: () => void = () => undefined): void => {
  for (const suffix of ['', '-wal']) rmSync(path + suffix, { force: true });
  copyFileSync(original, path);
  tamper();
};
const open = () => (log = openSqliteEventLog({ path, clock, wholeUpToPages: 0 }));
/** The control: the same without the check in the background. */
const openTrusting = (): SqliteEventLog => {
  const trusting = new SqliteEventLog(
    path,
    atOnce(opening(path, 0), () => undefined),
    clock,
  );
  return ((log = trusting), trusting);
};

const alter = (work: (database: DatabaseSync) => void): void => {
  const database = new DatabaseSync(path);
  database.enableDefensive(false);
  work(database);
  database.close();
};
/** An index of the same name over one event fewer, as a flipped bit in it would leave it. */
const forget = (index: string): void =>
  alter((database) => {
    const { sql } = database.prepare('SELECT sql FROM sqlite_schema WHERE name = ?').get(index) as { sql: string };
    database.exec(`DROP INDEX ${index}; ${sql} ${sql.includes('WHERE') ? 'AND' : 'WHERE'} position <> ${old}`);
    database.exec('PRAGMA writable_schema = ON');
    database.prepare('UPDATE sqlite_schema SET sql = ? WHERE name = ?').run(sql, index);
    database.exec('PRAGMA writable_schema = RESET');
  });
/** One bit of a stream's name where the index of names has it, and not where the table has it. */
const flipName = (): void => {
  const bytes = readFileSync(path);
  const pageSize = bytes.readUInt16BE(16);
  const inIndex = [...placesOf(bytes, oldStream)].filter((at) => [2, 10].includes(bytes[Math.floor(at / pageSize) * pageSize]!));
  expect(inIndex).toHaveLength(1);
  bytes[inIndex[0]! + oldStream.length - 1]! ^= 1;
  writeFileSync(path, bytes);
};
function* placesOf(bytes: Buffer, text: string): Generator<number> {
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) yield at;
}

const settled = async (log: EventLog): Promise<boolean> => {
  for (let looks = 0; looks < 300; looks += 1) {
    if (log.trouble?.() === 'damaged') return true;
    if ((log as unknown as { isWhole: boolean }).isWhole) return false;
    await sleep(50);
  }
  throw new Error('the check did not end');
};

const damages: readonly (readonly [what: string, place: RegExp, tamper: () => void])[] = [
  ['the index by case lost', /index events_by_case does not know the event at position 0{15}8/, () => forget('events_by_case')],
  ['the index by stream lost', /index events_by_stream does not know the event at position 0{15}8/, () => forget('events_by_stream')],
  ['the index by command lost', /index events_by_command does not know the event at position 0{15}8/, () => forget('events_by_command')],
  ['the index by id lost', /index events_by_id does not know the event at position 0{15}8/, () => forget('events_by_id')],
  ['the index of streams lost', /index sqlite_autoindex_streams_1 does not know the event at position 0{15}8/, flipName],
  [
    'whose text was altered',
    /the event at position 0{15}8, referral.contact-8 version 1, is not what was written/,
    () => alter((database) => database.exec(`UPDATE events SET data = replace(data, 'school', 'police') WHERE position = ${old}`)),
  ],
];

describe('D1 an old event of a file that is too large for the start,', () => {
  it.each(damages)('%s, is noticed in the background, and nobody is answered any more', async (_, place, tamper) => {
    afresh(tamper);
    const log = open();
    expect(log.trouble?.()).toBeUndefined();
    const seen = await log.head();
    const told = Promise.allSettled([toldTo(log, seen)]);
    expect(await settled(log)).toBe(true);
    const asked = await Promise.allSettled([
      streamOf(log, contactA),
      everything(log),
      collect(log.readAll('start', { filter: { caseId: amirsCase } })),
      log.append(contactA, 'none', [event()], commandId()),
      log.committed(contactA, commandId()),
      log.head(),
    ]);
    for (const answer of [...asked, ...(await told)]) {
      const { reason } = answer as PromiseRejectedResult;
      expect(reason).toBeInstanceOf(StoreUnusable);
      expect((reason as Error).message).toMatch(place);
      expect((reason as Error).message).toContain(path);
      // Reactions wait as for an engine that is away, and park nothing.
      expect((reason as Error).cause).toBeInstanceOf(StoreUnavailable);
    }
  });

  it.each(damages)('%s, would not be noticed without it: the control', async (_, __, tamper) => {
    afresh(tamper);
    const log = openTrusting();
    expect((await collect(log.readAll('start', { filter: { caseId: amirsCase }, limit: 20 }))).length).toBe(20);
    await log.append('referral.contact-7', 'none', [event()], commandId());
    await sleep(100);
    expect(log.trouble?.()).toBeUndefined();
  });

  it.each([
    ['leaves it out of the history of its case', 'events_by_case', async (log: EventLog) => (await historyOf(log)).length === 1],
    [
      'takes its command a second time',
      'events_by_command',
      async (log: EventLog) => !(await log.append(oldStream, 1, [event()], oldCommand)).repeated,
    ],
    [
      'takes its id a second time',
      'events_by_id',
      async (log: EventLog) => !!(await log.append(contactA, count - 2, [oldEvent], commandId())),
    ],
    ['begins its stream anew', 'events_by_stream', async (log: EventLog) => (await streamOf(log, oldStream)).length === 0],
  ])('and who trusts the index %s: what the check is for', async (_, index, wrong) => {
    afresh(() => forget(index));
    expect(await wrong(openTrusting())).toBe(true);
  });
});

describe('D1 a file that is too large for the start and whole', () => {
  it('is found whole while it is written; from then on histories are compared with what was counted', async () => {
    afresh();
    const log = open();
    const { database } = log as unknown as { database: DatabaseSync };
    let version = 1;
    for (let whole = false; !whole; version += 1) {
      await log.append(oldStream, version, [event(undefined, { caseId: mayasCase })], commandId());
      whole = (log as unknown as { isWhole: boolean }).isWhole;
      // No read of it stays open: the write-ahead log can be emptied at any moment.
      expect(database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()).toMatchObject({ busy: 0 });
      expect(statSync(`${path}-wal`).size).toBe(0);
      if (!whole) await sleep(5);
    }
    expect(version).toBeGreaterThan(3);
    await log.append(oldStream, version, [event(undefined, { caseId: mayasCase })], commandId());
    expect((await historyOf(log)).length).toBe(version + 2);
    database.enableDefensive(false);
    database.exec(
      `DROP INDEX events_by_case; CREATE INDEX events_by_case ON events (case_id) WHERE case_id IS NOT NULL AND position <> ${old}`,
    );
    database.exec(`PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, ' AND position <> ${old}', '') WHERE name = 'events_by_case';
      PRAGMA writable_schema = RESET`);
    await expect(historyOf(log)).rejects.toThrow(`knows ${version + 1} of the ${version + 2} events of a case`);
  });

  it('ends with the log, half-way and without a report; the next process to open it begins anew', async () => {
    afresh(() => forget('events_by_case'));
    await open().close();
    const second = open();
    expect(await settled(second)).toBe(true);
  });
});

/** As the engine's binding throws it. */
const ofSqlite = (said: string, errcode: number): Error => Object.assign(new Error(said), { code: 'ERR_SQLITE_ERROR', errcode });

describe('D1 what keeps the check in the background from looking and is no damage,', () => {
  /** The first reads of the check fail with the fault; only the check uses this method. */
  const failing = (fault: Error, looks: number): void => {
    const { rows } = Reader.prototype;
    jest.spyOn(Reader.prototype, 'rows').mockImplementation(function (this: Reader, ...of: Parameters<Reader['rows']>) {
      if ((looks -= 1) >= 0) throw fault;
      return rows.apply(this, of);
    });
  };
  const faults: readonly (readonly [what: string, fault: Error, told: string])[] = [
    ['a disk that does not answer', ofSqlite('disk I/O error', 266), 'the disk answered with an error'],
    ['a want of memory', ofSqlite('out of memory', 7), 'Error ERR_SQLITE_ERROR'],
    ['a lock of another', ofSqlite('database is locked', 5), 'in use by another process'],
    ['a fault of the program', new TypeError('Leila is not a function'), 'TypeError'],
  ];

  it.each(faults)('%s, is reported once, stops nobody, and the check is made again', async (_, fault, words) => {
    afresh();
    const log = openTrusting();
    failing(fault, 3);
    const told: string[] = [];
    log.checkedInBackground((why) => told.push(why), 50);
    for (let looks = 0; told.length === 0 && looks < 300; looks += 1) await sleep(10);
    expect([log.trouble(), (await historyOf(log)).length]).toEqual([undefined, 2]);
    await log.append(oldStream, 1, [event()], commandId());
    expect(await settled(log)).toBe(false);
    expect(told).toEqual([expect.stringContaining(words)]);
    expect(told[0]).not.toContain('Leila');
  });

  it.each(faults)('%s, hides no damage from the check that is made again', async (_, fault) => {
    afresh(() => forget('events_by_case'));
    const log = openTrusting();
    failing(fault, 1);
    log.checkedInBackground(() => undefined, 50);
    expect(await settled(log)).toBe(true);
  });
});

const historyOf = (log: EventLog) => collect(log.readAll('start', { filter: { caseId: mayasCase } }));

/** A subscriber who had caught up and waits. */
const toldTo = async (log: EventLog, after: Awaited<ReturnType<EventLog['head']>>): Promise<void> => {
  for await (const _ of log.subscribe(after, undefined, new AbortController().signal)) void _;
};
