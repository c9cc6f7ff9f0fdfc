import { canonicalJson } from '@waymark/kernel';
import type { DataKey } from '@waymark/keys';
import type { StoredEvent } from '../event-log.js';
import { unseal, Unopenable } from './cipher.js';
import { commitmentsTo, seedBytes } from './commitments.js';
import { earlierCommitmentsTo, isEarlier } from './earlier-commitments.js';
import { isCommitted, type CommittedEntry, type SealedEntry } from './entries.js';

/** Of a stored event, what its sealed values are bound to. */
export type Bound = Pick<StoredEvent, 'stream' | 'id' | 'type'>;

// Kept for the next; no seed stays in it.
const seed = new Uint8Array(seedBytes);

/**
 * Opens one subject's values and checks them against their commitments.
 * @throws Unopenable
 */
export const unsealEntry = (event: Bound, key: DataKey, entry: SealedEntry, put: (at: string, value: unknown) => void): void => {
  if (!isCommitted(entry)) return unsealUncommitted(event, key, entry, put);
  try {
    const values = unsealCommitted(event, key, entry, seed);
    for (const [index, at] of entry.p.entries()) put(at, values[index]);
  } finally {
    seed.fill(0);
  }
};

/**
 * The values of an entry, in the order of its paths.
 * @param seed takes the seed of the salts
 * @throws Unopenable also when a value is not what was committed to: whoever sealed it meant it to be read in more than one way
 */
export const unsealCommitted = (event: Bound, key: DataKey, entry: CommittedEntry, seed: Uint8Array): readonly unknown[] => {
  const { s, p, h } = entry;
  const bound = { stream: event.stream, eventId: event.id, type: event.type, subject: s };
  const values = parsed(unseal(key, bound, entry, seed));
  if (!Array.isArray(values) || values.length !== p.length)
    throw new Unopenable(`the commitments do not fit: there are ${p.length}, and not so many values are sealed`);
  const made = (h.some(isEarlier) ? earlierCommitmentsTo : commitmentsTo)(seed, p, values.map(canonicalJson));
  const other = made.findIndex((commitment, index) => commitment !== h[index]);
  if (other >= 0) throw new Unopenable(`the commitment to ${p[other]} does not fit: another value is sealed than was committed to`);
  return values;
};

/** As values were sealed until November 2026: by their paths, bound to no stream, without commitments. */
const unsealUncommitted = (event: Bound, key: DataKey, entry: SealedEntry, put: (at: string, value: unknown) => void): void => {
  const bound = { stream: undefined, eventId: event.id, type: event.type, subject: entry.s };
  const values = parsed(unseal(key, bound, entry)) as Readonly<Record<string, unknown>>;
  for (const at in values) put(at, values[at]);
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // Not its cause: a parser's message repeats what it could not read.
    throw new Unopenable('what is in it is not JSON');
  }
};
