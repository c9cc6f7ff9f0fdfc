import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { atOnce, type NonEmpty, type OrganisationId, type UserId } from '@waymark/kernel';
import { amirsCase, collect, commandId, consentA, contactA, contactB, event, HandClock, mayasCase } from '../../conformance/samples.js';
import { StoreUnavailable, StoreUnusable, type EventLog, type SealedEvent, type SealedJson } from '../../event-log.js';
import { openSqliteEventLog, SqliteEventLog } from './log.js';
import { opening } from './open.js';
import { openUnchecked } from './flips.fixture.js';

jest.setTimeout(600_000);

/** Every so many bytes one is flipped; WAYMARK_FLIPS=all flips each byte, which takes some minutes. */
const every = process.env['WAYMARK_FLIPS'] === 'all' ? 1 : 29;
/** In memory where the machine has such a folder: the disk is no part of what is tried. */
const root = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'waymark-flips-'));
afterAll(() => rmSync(root, { recursive: true }));
const path = join(root, 'events.db');
const clock = new HandClock();
let whole: Buffer;
let original: string;
const commands = Array.from({ length: 6 }, commandId);

const byWhom = (user: string, role: string) =>
  ({ actor: { user: user as UserId, role, organisation: 'mash' as OrganisationId } }) as Partial<SealedEvent>;
const small = (number: number, changes: Partial<SealedEvent> = {}) =>
  event('referral.ContactReceived.v1', { data: `{"n":${number}}` as SealedJson, ...changes });

/** A few streams, types, contexts and cases, in small pages so that there are not too many bytes. */
beforeAll(async () => {
  const log = openSmallPages();
  await log.bindKeySet('the-keys');
  await log.append(contactA, 'none', [small(1), small(2, byWhom('tariq', 'triage-officer'))] as NonEmpty<SealedEvent>, commands[0]!);
  await log.append(contactB, 'none', [small(3, { caseId: mayasCase, type: 'referral.ContactTriaged.v1' })], commands[1]!);
  await log.append(contactA, 2, [small(4, { caseId: null })], commands[2]!);
  await log.append(
    consentA,
    'none',
    [small(5, { type: 'assessment.ConsentGiven.v1', ...byWhom('hana', 'hub-coordinator') })],
    commands[3]!,
  );
  await log.append(contactB, 1, [small(6, { caseId: mayasCase })], commands[4]!);
  await log.append(consentA, 1, [small(7), small(8)], commands[5]!);
  await log.close();
  whole = readFileSync(path);
  original = await allThatIsShown(openSqliteEventLog({ path, clock }));
});

const openSmallPages = (): EventLog => {
  // Whoever makes the file chooses the page size; all else is made by the log itself.
  const database = new DatabaseSync(path);
  database.exec('PRAGMA page_size = 512; CREATE TABLE t (a); DROP TABLE t');
  database.close();
  const bytes = readFileSync(path);
  bytes.writeUInt32BE(0, 40);
  writeFileSync(path, bytes);
  return openSqliteEventLog({ path, clock });
};

/** Everything that can be read from the event log, as one text. Closes the log. */
const allThatIsShown = async (log: EventLog): Promise<string> => {
  try {
    const shown: unknown[] = [await log.head(), await log.keySetId()];
    shown.push(await collect(log.readAll('start')));
    for (const stream of [contactA, contactB, consentA]) {
      shown.push(await collect(log.read(stream)));
      for (const command of commands) shown.push(await log.committed(stream, command));
    }
    for (const caseId of [amirsCase, mayasCase]) shown.push(await collect(log.readAll('start', { filter: { caseId } })));
    for (const prefix of ['referral.', 'assessment.', 'referral.ContactTriaged'])
      shown.push(await collect(log.readAll('start', { filter: { typePrefixes: [prefix] } })));
    for (const prefix of ['referral.', 'assessment.consent'])
      shown.push(await collect(log.readAll('start', { filter: { streamPrefixes: [prefix] } })));
    return JSON.stringify(shown);
  } finally {
    await log.close();
  }
};

const random = (seed: number) => {
  let state = seed;
  return () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
};

type Outcome = 'refused' | 'harmless' | `shown otherwise at ${number}` | `not told in words at ${number}: ${string}`;

const isTold = (error: unknown): boolean =>
  (error instanceof StoreUnusable || error instanceof StoreUnavailable) && error.message.includes(path);

const outcomeOf = async (at: number, bit: number, open: () => EventLog | Promise<EventLog>): Promise<Outcome> => {
  const flipped = Buffer.from(whole);
  flipped[at]! ^= 1 << bit;
  for (const suffix of ['-wal', '-journal', '-shm']) rmSync(path + suffix, { force: true });
  writeFileSync(path, flipped);
  try {
    return (await allThatIsShown(await open())) === original ? 'harmless' : `shown otherwise at ${at}`;
  } catch (error) {
    return isTold(error) ? 'refused' : `not told in words at ${at}: ${String(error)}`;
  }
};

/** As a file that is too large for the start, once all of it was checked in the background. */
const openChecked = async (): Promise<EventLog> => {
  const log = openSqliteEventLog({ path, clock, wholeUpToPages: 0 });
  while (!(log as SqliteEventLog).isWhole && !log.trouble?.()) await nextTurn();
  return log;
};

/** Flips one bit of each byte that is tried, and counts what comes of it. */
const flipAll = async (open: () => EventLog | Promise<EventLog>, step = every) => {
  const chance = random(20_261_130);
  const outcomes = { tried: 0, refused: 0, harmless: 0, wrong: [] as string[] };
  for (let at = Math.floor(chance() * step); at < whole.length; at += step) {
    const outcome = await outcomeOf(at, Math.floor(chance() * 8), open);
    outcomes.tried += 1;
    if (outcome === 'refused' || outcome === 'harmless') outcomes[outcome] += 1;
    else outcomes.wrong.push(outcome);
  }
  return outcomes;
};

describe('A4 a flipped bit anywhere in a small record', () => {
  it('is refused at the start or at the read, or changes nothing that anybody is shown', async () => {
    const { tried, refused, harmless, wrong } = await flipAll(() => openSqliteEventLog({ path, clock }));
    expect(wrong).toEqual([]);
    expect(refused + harmless).toBe(tried);
    expect(refused).toBeGreaterThan(tried / 3);
    process.stderr.write(`${tried} flips of ${whole.length} bytes: ${refused} refused, ${harmless} harmless\n`);
  });

  it('is refused as well where the file is too large for the start, once the check in the background is through', async () => {
    const { tried, refused, harmless, wrong } = await flipAll(openChecked);
    expect(wrong).toEqual([]);
    expect(refused + harmless).toBe(tried);
    expect(refused).toBeGreaterThan(tried / 4);
    process.stderr.write(`in the background: ${tried} flips of ${whole.length} bytes: ${refused} refused, ${harmless} harmless\n`);
  });

  // An entry that compares as the right one and answers with another: found among all bytes, where the control below still finds them.
  it.each([
    ['of streams', 1421, 0],
    ['by case', 7517, 2],
  ])('is refused in an index %s whose entry is found and answers otherwise', async (_, at, bit) => {
    expect(await outcomeOf(at, bit, openChecked)).toBe('refused');
    const opened = () => atOnce(opening(path, 0), () => undefined);
    expect(await outcomeOf(at, bit, () => new SqliteEventLog(path, opened(), clock))).toBe(`shown otherwise at ${at}`);
  });

  it('would be shown, were nothing checked: the control of this test', async () => {
    const { wrong } = await flipAll(() => openUnchecked(path, clock), every * 2);
    expect(wrong.filter((outcome) => outcome.startsWith('shown otherwise')).length).toBeGreaterThan(20);
  });
});

describe('D1 an index that loses entries while the event log is in use', () => {
  it('does not shorten the history of a case: it is reported', async () => {
    rmSync(path + '-wal', { force: true });
    writeFileSync(path, whole);
    const log = openSqliteEventLog({ path, clock });
    const { database } = log as unknown as { database: DatabaseSync };
    database.enableDefensive(false);
    // An index of the same name over fewer events, as a flipped bit in it would leave it.
    database.exec(`DROP INDEX events_by_case; CREATE INDEX events_by_case ON events (case_id) WHERE case_id IS NOT NULL AND position <> 8`);
    database.exec(`PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, ' AND position <> 8', '') WHERE name = 'events_by_case';
      PRAGMA writable_schema = RESET`);
    expect(log.trouble?.()).toBeUndefined();
    await expect(collect(log.readAll('start', { filter: { caseId: amirsCase } }))).rejects.toThrow(
      /index events_by_case knows 4 of the 5 events of a case/,
    );
    expect(log.trouble?.()).toBe('damaged');
    expect(log).toBeInstanceOf(SqliteEventLog);
    await log.close();
  });
});
