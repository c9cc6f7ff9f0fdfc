import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto';
import type { DataKey } from '@waymark/keys';
import type { RandomPool } from './random-pool.js';
import { Room } from './room.js';

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

/** A cipher set up from a key object takes a tenth of the time that it takes from bytes. */
const secrets = new WeakMap<DataKey, KeyObject>();
const secretOf = (key: DataKey): KeyObject => {
  const known = secrets.get(key);
  if (known) return known;
  const secret = createSecretKey(key.bytes);
  secrets.set(key, secret);
  return secret;
};

/** What a sealed value is bound to, so that it cannot be moved to another event or passed off as another subject's. */
export interface Binding {
  readonly eventId: string;
  readonly type: string;
  readonly subject: string;
}
const bytesOf = ({ eventId, type, subject }: Binding): Uint8Array => bindings.lines(eventId, type, subject);

// Kept for the next: buffers made anew for each value would take a twelfth of the time of sealing. None ever holds what is sealed.
const bindings = new Room(512);
const sealedTexts = new Room(4096);
const iv = new Uint8Array(ivBytes);

/** AES-256-GCM as base64 of iv | ciphertext | tag. */
export const seal = (key: DataKey, pool: RandomPool, bound: Binding, text: string): string => {
  pool.fill(iv);
  const cipher = createCipheriv(algorithm, secretOf(key), iv);
  cipher.setAAD(bytesOf(bound));
  const body = cipher.update(text, 'utf8');
  cipher.final();
  const end = ivBytes + body.length;
  const sealed = sealedTexts.of(end + tagBytes);
  sealed.set(iv, 0);
  sealed.set(body, ivBytes);
  sealed.set(cipher.getAuthTag(), end);
  return sealed.toString('base64', 0, end + tagBytes);
};

/** @throws Error when the text was altered, or sealed under another key or for another event */
export const unseal = (key: DataKey, bound: Binding, sealed: string): string => {
  const bytes = Buffer.from(sealed, 'base64');
  const end = bytes.length - tagBytes;
  if (end < ivBytes) throw new Error('the sealed text is cut short');
  const decipher = createDecipheriv(algorithm, secretOf(key), bytes.subarray(0, ivBytes), { authTagLength: tagBytes });
  decipher.setAAD(bytesOf(bound));
  decipher.setAuthTag(bytes.subarray(end));
  return decipher.update(bytes.subarray(ivBytes, end), undefined, 'utf8') + decipher.final('utf8');
};
