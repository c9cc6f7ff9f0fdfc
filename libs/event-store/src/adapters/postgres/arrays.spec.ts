import { describe, expect, it } from '@jest/globals';
import { intArray, textArray, uuidArray } from './arrays.js';

/** What PostgreSQL reads: dimensions, whether there are nulls, the type's oid, the length and lower bound of the dimension; then each element with its length. */
const arrayOf = (oid: number, ...elements: readonly (string | null)[]) => {
  const word = (value: number) => (value >>> 0).toString(16).padStart(8, '0');
  const hasNulls = elements.includes(null) ? 1 : 0;
  const written = elements.map((hex) => (hex === null ? word(-1) : word(hex.length / 2) + hex));
  return [1, hasNulls, oid, elements.length, 1].map(word).join('') + written.join('');
};
const id = 'c9e8a1f0-0123-4567-89ab-cdef01234567';

describe("an array in PostgreSQL's binary form", () => {
  it('of numbers', () => expect(intArray([1, -2]).toString('hex')).toBe(arrayOf(23, '00000001', 'fffffffe')));

  it('of texts, in UTF-8', () => expect(textArray(['', 'Zoë']).toString('hex')).toBe(arrayOf(25, '', '5a6fc3ab')));

  it('of UUIDs, with and without nulls', () => {
    const hex = id.replaceAll('-', '');
    expect(uuidArray([id, id.toUpperCase()]).toString('hex')).toBe(arrayOf(2950, hex, hex));
    expect(uuidArray([null, id]).toString('hex')).toBe(arrayOf(2950, null, hex));
  });

  it.each(['', id.slice(1), `${id}0`, id.replace('c', 'g'), id.replace('c', '\u0130'), id.replace('e8', '\u00e8\u00e8')])(
    'of what is no UUID is refused: "%s"',
    (wrong) => {
      uuidArray([id]);
      expect(() => uuidArray([wrong])).toThrow(RangeError);
    },
  );
});
