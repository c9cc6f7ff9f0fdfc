import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { StoreUnusable } from '@waymark/event-store';
import { pino, type Logger } from 'pino';
import { embeddedEngines, testPlatform, type TestPlatform } from '../src/index.js';
import { notebookService } from './notebook.fixture.js';

describe('a data folder', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'waymark-folder-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const start = (logger?: Logger): Promise<TestPlatform> =>
    testPlatform([notebookService], {
      now: '2026-03-02T09:15:00Z',
      ...(logger ? { logger } : {}),
      engines: (vocabulary, clock) => embeddedEngines({ dataFolder: folder, keysFolder: join(folder, 'keys') }, vocabulary, clock),
    });
  const note = async (platform: TestPlatform): Promise<string> => {
    const made = await platform.as('dana', 'practitioner', 'fenbank-primary').post('/api/notebook/books', { text: 'A note.' });
    await platform.settled();
    return made.body.id as string;
  };

  it('opens again with everything in it', async () => {
    const first = await start();
    const id = await note(first);
    await first.stop();
    const second = await start();
    expect(await second.as('dana', 'practitioner', 'x').get(`/api/notebook/books/${id}`)).toMatchObject({
      status: 200,
      body: { notes: 1 },
    });
    await second.stop();
  });

  it('whose record is gone, but not its keys, is no first start', async () => {
    const platform = await start();
    await note(platform);
    await platform.stop();
    rmSync(join(folder, 'events.db'));
    await expect(start()).rejects.toThrow(/events\.db is missing, but .*keys\.db holds the keys of an earlier record/);
  });

  it('whose lists have seen more than the record holds is refused, and starts once they are removed', async () => {
    const first = await start();
    await note(first);
    await first.stop();
    copyFileSync(join(folder, 'events.db'), join(folder, 'backup'));
    const second = await start();
    await note(second);
    await second.stop();
    copyFileSync(join(folder, 'backup'), join(folder, 'events.db'));
    await expect(start()).rejects.toThrow(/The lists are ahead of the record .* Remove read-models\.db and bus\.db/);
    for (const file of ['read-models.db', 'bus.db'])
      for (const part of ['', '-wal', '-shm']) rmSync(join(folder, `${file}${part}`), { force: true });
    await (await start()).stop();
  });

  it.each([
    ['the folder', ['']],
    ['the record', ['events.db']],
    ['its write-ahead log', ['events.db-wal']],
  ])('D6 with %s deleted while it runs, nothing is acknowledged and it is not ready', async (_, names) => {
    const logged: string[] = [];
    const logger = pino({ level: 'error' }, { write: (line: string) => void logged.push(line) });
    const platform = await start(logger);
    try {
      const book = await note(platform);
      const ready = () => platform.raw({ method: 'GET', url: '/health/ready' });
      expect((await ready()).status).toBe(200);
      for (const name of names) rmSync(join(folder, name), { recursive: true, force: true });
      expect(await ready()).toMatchObject({ status: 503, body: { error: { platform: { trouble: 'file-gone' } } } });
      const dana = platform.as('dana', 'practitioner', 'fenbank-primary');
      for (const path of ['/api/notebook/books', `/api/notebook/books/${book}/notes`, '/api/notebook/books'])
        expect(await dana.post(path, { text: 'Lost.' })).toMatchObject({
          status: 503,
          // With the whole folder gone it is the access log that nothing can be recorded in, and it is asked first.
          body: { type: `urn:waymark:problem:${names[0] === '' ? 'access-log-' : ''}unavailable` },
        });
      expect(logged.join('')).toMatch(/file-gone[^]*was deleted or replaced while in use/);
      expect(logged.join('')).not.toContain('Lost.');
    } finally {
      await platform.stop().catch(() => undefined);
    }
  });

  it('D1 where a damage is met by a read, the answer is 503 in words, and the place stands in the log alone', async () => {
    const logged: string[] = [];
    const platform = await start(pino({ level: 'error' }, { write: (line: string) => void logged.push(line) }));
    try {
      const book = await note(platform);
      const place = 'events.db is damaged: notebook.book-1 version 2 is not what was written';
      Object.assign(platform.platform.engines.store, {
        read: () => {
          throw new StoreUnusable(place);
        },
      });
      platform.platform.aggregates.forget();
      const answer = await platform.as('dana', 'practitioner', 'fenbank-primary').get(`/api/notebook/books/${book}`);
      expect(answer).toMatchObject({ status: 503, body: { detail: expect.stringContaining('damaged where it is kept') } });
      expect(JSON.stringify(answer.body)).not.toContain('events.db');
      expect(logged.join('')).toContain(place);
    } finally {
      await platform.stop();
    }
  });

  /** More pages than a start checks whole, all but a few of them empty. */
  const enlarged = (change: string): void => {
    const database = new DatabaseSync(join(folder, 'events.db'));
    database.enableDefensive(false);
    database.exec(
      'PRAGMA journal_mode = OFF; CREATE TABLE room (bytes BLOB); INSERT INTO room VALUES (zeroblob(140000000)); DROP TABLE room',
    );
    database.exec(change);
    database.close();
  };
  const withoutTheFirst = (index: string, on: string): string => `DROP INDEX ${index};
    CREATE INDEX ${index} ON events ${on} AND position <> 1; PRAGMA writable_schema = ON;
    UPDATE sqlite_schema SET sql = replace(sql, ' AND position <> 1', '') WHERE name = '${index}'; PRAGMA writable_schema = RESET`;

  it.each([
    ['whole', 'SELECT 1', undefined],
    ['without an entry of an index', withoutTheFirst('events_by_case', '(case_id) WHERE case_id IS NOT NULL'), 'damaged'],
  ])(
    'D1 whose record is beyond 128 MB and %s is checked once it is open, and is in trouble where it is damaged',
    async (_, change, trouble) => {
      const first = await start();
      await note(first);
      await first.stop();
      enlarged(change);
      const second = testPlatform([notebookService], {
        now: '2026-03-02T09:15:00Z',
        engines: async (vocabulary, clock) => {
          const opened = await embeddedEngines({ dataFolder: folder, keysFolder: join(folder, 'keys') }, vocabulary, clock);
          expect(opened.trouble()).toBeUndefined();
          await sleep(1_000);
          expect(opened.trouble()).toBe(trouble);
          return opened;
        },
      });
      if (trouble)
        await expect(second).rejects.toThrow(/events\.db is damaged: the index events_by_case does not know the event at position 0{15}1/);
      else await (await second).stop();
    },
  );

  it('D7 with a full disk it is not ready, says so once in the log, and is ready when there is room again', async () => {
    const logged: string[] = [];
    const platform = await start(pino({ level: 'error' }, { write: (line: string) => void logged.push(line) }));
    const { engines } = platform.platform;
    const was = engines.trouble;
    try {
      const ready = async () => (await platform.raw({ method: 'GET', url: '/health/ready' })).status;
      Object.assign(engines, { trouble: () => 'disk-full' });
      expect([await ready(), await ready()]).toEqual([503, 503]);
      Object.assign(engines, { trouble: was });
      expect(await ready()).toBe(200);
      expect(logged.map((line) => (JSON.parse(line) as { trouble?: string }).trouble)).toEqual(['disk-full', 'none']);
    } finally {
      await platform.stop();
    }
  });
});
