import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  code,
  count,
  Day,
  defineEvent,
  ERASED,
  exampleOf,
  flag,
  handle,
  Instant,
  outlineOf,
  PersonId,
  sealed,
  Text,
  type AnyEventDefinition,
  type CaseId,
} from '@waymark/kernel';
import { z } from 'zod';
import { compilePlan } from './plan.js';
import { aCase, ContactClosed, ContactReceived, FamilyDescribed } from './sealing.fixture.js';
import { splitOf } from './split.js';
import { alteredFrom } from './split.fixture.js';
import { extractSealed, type Extracted, type Data } from './extract-sealed.js';

const Various = defineEvent(
  'referral.VariousTold.v1',
  {
    childId: PersonId,
    at: Instant,
    version: handle(),
    born: sealed(Day, { of: 'childId' }).nullable(),
    size: sealed(count(), { of: 'childId' }).optional(),
    urgent: flag(),
    kinds: z
      .array(code(['child', 'parent']))
      .min(1)
      .max(2)
      .readonly(),
    inner: z.object({
      personId: PersonId,
      name: sealed(Text, { of: 'personId' }),
      lines: z.array(z.object({ said: sealed(Text, { of: 'personId' }), of: sealed(Text, { of: 'caseId' }).nullable() })),
    }),
  },
  () => '',
);
const definitions = [ContactReceived, FamilyDescribed, ContactClosed, Various] as unknown as AnyEventDefinition[];

const planOf = (definition: AnyEventDefinition) => compilePlan(definition.type as string, definition.seals);
const splitter = (definition: AnyEventDefinition) => splitOf(outlineOf(definition.schema), definition.type as string, planOf(definition))!;

/** By the schema, then by the plan; undefined where either refuses. */
const inTwoWalks = (definition: AnyEventDefinition, data: unknown, caseId: CaseId | null): Extracted | undefined => {
  const checked = definition.schema.safeParse(data);
  if (!checked.success) return undefined;
  try {
    return extractSealed(planOf(definition), definition.type as string, checked.data, caseId);
  } catch {
    return undefined;
  }
};
/** As it would be stored, so that the order of fields counts too. */
const text = (apart: Extracted | undefined): string | undefined => apart && JSON.stringify(apart);

describe.each(definitions.map((definition) => [definition.type as string, definition] as const))('%s in one walk', (_, definition) => {
  const split = splitter(definition);

  it('comes apart as it does in two, or not at all', () => {
    fc.assert(
      fc.property(alteredFrom(exampleOf(definition)), fc.constantFrom(aCase, null), (data, caseId) => {
        const apart = split(data, caseId);
        if (apart) expect(text(apart)).toBe(text(inTwoWalks(definition, data, caseId)));
      }),
      { numRuns: 2000 },
    );
  });

  it('needs no second look when it is valid', () => {
    for (let seed = 0; seed < 5; seed += 1) {
      const data = exampleOf(definition, { seed });
      expect(text(split(data, aCase))).toBe(text(inTwoWalks(definition, data, aCase)));
    }
  });
});

describe('what is altered for the comparison', () => {
  it('is valid often enough, and invalid often enough, for it to mean something', () => {
    const split = splitter(Various);
    const found = fc.sample(alteredFrom(exampleOf(Various as unknown as AnyEventDefinition)), { numRuns: 500, seed: 1 });
    const [sure, valid] = [found.filter((data) => split(data, aCase)), found.filter((data) => Various.schema.safeParse(data).success)];
    expect(sure.length).toBeGreaterThan(100);
    expect(sure.length).toBeLessThan(400);
    // What is valid and yet looked at twice is an inner object with more fields than its own, which the schema drops.
    expect(valid.length - sure.length).toBeLessThan(50);
  });
});

describe('a split', () => {
  const split = splitter(ContactReceived);
  const whole = exampleOf(ContactReceived) as Data;

  it('leaves in the open what was erased already', () => {
    expect(split({ ...whole, childName: ERASED }, aCase)?.open).toMatchObject({ childName: ERASED });
  });

  it('vouches for nothing that nobody can be named for, or that has a field of its own', () => {
    expect(split(whole, aCase)).toBeDefined();
    expect(split(whole, null)).toBeUndefined();
    expect(split({ ...whole, extra: 'Amir' }, aCase)).toBeUndefined();
    expect(split({ ...whole, childName: 7 }, aCase)).toBeUndefined();
  });

  it('is not made where only the schema can judge', () => {
    const trimmed = defineEvent('referral.Trimmed.v1', { name: sealed(Text.trim(), { of: 'caseId' }) }, () => '');
    expect(splitOf(outlineOf(trimmed.schema), trimmed.type, compilePlan(trimmed.type, trimmed.seals))).toBeUndefined();
  });
});
