import { describe, expect, it } from '@jest/globals';
import { PerKey } from './per-key.js';

describe('one for each key', () => {
  it('is made once, for the key that was asked for', () => {
    const made: string[] = [];
    const each = new PerKey((key) => ({ number: made.push(key) }));
    expect(each.of('a')).toBe(each.of('a'));
    expect(each.of('b')).not.toBe(each.of('a'));
    expect(made).toEqual(['a', 'b']);
  });
});
