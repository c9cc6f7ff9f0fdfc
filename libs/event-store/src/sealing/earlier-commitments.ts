import { createHash, createHmac } from 'node:crypto';

/**
 * Commitments as they were written on 30 November 2026, read for good and no longer written: SHA-256 over the bytes salt | path | line feed | value, in base64
 * with its padding, which tells them from later ones. The salt is HMAC-SHA-256(seed, path), and is disclosed in base64.
 */
const saltBytes = 32;

export const isEarlier = (commitment: string): boolean => commitment.endsWith('=');

export const earlierSaltOf = (seed: Uint8Array, path: string): string => keyed(seed, path).toString('base64');

export const earlierCommitmentsTo = (seed: Uint8Array, paths: readonly string[], texts: readonly string[]): string[] =>
  paths.map((path, place) => commitment(keyed(seed, path), path, texts[place]!));

/** Undefined for a text that is no such salt. */
export const earlierCommitmentTo = (salt: string, path: string, text: string): string | undefined => {
  const bytes = Buffer.from(salt, 'base64');
  return bytes.length === saltBytes && bytes.toString('base64') === salt ? commitment(bytes, path, text) : undefined;
};

const keyed = (seed: Uint8Array, path: string): Buffer => createHmac('sha256', seed).update(path).digest();

const commitment = (salt: Uint8Array, path: string, text: string): string =>
  createHash('sha256').update(salt).update(`${path}\n${text}`).digest('base64');
