import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { RuleId } from '@waymark/kernel';
import { rules } from '@waymark/policy';
import { rulesInRefusals, rulesInTestNames } from './named-rules.js';

const sources = globSync(['libs/**/src/**/*.ts', 'services/**/src/**/*.ts'], { exclude: ['**/node_modules', '**/dist'] });
const isSpec = (file: string): boolean => file.endsWith('.spec.ts');
const read = (file: string): string => readFileSync(file, 'utf8');

/** Each file with the ids that it names. */
const naming = (files: readonly string[], namedBy: (text: string) => readonly string[]) =>
  files.flatMap((file) => namedBy(read(file)).map((id) => ({ file, id: id as RuleId })));

const tested = naming(sources.filter(isSpec), rulesInTestNames);
const refusedUnder = naming(
  sources.filter((file) => !isSpec(file) && !file.endsWith('.fixture.ts') && !file.startsWith('libs/testing/')),
  rulesInRefusals,
);

describe('Every rule that a test or a refusal names', () => {
  it('exists, where a test names it', () => {
    expect(tested.filter(({ id }) => !rules[id])).toEqual([]);
  });

  it('exists and is no soft one, where a command is refused under it', () => {
    const mayRefuse = ['hard', 'fact']; // a value that is not on a published list is refused under the list's id
    expect(refusedUnder.filter(({ id }) => !mayRefuse.includes(rules[id]?.strength ?? ''))).toEqual([]);
  });

  it('is shown by a test that bears its id, where a command is refused under it', () => {
    const shown = new Set(tested.map(({ id }) => id));
    expect(refusedUnder.filter(({ id }) => !shown.has(id))).toEqual([]);
  });
});

describe('The reading of names', () => {
  it('finds the ids of tests, of tables of tests and of groups', () => {
    const spec = [
      "it('CON-09 one parent is enough', () => {});",
      "it.each([['a'], ['b']])('TS-02 the day is included', () => {});",
      'describe(`EHA-03, EHA-07 one assessment`, () => {});',
      "it('speaks of SHA-256 and UTF-8', () => {}); // CON-01",
    ].join('\n');
    expect(rulesInTestNames(spec)).toEqual(['CON-09', 'TS-02', 'EHA-03', 'EHA-07']);
  });

  it('finds an id that does not exist', () => {
    const [invented] = rulesInTestNames("it('CON-99 is no rule', () => {});");
    expect(invented).toBe('CON-99');
    expect(rules[invented as RuleId]).toBeUndefined();
  });

  it('finds the ids that commands are refused under', () => {
    expect(rulesInRefusals("if (!given) return refuse('CON-01', 'no');\nreturn refuse(\n  'FD-02',\n  'why');")).toEqual([
      'CON-01',
      'FD-02',
    ]);
  });
});
