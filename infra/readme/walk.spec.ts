import { describe, expect, it } from '@jest/globals';
import { missing, stepsOf } from './walk.mjs';

describe('walking the README', () => {
  it('takes the blocks of the one section, each with the lines it has to print', () => {
    const readme =
      '# W\n\n## Start\n\n```bash\nnpm ci\n```\n\n## Follow one case\n\n```bash\na\n```\n\n```text\none\n…\ntwo\n```\n\n```bash\nb\n```\n\n## Else\n\n```bash\nc\n```\n';
    expect(stepsOf(readme)).toEqual([
      { run: 'a\n', expected: ['one', 'two'] },
      { run: 'b\n', expected: [] },
    ]);
  });

  it('finds the lines in order, with … for anything', () => {
    expect(missing('x\n{"id":"17","status":422}\nend\n', ['"id":"…","status":422', 'end'])).toEqual([]);
  });

  it('says what is lacking, or out of order', () => {
    expect(missing('two\none\n', ['one', 'two'])).toEqual(['two']);
    expect(missing('status 200', ['status 422'])).toEqual(['status 422']);
  });
});
