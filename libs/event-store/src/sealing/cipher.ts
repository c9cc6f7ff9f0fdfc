import type { DataKey } from '@waymark/keys';
import { decipherAes } from './aes-256-gcm.js';
import { chacha20Poly1305, nonceBytes, tagBytes } from './chacha20-poly1305.js';
import type { SealedEntry } from './entries.js';
import type { RandomPool } from './random-pool.js';
import { Room } from './room.js';

/** How a value was sealed, by its number in IANA's registry of COSE algorithms. Stored with the value; none stands for AES-256-GCM, which came first. */
export const ALGORITHM = 24;
const cipher = chacha20Poly1305();
/** The library that seals here. Sealing by `node:crypto` takes several times as long, with the same result. */
export const sealedBy = cipher.by;

/** What a sealed value is bound to, so that it cannot be moved to another event or passed off as another subject's. */
export interface Binding {
  /** Left out in what was sealed until November 2026. */
  readonly stream: string | undefined;
  readonly eventId: string;
  readonly type: string;
  readonly subject: string;
}
const bytesOf = ({ stream, eventId, type, subject }: Binding): Uint8Array =>
  stream === undefined ? bindings.lines(eventId, type, subject) : bindings.lines(stream, eventId, type, subject);

/** What is sealed does not open. Says why in words, and nothing of what is in it. */
export class Unopenable extends Error {
  override readonly name = 'Unopenable';
}

// Kept for the next: buffers made anew for each value would take a good part of the time of sealing. What is sealed never stays in one.
const bindings = new Room(512);
const texts = new Room(16_384);
const nonce = new Uint8Array(nonceBytes);
const keystreams = new Room(1024);

/** The beginning of the keystream of ChaCha20 under a key that seals nothing; good until the next call. Whoever asked empties it. */
export const keystream = (key: Uint8Array, bytes: number): Buffer => {
  const target = keystreams.of(bytes).subarray(0, bytes);
  cipher.keystream(target, key);
  return target;
};

/** What is put under seal together. */
export interface Secret {
  readonly seed: Uint8Array;
  readonly text: string;
}

/** ChaCha20-Poly1305 of a seed and then a text, as base64 of nonce | ciphertext | tag. */
export const seal = (key: DataKey, pool: RandomPool, bound: Binding, { seed, text }: Secret): string => {
  const start = nonceBytes + seed.length;
  // UTF-8 takes at most three bytes for each UTF-16 unit.
  const room = texts.of(start + text.length * 3 + tagBytes);
  pool.fill(nonce);
  room.set(nonce, 0);
  room.set(seed, nonceBytes);
  const end = start + room.write(text, start) + tagBytes;
  cipher.encipher(room.subarray(nonceBytes, end), key.bytes, nonce, bytesOf(bound));
  return room.toString('base64', 0, end);
};

/**
 * The text under seal.
 * @param sealed the cipher and the sealed text, as an entry has them
 * @param seed takes the bytes before the text; none are before it when it is left out
 * @throws Unopenable when the text was altered, or sealed under another key, for another event or in a way that is not known here
 */
export const unseal = (key: DataKey, bound: Binding, { a, c }: Pick<SealedEntry, 'a' | 'c'>, seed: Uint8Array = none): string => {
  if (a !== undefined && a !== ALGORITHM) throw new Unopenable(`it is sealed by COSE's algorithm ${String(a)}, which is not known here`);
  const room = texts.of(c.length);
  const bytes = room.subarray(0, room.write(c, 'base64'));
  if (bytes.length < nonceBytes + seed.length + tagBytes) throw new Unopenable('the sealed text is cut short');
  try {
    return a === undefined ? decipherAes(key, bytesOf(bound), bytes) : decipher(key, bound, bytes, seed);
  } catch (cause) {
    throw new Unopenable('it was altered or moved, or it is sealed under another key', { cause });
  }
};

const none = new Uint8Array(0);

const decipher = (key: DataKey, bound: Binding, bytes: Buffer, seed: Uint8Array): string => {
  nonce.set(bytes.subarray(0, nonceBytes));
  cipher.decipher(bytes.subarray(nonceBytes), key.bytes, nonce, bytesOf(bound));
  const start = nonceBytes + seed.length;
  seed.set(bytes.subarray(nonceBytes, start));
  const text = bytes.toString('utf8', start, bytes.length - tagBytes);
  bytes.fill(0, nonceBytes);
  return text;
};
