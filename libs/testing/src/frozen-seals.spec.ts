import { describe, expect, it } from '@jest/globals';
import { defineEvent, PersonId, sealed, Text, type AnyEventDefinition } from '@waymark/kernel';
import { z } from 'zod';
import { brokenSeals, withAdded } from './frozen-seals.js';

const childName = sealed(Text, { of: 'childId' });
const story = sealed(Text, { of: 'caseId' });
const seals = (shape: z.ZodRawShape) =>
  (defineEvent('referral.ChildNamed.v1', { childId: PersonId, ...shape }, () => '') as AnyEventDefinition).seals;
const frozen = withAdded(undefined, 'referral.ChildNamed.v1', seals({ childName, lines: z.array(z.object({ story })) }))!;

describe('a frozen seal plan', () => {
  it('B1 says where each sealed value stands and whose it is', () => {
    expect(frozen).toEqual({
      type: 'referral.ChildNamed.v1',
      seals: { childName: 'childId', 'lines/*/story': 'caseId of the envelope' },
      addedLater: {},
    });
  });

  it('B1 lets a plan be as it was', () => {
    expect(brokenSeals(frozen, seals({ childName, lines: z.array(z.object({ story })).optional() }))).toEqual([]);
  });

  it.each<[string, z.ZodRawShape, RegExp]>([
    ['leaves a path out', { childName }, /^lines\/\*\/story was frozen .* leave it so/],
    ['moves a path', { childName, lines: z.object({ story }) }, /^lines\/\*\/story was frozen/],
    [
      'seals a path for somebody else',
      { childName, lines: z.array(z.object({ story: sealed(Text, { of: 'childId' }) })) },
      /sealed for caseId of the envelope: leave it so/,
    ],
    [
      'says of an old path that it was added later',
      { childName: sealed(Text, { of: 'childId', addedLater: true }), lines: z.array(z.object({ story })) },
      /^childName was frozen in "seals"/,
    ],
    [
      'gains a path and does not say so',
      { childName, lines: z.array(z.object({ story })), nickname: childName.optional() },
      /^nickname is a sealed field that the type gained later: declare it/,
    ],
  ])('B1 refuses a plan that %s', (_, shape, why) => {
    expect(brokenSeals(frozen, seals(shape)).join('\n')).toMatch(why);
  });

  it('B1 takes a path that is declared as added, once it is frozen too, and keeps it from then on', () => {
    const nickname = sealed(Text, { of: 'childId', addedLater: true }).optional();
    const grown = seals({ childName, lines: z.array(z.object({ story })), nickname });
    expect(brokenSeals(frozen, grown)).toEqual([expect.stringMatching(/^nickname is not frozen yet: run/)]);
    const next = withAdded(frozen, frozen.type, grown)!;
    expect(next).toEqual({ ...frozen, addedLater: { nickname: 'childId' } });
    expect(brokenSeals(next, grown)).toEqual([]);
    expect(brokenSeals(next, seals({ childName, lines: z.array(z.object({ story })) }))).toEqual([
      expect.stringMatching(/^nickname was frozen in "addedLater"/),
    ]);
  });

  it('B1 is never written anew to fit a plan that lost or altered something', () => {
    expect(withAdded(frozen, frozen.type, seals({ childName: sealed(Text, { of: 'caseId' }) }))).toBeUndefined();
  });

  it('B1 is missing until it is written', () => {
    expect(brokenSeals(undefined, [])).toEqual([expect.stringContaining('not frozen yet')]);
  });
});
