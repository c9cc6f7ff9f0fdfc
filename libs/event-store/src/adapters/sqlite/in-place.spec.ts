import { copyFileSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { DatabaseSync } from 'node:sqlite';
import type { NonEmpty } from '@waymark/kernel';
import { commandId, contactA, event, HandClock } from '../../conformance/samples.js';
import { StoreUnavailable, type EventLog, type SealedEvent } from '../../event-log.js';
import { InPlace } from './in-place.js';
import { openSqliteEventLog } from './log.js';

describe('a record whose file is taken away from under it', () => {
  let folder = '';
  let path = '';
  let log: EventLog;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'waymark-in-place-'));
    path = join(folder, 'events.db');
    log = openSqliteEventLog({ path, clock: new HandClock() });
  });
  afterEach(async () => {
    await log.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const one = () => [event()] as NonEmpty<SealedEvent>;
  const append = (expected: number | 'none') => log.append(contactA, expected, one(), commandId());

  it.each([
    ['deleted', () => rmSync(path)],
    ['deleted with its write-ahead log', () => [path, `${path}-wal`].forEach((file) => rmSync(file))],
    ['replaced by a copy', () => (copyFileSync(path, `${path}.new`), renameSync(`${path}.new`, path))],
  ])('D6 acknowledges nothing once it was %s, and shows nothing of what was refused', async (_, take) => {
    await append('none');
    const head = await log.head();
    expect(log.trouble?.()).toBeUndefined();
    take();
    await expect(append(1)).rejects.toThrow(StoreUnavailable);
    await expect(append(1)).rejects.toThrow(/was deleted or replaced while in use/);
    expect(await log.head()).toBe(head);
    expect(log.trouble?.()).toBe('file-gone');
  });

  it('D7 knows of a full disk from the write that failed until there is room', async () => {
    await append('none');
    const database = (log as unknown as { database: DatabaseSync }).database;
    const hasRoom = jest.spyOn(InPlace.prototype, 'hasRoom').mockReturnValue(false);
    const { page_count: pages } = database.prepare('PRAGMA page_count').get() as { page_count: number };
    database.exec(`PRAGMA max_page_count = ${pages}`);
    const many = Array.from({ length: 200 }, () => event()) as unknown as NonEmpty<SealedEvent>;
    await expect(log.append(contactA, 1, many, commandId())).rejects.toMatchObject({ reason: 'disk-full' });
    expect(log.trouble?.()).toBe('disk-full');
    hasRoom.mockRestore();
    expect(log.trouble?.()).toBeUndefined();
    database.exec(`PRAGMA max_page_count = ${pages + 1_000}`);
    await append(1);
    expect(new InPlace(path).hasRoom()).toBe(true);
  });
});
