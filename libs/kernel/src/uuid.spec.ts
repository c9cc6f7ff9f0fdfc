import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Uuid } from './ids.js';
import { isUuid } from './uuid.js';

const plain = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
/** An identifier with one character changed, or none. */
const nearly = fc
  .tuple(fc.uuid(), fc.nat({ max: 36 }), fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }))
  .map(([id, at, other]) => id.slice(0, at) + other + id.slice(at + 1));

describe('a UUID at a look', () => {
  it('is what its pattern says, and then what the schema of identifiers lets pass', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uuid(), nearly, fc.string(), fc.anything()), (value) => {
        expect(isUuid(value)).toBe(typeof value === 'string' && plain.test(value));
        if (isUuid(value)) expect(Uuid.safeParse(value).success).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });

  it.each(['00000000-0000-0000-0000-000000000000', '0190A0E2-7f7c-7c1c-8e5d-0e5b439a553f', '0190a0e2-7f7c-9c1c-8e5d-0e5b439a553f', ''])(
    'is not %p',
    (value) => {
      expect(isUuid(value)).toBe(false);
    },
  );
});
