import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';
import type { RandomBytes } from '../key-store.js';

const ivBytes = 12;
const tagBytes = 16;

/** AES-256-GCM as iv | ciphertext | tag. The name is bound to it, so that a wrapped key cannot be passed off as another subject's. */
export const wrap = (master: KeyObject, random: RandomBytes, name: string, secret: Uint8Array): Buffer => {
  const iv = random(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', master, iv);
  cipher.setAAD(Buffer.from(name));
  return Buffer.concat([iv, cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
};

/** The secret, or undefined when it was not wrapped by this master key under this name, or is damaged. */
export const unwrap = (master: KeyObject, name: string, wrapped: Uint8Array): Buffer | undefined => {
  if (wrapped.length < ivBytes + tagBytes) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', master, wrapped.subarray(0, ivBytes), { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(name));
  decipher.setAuthTag(wrapped.subarray(wrapped.length - tagBytes));
  try {
    return Buffer.concat([decipher.update(wrapped.subarray(ivBytes, wrapped.length - tagBytes)), decipher.final()]);
  } catch {
    return undefined;
  }
};
