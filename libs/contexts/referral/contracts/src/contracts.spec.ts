import { describe, expect, it } from '@jest/globals';
import { CaseId, defineContract, exampleOf, sealed, Text, type AnyContract } from '@waymark/kernel';
import { referralContracts } from './contracts.js';

const named = referralContracts.map((contract) => [contract.type, contract as AnyContract] as const);

describe.each(named)('%s', (type, contract) => {
  it('carries the case, which is the key of the bus, and goes out on the topic of referral', () => {
    expect(Object.keys(contract.schema.shape)).toContain('caseId');
    expect(contract.topic).toBe('earlyhelp.referral.events.v1');
  });

  it('holds ids, codes and dates only, and is read by its schema', () => {
    const example = exampleOf(contract as never, { text: () => 'Free text of a person' });
    expect(JSON.stringify(example)).not.toContain('Free text');
    expect(contract.schema.safeParse(example).success).toBe(true);
    expect(type).toMatch(/^earlyhelp\.referral\.[a-z-]+\.v1$/);
  });

  it('bears fields that a later version adds, and misses those it needs', () => {
    const example = exampleOf(contract as never) as object;
    expect(contract.schema.safeParse({ ...example, laterField: 1 }).success).toBe(true);
    expect(contract.schema.safeParse({ ...example, caseId: undefined }).success).toBe(false);
  });
});

it('a name cannot be published', () => {
  expect(() => defineContract('earlyhelp.referral.too-much.v1', { caseId: CaseId, name: sealed(Text, { of: 'caseId' }) })).toThrow(/thin/);
});
