import { describe, expect, it } from '@jest/globals';
import { instant, type OrganisationId, type UserId } from '@waymark/kernel';
import fc from 'fast-check';
import { relationship } from './access.fixture.js';
import { afterChange, holdingAt, keysOf, noRelationships, type KnownRelationships, type RelationshipChange } from './relationships.js';
import { begins, ends } from './telling.js';

const day = (which: number) => instant(`2026-03-${String(which).padStart(2, '0')}T10:00:00Z`);
const around = (organisation: string, from: number, until: number | null = null) =>
  begins(
    'agency-around-the-family',
    { organisation: organisation as OrganisationId },
    { on: 'consent', from: day(from), until: until === null ? null : day(until) },
  );

/** What was told, with where in the log it stands. */
type Told = readonly [change: RelationshipChange, toldAt: number];

const fold = (...told: readonly Told[]): KnownRelationships =>
  told.reduce((known, [change, toldAt]) => afterChange(known, change, String(toldAt).padStart(4, '0')), noRelationships);
const holding = (known: KnownRelationships, at: number) =>
  holdingAt(known.relationships, day(at))
    .map(({ as, organisation, user, on }) => [as, organisation, user, on].join(' '))
    .toSorted();
const organisationsAt = (known: KnownRelationships, at: number) =>
  holdingAt(known.relationships, day(at)).map(({ organisation }) => organisation);
const withdrawn = (organisations: readonly string[] | null, at: number) =>
  ends('agency-around-the-family', { on: 'consent', organisations: organisations as OrganisationId[] | null, at: day(at) });

describe('relationships to a case', () => {
  it('hold until their end, whatever the clock of whoever recorded them said', () => {
    const [one] = [relationship('team-member', 'elm', 'dana', { from: day(2), until: day(4) })];
    expect([1, 2, 3, 4].map((which) => holdingAt([one], day(which)).length)).toEqual([1, 1, 1, 0]);
  });

  it('CON-13 end for the agencies that a withdrawal names, and for no other', () => {
    const told: readonly Told[] = [
      [around('elm', 2), 1],
      [around('oak', 2), 2],
      [withdrawn(['elm'], 5), 3],
    ];
    expect(organisationsAt(fold(...told), 4)).toEqual(['oak']);
    expect(organisationsAt(fold(...told, [withdrawn(null, 7), 4]), 8)).toEqual([]);
  });

  it('are not lengthened by an ending after their end', () =>
    expect(organisationsAt(fold([around('elm', 2, 4), 1], [withdrawn(null, 9), 2]), 5)).toEqual([]));

  it('CON-13 that were ended stay ended when their beginning is told again from the log, and begin by what is told anew', () => {
    const over: readonly Told[] = [
      [around('elm', 2), 1],
      [withdrawn(null, 5), 2],
    ];
    const again = fold(...over, [around('elm', 2), 1]);
    expect(organisationsAt(again, 6)).toEqual([]);
    expect(again).toEqual(fold(...over));
    expect(organisationsAt(fold(...over, [around('elm', 2), 1], [around('elm', 7), 3]), 8)).toEqual(['elm']);
  });

  it('CON-13 that are told only after their ending are over, and an ending told again ends nothing that began since', () => {
    expect(organisationsAt(fold([withdrawn(null, 5), 2], [around('elm', 2), 1]), 6)).toEqual([]);
    expect(
      organisationsAt(fold([around('elm', 2), 1], [withdrawn(null, 5), 2], [around('elm', 7), 3], [withdrawn(null, 5), 2]), 8),
    ).toEqual(['elm']);
  });

  it('GEN-02 CON-13 rest on a consent that was renewed after the withdrawal, though that is told later, and in whatever order', () => {
    const given: Told = [around('elm', 2), 1];
    const renewed: Told = [around('elm', 7), 2];
    const late: Told = [withdrawn(null, 5), 3];
    for (const told of [
      [given, renewed, late],
      [late, renewed, given],
      [renewed, late, given],
    ])
      expect(organisationsAt(fold(...told), 8)).toEqual(['elm']);
    expect(organisationsAt(fold(given, renewed, late, [withdrawn(null, 7), 4]), 8)).toEqual([]);
    // A withdrawal of before, of which another is told since, is not forgotten.
    for (const told of [
      [renewed, [withdrawn(null, 8), 3], [withdrawn(null, 5), 4]],
      [[withdrawn(null, 5), 4], [withdrawn(null, 8), 3], renewed],
    ] as const)
      expect(organisationsAt(fold(...told), 9)).toEqual([]);
  });

  it('LP-05 that rest on no consent alone end with their record, entered late or not', () => {
    const dana = { organisation: 'elm' as OrganisationId, user: 'dana' as UserId };
    const proposed: Told = [begins('proposed-lead-professional', dana, { on: 'episode', from: day(7) }), 1];
    const closed: Told = [ends('proposed-lead-professional', { on: 'episode', organisations: null, at: day(5) }), 2];
    expect(holding(fold(proposed, closed), 8)).toEqual([]);
    expect(holding(fold(closed, proposed), 8)).toEqual([]);
  });

  it('LP-01 that one event ends and begins have begun, also for who led before', () => {
    const dana = { organisation: 'elm' as OrganisationId, user: 'dana' as UserId };
    const handed = (toldAt: number): readonly Told[] => [
      [ends('lead-professional', { organisations: null, at: day(toldAt) }), toldAt],
      [begins('lead-professional', dana, { on: 'episode', from: day(toldAt) }), toldAt],
    ];
    expect(holding(fold(...handed(1), ...handed(2), ...handed(1)), 9)).toEqual(['lead-professional elm dana episode']);
  });

  it('are the same in whatever order, and however often, what is in the log comes', () => {
    const changes: fc.Arbitrary<RelationshipChange> = fc.oneof(
      fc
        .record({ organisation: fc.constantFrom('elm', 'oak'), from: fc.integer({ min: 1, max: 9 }) })
        .map(({ organisation, from }) => around(organisation, from)),
      fc
        .record({ organisations: fc.constantFrom(null, ['elm'], ['oak'], ['elm', 'oak']), at: fc.integer({ min: 1, max: 9 }) })
        .map(({ organisations, at }) => withdrawn(organisations, at)),
      fc
        .record({ user: fc.constantFrom('dana', 'vera'), on: fc.constantFrom('one', 'two') })
        .map(({ user, on }) =>
          begins('team-member', { organisation: 'elm' as OrganisationId, user: user as UserId }, { on, from: day(1) }),
        ),
      fc.constantFrom('one', undefined).map((on) => ends('team-member', { ...(on ? { on } : {}), organisations: null, at: day(3) })),
    );
    const logs = fc.array(changes, { minLength: 1, maxLength: 10 }).map((all) => all.map((change, index): Told => [change, index]));
    fc.assert(
      fc.property(
        logs.chain((log) =>
          fc.tuple(
            fc.constant(log),
            fc.array(fc.constantFrom(...log), { maxLength: 12 }),
            fc.shuffledSubarray([...log], { minLength: log.length }),
          ),
        ),
        ([log, repeated, shuffled]) => {
          const expected = holding(fold(...log), 10);
          expect(holding(fold(...log, ...repeated), 10)).toEqual(expected);
          expect(holding(fold(...shuffled, ...repeated), 10)).toEqual(expected);
        },
      ),
      { numRuns: 2_000, seed: 20261130 },
    );
  });

  it('are found by who somebody is, by their organisation, and by its staff', () => {
    expect(keysOf(relationship('involved-service', 'elm'))).toEqual(['o:elm']);
    expect(keysOf(relationship('team-member', 'elm', 'dana'))).toEqual(['u:dana@elm', 's:elm']);
  });
});
