import type { DatabaseSync } from 'node:sqlite';
import { Counts } from './counts.js';
import { assertIntegrity } from './integrity.js';
import { keySet, settingOf } from './meta.js';
import { Names } from './names.js';
import { Reader } from './reader.js';

/** Up to this size (128 MB) the whole file is checked at every start, in about a second; what is larger is checked in the background (background.ts). */
const wholeUpToPages = 32_768;
const newest = 20_000;
const slice = 500;

/**
 * What is checked before the file is used, with how far it is. Returns what was counted where all of it was checked, and otherwise nothing: then the
 * newest events were.
 * @throws StoreUnusable naming the place of the damage. Never repairs.
 */
export function* checkAtStart(database: DatabaseSync, path: string, wholeUpTo = wholeUpToPages): Generator<string, Counts | undefined> {
  const { page_count: pages } = database.prepare('PRAGMA page_count').get() as { page_count: number };
  const whole = pages <= wholeUpTo;
  if (whole) assertIntegrity(database, path);
  settingOf(database, path, keySet);
  const { head } = database.prepare('SELECT coalesce(max(position), 0) AS head FROM events').get() as { head: number };
  const reader = new Reader(database, new Names(database, path), path);
  const counts = new Counts();
  for (let place = whole ? 0 : Math.max(0, head - newest); place < head;) {
    for (const row of reader.rows(place, head, slice)) counts.take(row[14], row[1], row[4]);
    place = Math.min(head, place + slice);
    yield `Checking ${path}: ${place} of ${head} events`;
  }
  return whole ? counts : undefined;
}
