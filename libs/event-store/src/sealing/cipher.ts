import type { DataKey } from '@waymark/keys';
import { decipherAes } from './aes-256-gcm.js';
import { chacha20Poly1305, nonceBytes, tagBytes } from './chacha20-poly1305.js';
import type { RandomPool } from './random-pool.js';
import { Room } from './room.js';

/** How a value was sealed, by its number in IANA's registry of COSE algorithms. Stored with the value; none stands for AES-256-GCM, which came first. */
export const ALGORITHM = 24;
const cipher = chacha20Poly1305();
/** The library that seals here. Sealing by `node:crypto` takes several times as long, with the same result. */
export const sealedBy = cipher.by;

/** What a sealed value is bound to, so that it cannot be moved to another event or passed off as another subject's. */
export interface Binding {
  readonly eventId: string;
  readonly type: string;
  readonly subject: string;
}
const bytesOf = ({ eventId, type, subject }: Binding): Uint8Array => bindings.lines(eventId, type, subject);

// Kept for the next: buffers made anew for each value would take a good part of the time of sealing. What is sealed never stays in one.
const bindings = new Room(512);
const texts = new Room(16_384);
const nonce = new Uint8Array(nonceBytes);

/** ChaCha20-Poly1305 as base64 of nonce | ciphertext | tag. */
export const seal = (key: DataKey, pool: RandomPool, bound: Binding, text: string): string => {
  // UTF-8 takes at most three bytes for each UTF-16 unit.
  const room = texts.of(nonceBytes + text.length * 3 + tagBytes);
  pool.fill(nonce);
  room.set(nonce, 0);
  const end = nonceBytes + room.write(text, nonceBytes) + tagBytes;
  cipher.encipher(room.subarray(nonceBytes, end), key.bytes, nonce, bytesOf(bound));
  return room.toString('base64', 0, end);
};

/**
 * @param algorithm what stands beside the sealed text
 * @throws Error when the text was altered, or sealed under another key, for another event or in a way that is not known here
 */
export const unseal = (key: DataKey, bound: Binding, sealed: string, algorithm: number | undefined): string => {
  if (algorithm !== undefined && algorithm !== ALGORITHM)
    throw new Error(`it is sealed by COSE's algorithm ${String(algorithm)}, which is not known here`);
  const room = texts.of(sealed.length);
  const end = room.write(sealed, 'base64');
  if (end < nonceBytes + tagBytes) throw new Error('the sealed text is cut short');
  return algorithm === undefined ? decipherAes(key, bytesOf(bound), room.subarray(0, end)) : decipher(key, bound, room, end);
};

const decipher = (key: DataKey, bound: Binding, room: Buffer, end: number): string => {
  nonce.set(room.subarray(0, nonceBytes));
  cipher.decipher(room.subarray(nonceBytes, end), key.bytes, nonce, bytesOf(bound));
  const text = room.toString('utf8', nonceBytes, end - tagBytes);
  room.fill(0, nonceBytes, end);
  return text;
};
