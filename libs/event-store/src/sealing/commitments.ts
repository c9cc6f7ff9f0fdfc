import { hash } from 'node:crypto';
import { Room } from './room.js';

/**
 * A commitment to one value of an event: SHA-256(salt | path | line feed | value), in base64.
 * - salt: 32 bytes, HMAC-SHA-256(seed, path). The seed, 32 random bytes, is under seal with the values, so that nobody can try short values.
 * - path: UTF-8, steps with "/" between. It holds no line feed.
 * - value: its canonical JSON (RFC 8785) in UTF-8.
 * The salt's length is fixed and the path ends at the first line feed, so no two values of salt, path and value come to the same bytes.
 */
export const seedBytes = 32;
export const saltBytes = 32;

/** Whether a text can be a path: of one line, and with nothing in it that has no UTF-8. */
export const isPath = (text: string): boolean => !/[\n\p{Surrogate}]/u.test(text);

const blockBytes = 64;
const [innerPad, outerPad] = [0x36, 0x5c];
const lineFeed = 10;

// Kept for the next, as the cipher's are. No seed, salt or value stays in one.
const inner = Buffer.alloc(blockBytes + 448);
const outer = Buffer.alloc(blockBytes + 32);
const messages = new Room(16_384);

/** Commitments to values, given by their canonical texts, in the order of their paths. */
export const commitmentsTo = (seed: Uint8Array, paths: readonly string[], texts: readonly string[]): string[] =>
  withPads(seed, () => paths.map((path, index) => commitmentTo(saltAt(path), path, texts[index]!)));

/** The salt of the value at a path, as Latin-1 ("binary"). */
export const saltOf = (seed: Uint8Array, path: string): string => withPads(seed, () => saltAt(path));

/** The seed as HMAC has it before each of its two hashes, once for all values of an entry. */
const withPads = <T>(seed: Uint8Array, work: () => T): T => {
  inner.fill(innerPad, 0, blockBytes);
  outer.fill(outerPad, 0, blockBytes);
  for (let index = 0; index < seed.length; index += 1) {
    inner[index] = seed[index]! ^ innerPad;
    outer[index] = seed[index]! ^ outerPad;
  }
  const made = work();
  inner.fill(0, 0, blockBytes);
  outer.fill(0);
  return made;
};

/** HMAC-SHA-256 by two hashes at once, because a `Hmac` takes longer to make than both. */
const saltAt = (path: string): string => {
  const fits = blockBytes + path.length * 3 <= inner.length;
  const keyed = fits
    ? inner.subarray(0, blockBytes + inner.write(path, blockBytes))
    : Buffer.concat([inner.subarray(0, blockBytes), Buffer.from(path)]);
  outer.write(hash('sha256', keyed, 'binary'), blockBytes, 'binary');
  return hash('sha256', outer, 'binary');
};

/** @param salt as Latin-1 ("binary") */
export const commitmentTo = (salt: string, path: string, text: string): string => {
  const message = messages.of(saltBytes + (path.length + text.length) * 3 + 1);
  message.write(salt, 'binary');
  let end = saltBytes + message.write(path, saltBytes);
  message[end++] = lineFeed;
  end += message.write(text, end);
  const commitment = hash('sha256', message.subarray(0, end), 'base64');
  message.fill(0, 0, end);
  return commitment;
};
