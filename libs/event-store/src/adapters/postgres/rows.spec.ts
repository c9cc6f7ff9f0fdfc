import { describe, expect, it } from '@jest/globals';
import { event } from '../../conformance/samples.js';
import { contextText } from './rows.js';

describe('the context of an event', () => {
  const sample = event();
  const { actor, purpose, policy } = sample;
  const others = [
    ...['user', 'role', 'organisation'].map((field) => ({ ...sample, actor: { ...actor, [field]: 'other' } })),
    ...['pack', 'version'].map((field) => ({ ...sample, policy: { ...policy, [field]: 'other' } })),
    { ...sample, purpose: 'audit' as const },
  ];

  it('is kept in the order in which it has always been kept, whatever else the event holds', () => {
    expect(contextText(sample)).toBe(JSON.stringify({ actor, purpose, policy }));
  });

  it.each(others)('is never that of the event before', (other) => {
    expect(contextText(sample)).not.toBe(contextText(other));
    expect(JSON.parse(contextText(other))).toEqual({ actor: other.actor, purpose: other.purpose, policy: other.policy });
  });
});
