import { describe, expect, it } from '@jest/globals';
import type { Recorded } from '@waymark/event-store';
import { exampleOf, type AnyEventDefinition } from '@waymark/kernel';
import {
  RequestReturned,
  RequestSubmitted,
  RequestTriaged,
  RequestWithdrawn,
  targetedSupportEvents,
} from '@waymark/targeted-support-domain';
import { idOf } from '@waymark/testing';
import { publish } from '../src/publish.js';

const recorded = (definition: AnyEventDefinition) =>
  ({
    type: definition.type,
    data: exampleOf(definition, { text: () => 'Free text of a person' }),
    caseId: idOf('case'),
  }) as unknown as Recorded;

const told = (definition: AnyEventDefinition) => {
  const [message, ...others] = publish(recorded(definition));
  expect(others).toEqual([]);
  if (!message) return undefined;
  const { contract, data } = message;
  expect(JSON.stringify(contract.schema.parse(data))).not.toContain('Free text');
  return contract.type as string;
};

describe('what others learn of targeted support', () => {
  it.each([
    // B3: version 2 is without the kinds of support.
    [RequestSubmitted, 'request-submitted.v2'],
    [RequestTriaged, 'request-triaged.v1'],
    [RequestReturned, 'request-returned.v1'],
    [RequestWithdrawn, 'request-withdrawn.v1'],
  ] as const)('$type tells a contract that its schema takes', (definition, name) =>
    expect(told(definition as AnyEventDefinition)).toBe(`earlyhelp.targeted-support.${name}`),
  );

  it('tells nothing of its own affairs, nor of an event without a case', () => {
    expect(targetedSupportEvents.filter((definition) => told(definition) !== undefined)).toHaveLength(4);
    expect(publish({ ...recorded(RequestSubmitted), caseId: null })).toEqual([]);
  });
});
