import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { day, instant } from '@waymark/kernel';
import { isCoded, spelt, wordsOf } from './coded-list.js';
import { authorities, thresholdLevels, type PolicyPack } from './pack.js';
import { packFor, packSource, shippedPacks } from './packs.js';

const codes = z.record(z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/), z.string().min(4));
const listOf = (size: number) => codes.refine((list) => Object.keys(list).length === size, `want ${size} codes`);
const limit = z.union(
  ['elapsedHours', 'workingDays', 'days', 'weeks', 'months'].map((unit) => z.strictObject({ [unit]: z.number().int().min(1) })),
);
const age = z.number().int().min(0).max(25);
const ages = z.strictObject({ from: age, to: age, toWithDisability: age.optional() }).refine(({ from, to }) => from <= to);

/** The whole of a pack; the sizes are those of the guidance. */
const schema = z.strictObject({
  id: z.string(),
  authority: z.enum(authorities),
  version: z.string().regex(/^\d{4}-\d\d$/),
  validFrom: z.iso.date(),
  source: z.string().min(10),
  names: z.record(z.string(), z.string().min(4)),
  areaTeams: z.strictObject({ each: z.string().min(4), number: z.number().int().min(1) }),
  mashEnquiryDecision: limit,
  mashPartners: listOf(6),
  mashVirtualPartners: listOf(3),
  thresholdIndicators: z.strictObject(Object.fromEntries(thresholdLevels.map((level) => [level, codes]))),
  safeguardingRoute: z.string().regex(/MASH/),
  contactReasons: listOf(14),
  privacyNotices: z.array(z.string()).min(1),
  privacyNoticeIssuedOn: z.record(z.string(), z.iso.date()),
  consentAge: age,
  gillickFactors: listOf(6),
  sharingBases: z.record(z.string(), z.strictObject({ words: z.string().min(4), from: z.iso.date().nullable() })),
  separateConsents: listOf(5),
  ehaConsiderations: listOf(8),
  ehaDue: limit,
  ehaPrompt: limit,
  ehaReview: limit,
  starNeglectScore: z.literal(2),
  starIntervalsMonths: z.array(z.number().int()),
  screeningTools: listOf(6),
  firstTafDue: limit,
  tafReviewFrom: limit,
  tafReviewBy: limit,
  firstTafAgenda: listOf(6),
  closureReasons: listOf(5),
  ehaValidForRequest: limit,
  supportKinds: codes,
  supportAges: z.record(z.string(), ages),
  panels: z.record(
    z.string(),
    z.strictObject({ name: z.string(), everyWeeks: z.number().int().min(1).nullable(), sectors: listOf(10).nullable() }),
  ),
  programmeNeedsAtLeast: z.literal(3),
  outcomes: listOf(10),
  neetAges: ages,
  childAges: ages,
});

const at = instant('2026-03-02T09:15:00Z');
const peterborough = packFor('peterborough', at);
const cambridgeshire = packFor('cambridgeshire', at);

describe.each(shippedPacks.map((pack) => [`${pack.id} ${pack.version}`, pack] as const))('the pack %s', (_, pack) => {
  it('has every field, with the counts that the guidance names', () => {
    expect(schema.safeParse(pack).error?.issues).toBeUndefined();
  });

  it('dates each privacy notice, oldest first', () => {
    expect(Object.keys(pack.privacyNoticeIssuedOn)).toEqual(pack.privacyNotices);
    const dates = pack.privacyNotices.map((version) => pack.privacyNoticeIssuedOn[version]);
    expect(dates).toEqual(dates.toSorted());
  });

  it('cannot be changed by whoever reads it', () => {
    expect(() => Object.assign(pack, { consentAge: 12 })).toThrow(TypeError);
    expect(() => Object.assign(pack.mashPartners, { press: 'Press' })).toThrow(TypeError);
    expect(() => Object.assign(pack.thresholdIndicators.specialist, { x: 'X' })).toThrow(TypeError);
  });
});

it('the check of a pack bites: a factor of Gillick left out fails it', () => {
  const { reasoning: _, ...five } = peterborough.gillickFactors;
  expect(schema.safeParse({ ...peterborough, gillickFactors: five }).success).toBe(false);
  expect(schema.safeParse({ ...peterborough, typo: 1 }).success).toBe(false);
});

describe('the packs differ where the guidance differs', () => {
  it('MASG-01 MASG-03 the MASG of ten sectors every two weeks is Peterborough’s; Cambridgeshire names no panel', () => {
    expect(peterborough.panels['masg']?.everyWeeks).toBe(2);
    expect(Object.keys(peterborough.panels)).toEqual(['masg', 'primary-behaviour-panel', 'early-support-pathway-0-5']);
    expect(cambridgeshire.panels).toEqual({});
  });

  it('FD-14 TS-05 teams and kinds of support are local', () => {
    expect([peterborough.areaTeams.number, cambridgeshire.areaTeams.number]).toEqual([1, 7]);
    expect(Object.keys(peterborough.supportKinds)).toHaveLength(4);
    expect(Object.keys(cambridgeshire.supportKinds)).toEqual(['family-support', 'youth-support', 'send-support']);
    expect(cambridgeshire.names.adviceTeam).not.toBe(peterborough.names.adviceTeam);
  });

  it('numbers that Cambridgeshire does not name are the same', () => {
    const numbers = ({ ehaDue, firstTafDue, tafReviewBy, mashEnquiryDecision, ehaValidForRequest }: PolicyPack) => ({
      ehaDue,
      firstTafDue,
      tafReviewBy,
      mashEnquiryDecision,
      ehaValidForRequest,
    });
    expect(numbers(cambridgeshire)).toEqual(numbers(peterborough));
  });
});

describe('the pack in force', () => {
  const later: PolicyPack = { ...peterborough, version: '2026-09', validFrom: day('2026-09-01'), ehaDue: { weeks: 5 } };
  const source = packSource([later, ...shippedPacks]);
  const version = (text: string) => source.packFor('peterborough', instant(text)).version;

  it('changes at midnight in London on the first day of the next version', () => {
    expect(version('2026-08-31T23:59:59.999+01:00')).toBe('2025-06');
    expect(version('2026-09-01T00:00:00+01:00')).toBe('2026-09');
    expect(source.packFor('cambridgeshire', instant('2027-01-01T00:00:00Z')).version).toBe('2025-04');
  });

  it('before the first version is an error that says when that begins', () => {
    expect(() => packFor('peterborough', instant('2025-05-31T23:59:59+01:00'))).toThrow(/peterborough .* begins on 2025-06-01/);
    expect(packFor('peterborough', instant('2025-06-01T00:00:00+01:00')).version).toBe('2025-06');
    expect(() => packFor('rutland' as never, at)).toThrow(/no policy pack is shipped for rutland/);
  });

  it('two versions of one authority cannot begin on the same day', () => {
    expect(() => packSource([later, { ...later, version: '2026-10' }])).toThrow(/two versions begin on 2026-09-01/);
  });
});

it('a code is looked up in its list alone, and reads as words even where its list is gone', () => {
  expect(isCoded(peterborough.contactReasons, 'persistent-absence')).toBe(true);
  expect(isCoded(peterborough.contactReasons, 'constructor')).toBe(false);
  expect(wordsOf(peterborough.mashPartners, 'police')).toBe('Police');
  expect(wordsOf(peterborough.mashPartners, 'fire-service')).toBe('fire service');
  expect(spelt('persistent-absence')).toBe('persistent absence');
});
