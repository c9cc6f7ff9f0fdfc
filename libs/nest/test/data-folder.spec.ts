import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { embeddedEngines, testPlatform, type TestPlatform } from '../src/index.js';
import { notebookService } from './notebook.fixture.js';

describe('a data folder', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'waymark-folder-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const start = (): Promise<TestPlatform> =>
    testPlatform([notebookService], {
      now: '2026-03-02T09:15:00Z',
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
});
