import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { jsonSchemaOf, type AnyContract } from '@waymark/kernel';

/**
 * One test per contract: the JSON Schema that was published is there, and the contract is still what it says. A new version's file is written with
 * `WAYMARK_WRITE_GOLDEN=1`; a file that is there is never written again. A file whose contract is not declared any more fails.
 * @param folder absolute path of the schemas
 */
export const publishedSchemasStand = (folder: string, contracts: readonly AnyContract[]): void => {
  if (process.env['WAYMARK_WRITE_GOLDEN']) writeMissing(folder, contracts);
  it.each(contracts.map((contract) => [String(contract.type), contract] as const))('%s is what it was published as', (type, contract) => {
    const file = join(folder, `${type}.json`);
    if (!existsSync(file))
      throw new Error(`${type} has no published schema yet: run its specs with WAYMARK_WRITE_GOLDEN=1, once it is as it shall stay`);
    expect(differences(JSON.parse(readFileSync(file, 'utf8')), contract)).toEqual([]);
  });
  const declared = new Set(contracts.map(({ type }) => `${String(type)}.json`));
  it('no contract that was published is gone', () => {
    expect(existsSync(folder) ? readdirSync(folder).filter((file) => !declared.has(file)) : []).toEqual([]);
  });
};

/** Where a contract says another thing than was published, each with what to do. */
export const differences = (published: unknown, contract: AnyContract): readonly string[] =>
  placesApart(published, jsonSchemaOf(contract), '').map(
    (place) => `${String(contract.type)} was published with another ${place}: leave it as it was, and publish a new version beside it`,
  );

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

const placesApart = (before: unknown, now: unknown, place: string): readonly string[] => {
  if (!isObject(before) || !isObject(now)) return Object.is(before, now) ? [] : [place];
  if (Array.isArray(before) !== Array.isArray(now)) return [place];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  return keys.flatMap((key) => {
    const at = place === '' ? key : `${place}.${key}`;
    return key in before && key in now ? placesApart(before[key], now[key], at) : [at];
  });
};

const writeMissing = (folder: string, contracts: readonly AnyContract[]): void => {
  mkdirSync(folder, { recursive: true });
  for (const contract of contracts) {
    const file = join(folder, `${String(contract.type)}.json`);
    if (!existsSync(file)) writeFileSync(file, `${JSON.stringify(jsonSchemaOf(contract), null, 2)}\n`);
  }
};
