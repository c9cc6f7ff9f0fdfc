import { canonicalJson } from '@waymark/kernel';
import type { DataKey } from '@waymark/keys';
import type { StoredEvent } from '../event-log.js';
import { commitmentTo, isPath, isSalt, saltAt, seedBytes } from './commitments.js';
import { earlierCommitmentTo, earlierSaltOf, isEarlier } from './earlier-commitments.js';
import { generationOf, isCommitted, type SealedEntry } from './entries.js';
import { sealedField } from './plan.js';
import { unsealCommitted } from './unsealing.js';

/** One sealed value as an outsider is given it. It proves that value and reveals nothing of any other. */
export interface Disclosed {
  /** Where in the event's data it stands, steps with "/" between. */
  readonly path: string;
  readonly value: unknown;
  /** 64 hexadecimal digits; base64 for what was sealed on 30 November 2026. Whoever has it can try other values against the commitment, so give it to nobody who may not know the value. */
  readonly salt: string;
}

/** Nothing is sealed at the path, not under this key, or in a way that proves nothing. The message says which. */
export class CannotDisclose extends Error {
  override readonly name = 'CannotDisclose';
}

/**
 * Takes one value out of a stored event, with what proves it.
 * @param key of the value's subject, in the generation that the entry names
 * @throws CannotDisclose | Unopenable
 */
export const discloseValue = (event: StoredEvent, key: DataKey, path: string): Disclosed => {
  const entry = entryAt(event.data, path);
  if (!entry)
    throw new CannotDisclose(
      `${event.type} has no sealed value with a commitment at ${path}; what was sealed before 30 November 2026 has none`,
    );
  if (entry.s !== key.subject) throw new CannotDisclose(`${path} is sealed for ${entry.s}, and the key is another's`);
  if (generationOf(entry) !== key.generation)
    throw new CannotDisclose(
      `${path} is sealed under generation ${generationOf(entry)} of its subject's key, and the key is of generation ${key.generation}`,
    );
  const seed = new Uint8Array(seedBytes);
  const place = entry.p.indexOf(path);
  const value = unsealCommitted(event, key, entry, seed)[place];
  return { path, value, salt: isEarlier(entry.h[place]!) ? earlierSaltOf(seed, path) : saltAt(seed, place) };
};

/** The commitment to the value at a path, as it stands in clear in stored data, for good; undefined where there is none. */
export const commitmentIn = (data: string, path: string): string | undefined => {
  const entry = entryAt(data, path);
  return entry?.h[entry.p.indexOf(path)];
};

/** Whether this is the value that was committed to. Needs no key and no store. */
export const verifyDisclosed = ({ path, value, salt }: Disclosed, commitment: string): boolean => {
  if (!isPath(path) || value === undefined) return false;
  const text = canonicalJson(value);
  if (isEarlier(commitment)) return earlierCommitmentTo(salt, path, text) === commitment;
  return isSalt(salt) && commitmentTo(salt, path, text) === commitment;
};

const entryAt = (data: string, path: string) => {
  const entries = (JSON.parse(data) as Record<string, readonly SealedEntry[] | undefined>)[sealedField] ?? [];
  return entries.filter(isCommitted).find(({ p }) => p.includes(path));
};
