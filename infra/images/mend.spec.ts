import { describe, expect, it } from '@jest/globals';
import { mendedText } from './mend.mjs';

const edit = { file: 'query.go', from: 'case "$eq":', to: 'case "$in":\ncase "$eq":' };

describe('a place that is mended before a tool is built', () => {
  it('is changed where it stands once, and nothing else is', () => {
    expect(mendedText('switch {\ncase "$eq":\n}', edit)).toBe('switch {\ncase "$in":\ncase "$eq":\n}');
  });

  it.each([
    ['is not there any more', 'switch {}', '0 times'],
    ['stands twice', 'case "$eq":\ncase "$eq":', '2 times'],
  ])('is refused by name where it %s', (_, text, times) => {
    expect(() => mendedText(text, edit)).toThrow(`query.go is not as it was: what is to be mended there stands ${times}`);
  });
});
