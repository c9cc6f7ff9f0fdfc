import { createCipheriv, createDecipheriv } from 'node:crypto';
import { createRequire } from 'node:module';

export const nonceBytes = 12;
export const tagBytes = 16;

/** ChaCha20-Poly1305 as RFC 8439 has it, with a key of 32 bytes, a nonce of 12 and a tag of 16. Every library gives the same bytes. */
export interface ChaCha20Poly1305 {
  readonly by: 'libsodium' | 'node:crypto';
  /** Enciphers bytes where they stand, all but the last 16, which become the tag. */
  encipher(bytes: Uint8Array, key: Uint8Array, nonce: Uint8Array, bound: Uint8Array): void;
  /**
   * Deciphers bytes where they stand, all but the last 16, which are the tag.
   * @throws Error when they, or what they are bound to, were altered, or the key is another
   */
  decipher(bytes: Uint8Array, key: Uint8Array, nonce: Uint8Array, bound: Uint8Array): void;
  /** Fills a target with the keystream of ChaCha20 under a key, with a nonce of zeros and from block 0. */
  keystream(target: Uint8Array, key: Uint8Array): void;
}

/** The functions of the package `sodium-native` that are used here; it has no types of its own. Both work in place. */
interface Sodium {
  crypto_aead_chacha20poly1305_ietf_encrypt(
    c: Uint8Array,
    m: Uint8Array,
    ad: Uint8Array,
    nsec: null,
    npub: Uint8Array,
    k: Uint8Array,
  ): void;
  crypto_aead_chacha20poly1305_ietf_decrypt(
    m: Uint8Array,
    nsec: null,
    c: Uint8Array,
    ad: Uint8Array,
    npub: Uint8Array,
    k: Uint8Array,
  ): void;
  crypto_stream_chacha20_ietf(c: Uint8Array, n: Uint8Array, k: Uint8Array): void;
}

const noNonce = new Uint8Array(nonceBytes);

/** @throws Error where the library has no build for this platform, as on musl */
export const libsodium = (): ChaCha20Poly1305 => {
  const sodium = createRequire(import.meta.url)('sodium-native') as Sodium;
  return {
    by: 'libsodium',
    encipher: (bytes, key, nonce, bound) => {
      sodium.crypto_aead_chacha20poly1305_ietf_encrypt(bytes, textOf(bytes), bound, null, nonce, key);
    },
    decipher: (bytes, key, nonce, bound) => {
      sodium.crypto_aead_chacha20poly1305_ietf_decrypt(textOf(bytes), null, bytes, bound, nonce, key);
    },
    keystream: (target, key) => {
      sodium.crypto_stream_chacha20_ietf(target, noNonce, key);
    },
  };
};

const textOf = (bytes: Uint8Array): Uint8Array => bytes.subarray(0, bytes.length - tagBytes);

const named = 'chacha20-poly1305';

export const nodeCrypto = (): ChaCha20Poly1305 => ({
  by: 'node:crypto',
  encipher: (bytes, key, nonce, bound) => {
    const end = bytes.length - tagBytes;
    const cipher = createCipheriv(named, key, nonce, { authTagLength: tagBytes });
    cipher.setAAD(bound, { plaintextLength: end });
    bytes.set(cipher.update(textOf(bytes)), 0);
    cipher.final();
    bytes.set(cipher.getAuthTag(), end);
  },
  decipher: (bytes, key, nonce, bound) => {
    const end = bytes.length - tagBytes;
    const decipher = createDecipheriv(named, key, nonce, { authTagLength: tagBytes });
    decipher.setAAD(bound, { plaintextLength: end });
    decipher.setAuthTag(bytes.subarray(end));
    const text = decipher.update(textOf(bytes));
    decipher.final();
    bytes.set(text, 0);
  },
  keystream: (target, key) => {
    // Its initialisation vector has the number of the block before the nonce.
    target.set(createCipheriv('chacha20', key, new Uint8Array(16)).update(new Uint8Array(target.length)), 0);
  },
});

/** libsodium, because it works in place: `node:crypto` makes a cipher and three buffers for each value, which takes longer than enciphering (docs/adr/0009). */
export const chacha20Poly1305 = (preferred: () => ChaCha20Poly1305 = libsodium): ChaCha20Poly1305 => {
  try {
    return preferred();
  } catch {
    return nodeCrypto();
  }
};
