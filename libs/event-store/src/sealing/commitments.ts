import { hash } from 'node:crypto';
import { keystream } from './cipher.js';

/**
 * A commitment to one value of an event: SHA-256(salt | path | line feed | value), in base64url without padding, all of it text in UTF-8.
 * - salt: 64 hexadecimal digits in lower case, 32 bytes of the keystream of ChaCha20 (RFC 8439) under the seed, with a nonce of zeros and from block 0: the
 *   first 32 for the first path of the entry, the next 32 for the second. The seed, 32 random bytes that nothing else uses, is under seal with the values,
 *   so that nobody can try short values.
 * - path: steps with "/" between. It holds no line feed.
 * - value: its canonical JSON (RFC 8785).
 * The salt's length is fixed and the path ends at the first line feed, so no two values of salt, path and value come to the same bytes.
 */
export const seedBytes = 32;
const saltBytes = 32;
const saltDigits = 2 * saltBytes;

/** Whether a text can be a path: of one line, and with nothing in it that has no UTF-8. */
export const isPath = (text: string): boolean => !/[\n\p{Surrogate}]/u.test(text);

/** Whether a text can be a salt. */
export const isSalt = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

/** Commitments to values, given by their canonical texts, in the order of their paths. */
export const commitmentsTo = (seed: Uint8Array, paths: readonly string[], texts: readonly string[]): string[] => {
  const salts = saltsOf(seed, paths.length);
  return paths.map((path, place) => commitmentTo(saltIn(salts, place), path, texts[place]!));
};

/** The salt of an entry's value at a place among its paths. */
export const saltAt = (seed: Uint8Array, place: number): string => saltIn(saltsOf(seed, place + 1), place);

/** Nothing of them stays in the buffer: a salt lets short values be tried. */
const saltsOf = (seed: Uint8Array, count: number): string => {
  const bytes = keystream(seed, count * saltBytes);
  const salts = bytes.toString('hex');
  bytes.fill(0);
  return salts;
};
const saltIn = (salts: string, place: number): string => salts.slice(place * saltDigits, (place + 1) * saltDigits);

export const commitmentTo = (salt: string, path: string, text: string): string => hash('sha256', `${salt}${path}\n${text}`, 'base64url');
