import type { StoreUnusable } from '../../event-log.js';
import { checkedThrough } from '../checked.js';
import { slowly } from '../slowly.js';
import { Counts } from './counts.js';
import type { Entries } from './entries.js';
import { asStoreError, damageIn } from './errors.js';
import type { Reader } from './reader.js';

/** Some milliseconds of work, after which others have their turn. */
const slice = 100;

interface Checked {
  readonly path: string;
  readonly reader: Reader;
  readonly entries: Entries;
  /** The newest place that is durable. */
  readonly head: () => number;
}

/**
 * Reads every event from the first on, and looks for it in each index, a slice at a time. No read stays open between two slices, so that the write-ahead log is
 * emptied meanwhile as ever. Ends in the turn in which it reached the head, so that whoever counts on from there misses nothing.
 * @throws StoreUnusable naming the place of the damage
 */
function* checkEach({ reader, entries, head }: Checked): Generator<void, Counts> {
  const counts = new Counts();
  for (let place = 0; place < head();) {
    const to = Math.min(head(), place + slice);
    for (const row of reader.rows(place, to, slice)) counts.take(row[14], row[1], row[4]);
    entries.assertOf(place, to);
    place = to;
    yield;
  }
  return counts;
}

interface Told {
  /** Everything was found whole. Called before anything else can be appended. */
  readonly whole: (counts: Counts) => void;
  readonly failed: (damage: StoreUnusable) => void;
  /** Called once with the reason when the check cannot run, which is no damage. */
  readonly kept: (why: string) => void;
  /** The pause before it is tried again. */
  readonly againMs?: number | undefined;
  /** Ends it without a word. */
  readonly signal: AbortSignal;
}

/**
 * Checks what was too large to be checked at the start, while it is in use. On the connection that there is, because the file is locked against any other; a
 * process that dies begins anew. Nothing waits for it to end.
 */
export const checkInBackground = async (checked: Checked, { whole, ...told }: Told): Promise<void> => {
  const doing = 'checking it in the background';
  const fromTheFirst = (): Promise<void> => {
    const work = checkEach(checked);
    const slice = (): boolean => {
      const { done, value } = work.next();
      if (done) whole(value);
      return done ?? false;
    };
    return slowly(slice, told.signal);
  };
  await checkedThrough(fromTheFirst, {
    damageIn: (error) => damageIn(checked.path, doing, error),
    inWords: (error) => asStoreError(checked.path, doing, error),
    ...told,
  });
};
