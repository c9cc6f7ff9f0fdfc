import { createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto';
import type { DataKey } from '@waymark/keys';

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

/**
 * The text in iv | ciphertext | tag, as values were sealed before 26 November 2026. Nothing is sealed so any more.
 * @throws Error when it, or what it is bound to, was altered, or the key is another
 */
export const decipherAes = (key: DataKey, bound: Uint8Array, bytes: Uint8Array): string => {
  const end = bytes.length - tagBytes;
  const decipher = createDecipheriv('aes-256-gcm', secretOf(key), bytes.subarray(0, ivBytes), { authTagLength: tagBytes });
  decipher.setAAD(bound);
  decipher.setAuthTag(bytes.subarray(end));
  return decipher.update(bytes.subarray(ivBytes, end), undefined, 'utf8') + decipher.final('utf8');
};
