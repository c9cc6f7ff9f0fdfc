import { expect, it } from '@jest/globals';
import type { Recorded } from '@waymark/event-store';
import { defineEvent, handle, LongText, sealed } from '@waymark/kernel';
import { whyOf } from './words.js';

const told = (data: object) => ({ data }) as Recorded;
const ofTheCase = { of: 'caseId' };

it('why something was done is what somebody wrote; a code under seal is not taken for it', () => {
  const coded = defineEvent('test.Coded.v1', { reason: sealed(handle(), ofTheCase), story: sealed(LongText, ofTheCase) }, () => 'It was.');
  const written = defineEvent('test.Written.v1', { reason: sealed(LongText, ofTheCase) }, () => 'It was.');
  expect(whyOf(coded, told({ reason: 'moved-away', story: 'They moved.' }))).toBeNull();
  expect(whyOf(written, told({ reason: 'They moved away.' }))).toBe('They moved away.');
});
