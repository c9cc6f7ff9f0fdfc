import { createHash } from 'node:crypto';
import { KeysUnusable } from '../key-store.js';

const heading = 'waymark master key 1';

/** By which people tell a master key from another. It gives nothing of the key away. */
export const fingerprintOf = (bytes: Uint8Array): string =>
  createHash('sha256').update(`${heading}\n`).update(bytes).digest('hex').slice(0, 16);

/** A master key as it is kept in a file. */
export const masterKeyText = (bytes: Uint8Array): string =>
  `${heading}\n${Buffer.from(bytes).toString('base64')}\nfingerprint ${fingerprintOf(bytes)}\n`;

const base64Of32Bytes = /^[A-Za-z0-9+/]{43}=$/;

/** The whole text of a `master.key`; undefined for anything else. */
export const wholeMasterKey = (text: string): Buffer | undefined => {
  const [first, encoded, fingerprint] = text.split(/\r?\n/);
  const bytes = Buffer.from(encoded ?? '', 'base64');
  return first === heading && bytes.length === 32 && fingerprint === `fingerprint ${fingerprintOf(bytes)}` ? bytes : undefined;
};

/**
 * A master key that an operator hands in as a secret: the text of a `master.key`, or one line with the base64 of 32 random bytes, as
 * `openssl rand -base64 32` makes it.
 * @param from where the text comes from, for the message: a file's path, a variable's name
 * @throws KeysUnusable
 */
export const masterKeyFrom = (text: string, from: string): Uint8Array => {
  const line = text.trim();
  const bytes = base64Of32Bytes.test(line) ? Buffer.from(line, 'base64') : wholeMasterKey(text);
  if (!bytes)
    throw new KeysUnusable(
      `${from} holds no master key: want a master.key, or one line made by "openssl rand -base64 32". Nothing of it is shown here.`,
    );
  return bytes;
};
