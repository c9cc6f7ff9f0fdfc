import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { duplicateName } from './duplicate-names.js';

describe('A17 a name that is given twice', () => {
  it.each([
    ['{"a":1,"a":2}', ['a']],
    ['{"child":{"name":"x","name":"y"}}', ['child', 'name']],
    ['{"a":[{"b":1},{"b":1,"c":2,"b":3}]}', ['a', '', 'b']],
    ['{"a":1,"\\u0061":2}', ['a']],
    ['{"a\\"":1,"a\\"":2}', ['a"']],
    ['{"a\\\\":1, "b": {}, "a\\\\" : 2}', ['a\\']],
    ['{"x":"{\\"x\\":1}","x":1}', ['x']],
  ])('%s is found', (text, path) => {
    expect(duplicateName(text)).toEqual(path);
  });

  it.each(['{"a":{"a":{"a":1}},"b":{"a":1}}', '[{"a":1},{"a":1}]', '{"a":"a\\"a:","b":"a"}', '{"a":"\\\\","b":"\\\\"}', '"a"', '7'])(
    '%s has none',
    (text) => {
      expect(duplicateName(text)).toBeUndefined();
    },
  );

  it('is never found in what JSON.stringify wrote, and always when the first name is written once more', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), (value) => {
        const text = JSON.stringify(value);
        expect(duplicateName(text)).toBeUndefined();
        const [first] = Object.keys(value);
        expect(duplicateName(`${text.slice(0, -1)},${JSON.stringify(first)}:1}`)).toEqual([first]);
      }),
    );
  });
});
