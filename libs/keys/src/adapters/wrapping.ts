import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';
import { DESTROYED, type DataKey, type Destroyed, type RandomBytes, type SubjectId } from '../key-store.js';

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

/** A data key as it is kept, or that a subject's keys were destroyed, which is as well guarded: nobody erases anybody by altering a byte. */
export interface WrappedKey {
  readonly subject: SubjectId;
  /** Of the data key; 0 says that all were destroyed. */
  readonly generation: number;
  /** Which generation of the master key wraps it. */
  readonly master: number;
  readonly wrapped: Uint8Array;
}

/** The generations of the master key that are at hand. */
export type Masters = ReadonlyMap<number, KeyObject>;

const nameOf = (subject: SubjectId, generation: number): string => JSON.stringify(['data key', subject, generation]);
const ofDestroyed = 0;
const nothing = new Uint8Array(0);

const secretUnder = (masters: Masters, { subject, generation, master, wrapped }: WrappedKey): Buffer | undefined => {
  const key = masters.get(master);
  return key && unwrap(key, nameOf(subject, generation), wrapped);
};

export interface Wrapper {
  readonly masters: Masters;
  /** The generation that wraps. */
  readonly newest: number;
  readonly random: RandomBytes;
}

const wrapped = ({ masters, newest, random }: Wrapper, subject: SubjectId, generation: number, secret: Uint8Array): WrappedKey => {
  const master = masters.get(newest);
  if (!master) throw new TypeError(`generation ${newest} of the master key is not at hand`);
  return { subject, generation, master: newest, wrapped: wrap(master, random, nameOf(subject, generation), secret) };
};

export const wrapKey = (by: Wrapper, { subject, generation, bytes }: DataKey): WrappedKey => wrapped(by, subject, generation, bytes);
export const wrapDestroyed = (by: Wrapper, subject: SubjectId): WrappedKey => wrapped(by, subject, ofDestroyed, nothing);

/** The same under the newest master key; undefined when it is damaged. */
export const wrapAnew = (by: Wrapper, key: WrappedKey): WrappedKey | undefined => {
  const secret = secretUnder(by.masters, key);
  return secret && wrapped(by, key.subject, key.generation, secret);
};

/** Undefined when it is damaged, or its master key is not at hand. */
export const openKey = (masters: Masters, key: WrappedKey): DataKey | Destroyed | undefined => {
  const bytes = secretUnder(masters, key);
  const { subject, generation } = key;
  if (generation === ofDestroyed) return bytes?.length === 0 ? DESTROYED : undefined;
  return bytes?.length === 32 ? { subject, generation, bytes } : undefined;
};
