import { describe, expect, it } from '@jest/globals';
import { missing, stepsOf } from './walk.mjs';

describe('walking the documentation', () => {
  const page =
    '# W\n\n## Start\n\n```bash\nnpm ci\n```\n\n## Follow one case\n\n```bash\na\n```\n\n```text\none\n…\ntwo\n```\n\n```bash\nb\n```\n\n```sh\nnot run\n```\n\n## Else\n\n```bash\nc\n```\n';

  it('takes the blocks of one section, each with the lines it has to print', () => {
    expect(stepsOf(page, 'Follow one case')).toEqual([
      { run: 'a\n', expected: ['one', 'two'] },
      { run: 'b\n', expected: [] },
    ]);
  });

  it('takes all blocks of a page', () => {
    expect(stepsOf(page, undefined).map(({ run }: { run: string }) => run)).toEqual(['npm ci\n', 'a\n', 'b\n', 'c\n']);
  });

  it('refuses a section that is not there, and a page without commands', () => {
    expect(() => stepsOf(page, 'Follow')).toThrow('no section "Follow"');
    expect(() => stepsOf('# W\n\n```sh\nnpm ci\n```\n', undefined)).toThrow('no commands');
  });

  it('finds the lines in order, with … for anything', () => {
    expect(missing('x\n{"id":"17","status":422}\nend\n', ['"id":"…","status":422', 'end'])).toEqual([]);
  });

  it('says what is lacking, or out of order', () => {
    expect(missing('two\none\n', ['one', 'two'])).toEqual(['two']);
    expect(missing('status 200', ['status 422'])).toEqual(['status 422']);
  });
});
