import { describe, expect, it } from '@jest/globals';
import { exampleOf, type AnyContract } from '@waymark/kernel';
import { planningContracts } from './contracts.js';

const named = planningContracts.map((contract) => [contract.type, contract as AnyContract] as const);

describe.each(named)('%s', (type, contract) => {
  const example = exampleOf(contract as never, { text: () => 'Free text of a person' }) as object;

  it('carries the case, which is the key of the bus, and goes out on the topic of planning', () => {
    expect(Object.keys(contract.schema.shape)).toContain('caseId');
    expect(contract.topic).toBe('earlyhelp.planning.events.v1');
    expect(type).toMatch(/^earlyhelp\.planning\.[a-z-]+\.v[12]$/);
  });

  it('holds ids, codes and dates only, and is read by its schema', () => {
    expect(JSON.stringify(example)).not.toContain('Free text');
    expect(contract.schema.safeParse(example).success).toBe(true);
  });

  it('bears fields that a later version adds, and misses those it needs', () => {
    expect(contract.schema.safeParse({ ...example, laterField: 1 }).success).toBe(true);
    expect(contract.schema.safeParse({ ...example, episodeId: undefined }).success).toBe(false);
  });
});
