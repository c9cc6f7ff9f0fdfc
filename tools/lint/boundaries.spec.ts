import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';

interface Result {
  readonly file: string;
  readonly refusedBy: readonly string[];
  readonly reported: readonly string[];
}

const files = readdirSync('tools/lint/fixtures');
const broken = files.filter((file) => !file.startsWith('clean-'));
const clean = files.filter((file) => file.startsWith('clean-'));

describe('The rules of the workspace', () => {
  let results: ReadonlyMap<string, Result>;

  beforeAll(async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ['tools/lint/lint-fixtures.mjs']);
    results = new Map((JSON.parse(stdout) as Result[]).map((result) => [result.file, result]));
    // It reads the types of the whole workspace, which a busy machine takes its time for.
  }, 300_000);

  it.each(broken)('refuse %s, by the rules that it names', (file) => {
    expect(results.get(file)?.refusedBy).not.toHaveLength(0);
    expect(results.get(file)?.reported).toEqual(results.get(file)?.refusedBy);
  });

  it.each(clean)('let %s pass', (file) => {
    expect(results.get(file)?.reported).toEqual([]);
  });
});
