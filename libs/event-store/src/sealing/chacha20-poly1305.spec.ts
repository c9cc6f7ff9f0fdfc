import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { chacha20Poly1305, libsodium, nodeCrypto, nonceBytes, tagBytes } from './chacha20-poly1305.js';

/** RFC 8439, section 2.8.2. */
const vector = {
  text: Buffer.from("Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it."),
  bound: Buffer.from('50515253c0c1c2c3c4c5c6c7', 'hex'),
  key: Buffer.from('808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f', 'hex'),
  nonce: Buffer.from('070000004041424344454647', 'hex'),
  sealed:
    'd31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69da92728b1a71de0a9e060b2905d6a5b67ecd3b3692ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc3ff4def08e4b7a9de576d26586cec64b61161ae10b594f09e26a7e902ecbd0600691',
};
const withRoomForTag = (text: Uint8Array) => Buffer.concat([text, Buffer.alloc(tagBytes)]);

describe.each([
  ['libsodium', libsodium],
  ['node:crypto', nodeCrypto],
])('ChaCha20-Poly1305 of %s', (by, open) => {
  const cipher = open();

  it('gives the bytes of the standard, and takes them back', () => {
    expect(cipher.by).toBe(by);
    const bytes = withRoomForTag(vector.text);
    cipher.encipher(bytes, vector.key, vector.nonce, vector.bound);
    expect(bytes.toString('hex')).toBe(vector.sealed);
    cipher.decipher(bytes, vector.key, vector.nonce, vector.bound);
    expect(bytes.subarray(0, -tagBytes).toString()).toBe(vector.text.toString());
  });

  it.each<[string, (parts: { bytes: Buffer; key: Buffer; nonce: Buffer; bound: Buffer }) => Buffer]>([
    ['a byte of the text', ({ bytes }) => bytes],
    ['a byte of the tag', ({ bytes }) => bytes.subarray(-tagBytes)],
    ['the key', ({ key }) => key],
    ['the nonce', ({ nonce }) => nonce],
    ['what it is bound to', ({ bound }) => bound],
  ])('refuses what was altered: %s', (_, part) => {
    const parts = {
      bytes: withRoomForTag(vector.text),
      key: Buffer.from(vector.key),
      nonce: Buffer.from(vector.nonce),
      bound: Buffer.from(vector.bound),
    };
    cipher.encipher(parts.bytes, parts.key, parts.nonce, parts.bound);
    part(parts)[0]! ^= 1;
    expect(() => cipher.decipher(parts.bytes, parts.key, parts.nonce, parts.bound)).toThrow();
  });

  it.each([0, 1, 15, 16, 17, 63, 64, 65, 1000, 100_000])('reads what the other library sealed, of %d bytes', (length) => {
    const other = by === 'libsodium' ? nodeCrypto() : libsodium();
    const [text, key, nonce, bound] = [randomBytes(length), randomBytes(32), randomBytes(nonceBytes), randomBytes(length % 90)];
    const bytes = withRoomForTag(text);
    other.encipher(bytes, key, nonce, bound);
    cipher.decipher(bytes, key, nonce, bound);
    expect(bytes.subarray(0, length).equals(text)).toBe(true);
  });

  // RFC 8439, appendix A.1, vectors 1 and 2: the key is zeros.
  it('gives the keystream of the standard', () => {
    const target = Buffer.alloc(128);
    cipher.keystream(target, Buffer.alloc(32));
    expect(target.toString('hex')).toBe(
      '76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7da41597c5157488d7724e03fb8d84a376a43b8f41518a11cc387b669b2ee6586' +
        '9f07e7be5551387a98ba977c732d080dcb0f29a048e3656912c6533e32ee7aed29b721769ce64e43d57133b074d839d531ed1f28510afb45ace10a1f4b794d6f',
    );
  });

  it.each([0, 1, 63, 64, 65, 10_000])('gives a keystream of %d bytes, as the other library does', (length) => {
    const [mine, its, key] = [Buffer.alloc(length), Buffer.alloc(length, 1), randomBytes(32)];
    cipher.keystream(mine, key);
    (by === 'libsodium' ? nodeCrypto() : libsodium()).keystream(its, key);
    expect(mine.equals(its)).toBe(true);
  });
});

it('is libsodium where it has a build for the platform', () => {
  expect(chacha20Poly1305().by).toBe('libsodium');
});

it('is that of Node where libsodium has none', () => {
  const without = () => {
    throw new Error("Cannot find addon '.'");
  };
  expect(chacha20Poly1305(without).by).toBe('node:crypto');
});
