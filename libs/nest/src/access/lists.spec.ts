import { describe, expect, it } from '@jest/globals';
import { practicePolicy, relationshipKinds, type Relationship } from '@waymark/access';
import { ledgerOf, noLedger, type ConsentFact, type ConsentLedger } from '@waymark/consent';
import {
  instant,
  purposes,
  roles,
  type Actor,
  type CaseId,
  type OrganisationId,
  type Purpose,
  type UserId,
  type Uuid,
} from '@waymark/kernel';
import { MemoryReadModelStore } from '@waymark/read-model';
import { idOf } from '@waymark/testing';
import fc from 'fast-check';
import { CaseDirectory, caseCollection } from '../commands/case-directory.js';
import { memoryEngines } from '../engines/engines.js';
import { Problem } from '../problems/problem.js';
import type { ServiceDefinition } from '../platform/service-definition.js';
import { systemIds } from '../platform/system-ids.js';
import type { RequestContext } from '../identity/request-context.js';
import { AccessLog } from './access-log.js';
import { CaseLists } from './case-lists.js';
import { Gate } from './gate.js';
import { ownRelationships, replicatedRelationships } from './relationship-models.js';
import { Relationships } from './relationships.js';
import { casesOf, type Subject } from './subject.js';
import { keysOf } from '@waymark/access';

const now = instant('2026-03-16T10:00:00Z');
const clock = { now: () => now };
const organisations = ['elm-school', 'mash', 'early-help-hub', 'county-early-help-hub', 'council', 'targeted-support'];
const users = ['dana', 'vera'];
const list = { name: 'referral.list', indexes: ['caseId', 'since'] };

const relationships = fc.record({
  as: fc.constantFrom(...relationshipKinds),
  organisation: fc.constantFrom(...organisations) as fc.Arbitrary<OrganisationId>,
  user: fc.option(fc.constantFrom(...users) as fc.Arbitrary<UserId>),
  on: fc.constantFrom<string>('record-0', 'record-1', 'elsewhere'),
  from: fc.constant(instant('2026-03-02T10:00:00Z')),
  until: fc.option(fc.constantFrom(instant('2026-03-10T10:00:00Z'), instant('2026-03-20T10:00:00Z')), { freq: 2 }),
  toldAt: fc.constant('1'),
  ended: fc.option(fc.constant(instant('2026-03-09T10:00:00Z')), { freq: 2 }),
}) satisfies fc.Arbitrary<Relationship>;
const worlds = fc.array(
  fc.record({
    // Null: the service does not know of the case yet.
    authority: fc.constantFrom('peterborough', 'peterborough', 'cambridgeshire', null),
    /** To what consent was given, to whom. */
    agreed: fc.array(
      fc.record({
        purpose: fc.constantFrom('take-part-in-early-help', 'targeted-support-request'),
        organisation: fc.constantFrom(...organisations) as fc.Arbitrary<OrganisationId>,
        until: fc.constantFrom(null, null, null, instant('2026-03-12T10:00:00Z')),
      }),
      { maxLength: 6 },
    ),
    lacks: fc.constantFrom(...times(14, null), 'consent' as const, 'relationships' as const),
    own: fc.array(relationships, { maxLength: 3 }),
    told: fc.array(relationships, { maxLength: 3 }),
    records: fc.integer({ min: 0, max: 2 }),
  }),
  { minLength: 1, maxLength: 8 },
);
function times<T>(count: number, value: T): T[] {
  return Array.from({ length: count }, () => value);
}
type World = typeof worlds extends fc.Arbitrary<infer T> ? T : never;
const askers = fc.record({
  role: fc.constantFrom(...roles),
  organisation: fc.constantFrom(...organisations) as fc.Arbitrary<OrganisationId>,
  user: fc.constantFrom(...users) as fc.Arbitrary<UserId>,
});

type Agreed = World[number]['agreed'][number];
const given = ({ purpose, organisation, until }: Agreed, consentId: Uuid): ConsentFact => ({
  ...{ kind: 'given', consentId, giver: null, purpose, covers: null, agencies: [organisation] },
  ...{ from: instant('2026-03-02T10:00:00Z'), until },
});
const consentUnknown = () => new Problem({ type: 'consent-unknown', title: 'Unknown', status: 503, detail: 'It is not known.' });

/** A service of one list, over read models filled with a world. */
const build = async (world: World) => {
  const readModels = new MemoryReadModelStore();
  const [own, told, cases] = [ownRelationships('referral'), replicatedRelationships('referral'), caseCollection('referral')];
  for (const collection of [own, told, cases, list]) await readModels.declare(collection);
  const records: { id: string; caseId: string }[] = [];
  const lacking = new Map<string, World[number]['lacks']>();
  const ledgers = new Map<string, ConsentLedger>();
  for (const [index, { authority, own: ofOwn, told: ofOthers, records: count, agreed, lacks }] of world.entries()) {
    // A relationship may rest on one of the case's own records: a contact on itself.
    const here = (one: Relationship): Relationship => ({ ...one, on: `${index}.${one.on}` });
    const known = { own: ofOwn.map(here), told: ofOthers.map(here), records: count };
    const caseId: string = idOf(`case ${index}`);
    lacking.set(caseId, lacks);
    ledgers.set(
      caseId,
      ledgerOf(agreed.map((one, which) => ({ position: String(which), fact: given(one, idOf(`consent ${index} ${which}`)) }))),
    );
    const kept = (
      [
        [own, known.own],
        [told, known.told],
      ] as const
    ).map(([collection, all]) => ({
      put: { id: caseId, relationships: all, endings: [], keys: [...new Set(all.flatMap(keysOf))] },
      in: collection.name,
    }));
    const listed = Array.from({ length: known.records }, (_, which) => ({
      id: `${index}.record-${which}`,
      caseId,
      since: `${which}-${index}`,
    }));
    records.push(...listed);
    await readModels.write({
      changes: [
        ...kept,
        ...(authority === null ? [] : [{ put: { id: caseId, authority }, in: cases.name }]),
        ...listed.map((put) => ({ put, in: list.name })),
      ],
    });
  }
  const engines = memoryEngines({ events: [], contracts: [], topics: [] }, clock);
  const log = new AccessLog({ store: engines.access, clock, ids: systemIds }, () => undefined);
  const service = {
    name: 'referral',
    projections: [{ name: own.name, collections: [own] }],
    replicas: [{ name: 'referral.copy', collections: [told] }],
  } as unknown as ServiceDefinition;
  const gate = new Gate({
    policy: practicePolicy,
    clock,
    caseOf: () => Promise.resolve(undefined),
    relationships: new Relationships(readModels, new CaseDirectory(readModels, () => Promise.resolve()), [service], {
      waitForReplica: () => Promise.resolve(true),
      parkedOf: (_list, ids) => Promise.resolve(new Set(ids.filter((id) => lacking.get(id) === 'relationships'))),
    }),
    consents: {
      ofAll: (_service, ids) =>
        Promise.resolve(
          new Map(
            ids.map((id) => [id, lacking.get(id) === 'consent' ? consentUnknown() : { ledger: ledgers.get(id) ?? noLedger, seen: null }]),
          ),
        ),
    },
    log,
    position: () => Promise.resolve(null),
    catchUp: () => Promise.resolve(true),
    onDecision: () => undefined,
  });
  const finds: number[] = [];
  const counted: Pick<MemoryReadModelStore, 'find' | 'getMany'> = {
    getMany: (collection, ids) => readModels.getMany(collection, ids),
    find: (collection, query) => {
      finds.push(query.limit ?? 0);
      return readModels.find(collection, query);
    },
  };
  return { gate, lists: new CaseLists(counted, log), records, access: engines.access, finds };
};

/** All pages of a list; the status where there is none. */
const listed = async (
  gate: Gate,
  lists: CaseLists,
  { name, context, limit }: { readonly name: string; readonly context: RequestContext; readonly limit: number },
): Promise<readonly string[] | 403 | 503> => {
  try {
    const granted = await gate.ask({ name, of: casesOf('referral') }, context, nothing);
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await lists.find(list.name, { sortBy: 'since', limit, ...(cursor ? { cursor } : {}) }, { ...context, granted });
      expect(page.items.length).toBeLessThanOrEqual(limit);
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.next;
    } while (cursor);
    return ids;
  } catch (error) {
    if (error instanceof Problem && (error.document.status === 403 || error.document.status === 503)) return error.document.status;
    throw error;
  }
};

const contextOf = (actor: Actor, purpose: Purpose): RequestContext => ({
  ...{ actor, purpose, now, expected: undefined },
  ...{ correlationId: idOf('correlation'), commandId: idOf('request') },
});
const nothing = { params: {}, body: undefined };

describe('ACC-01 a list', () => {
  // One record's single look and the list that it stands in.
  it.each([
    ['a contact', 'the list of contacts'],
    ['an assessment', 'the list of assessments'],
    ['an episode', 'the list of episodes'],
    ['a request for Targeted Support', 'the list of requests'],
    ['the summary of a case', 'the list of cases'],
  ])(
    'equals the filter of single looks: %s, %s',
    async (one, many) => {
      const met = new Set<unknown>();
      await fc.assert(
        fc.asyncProperty(
          worlds,
          askers,
          fc.constantFrom(...purposes),
          fc.integer({ min: 1, max: 4 }),
          async (world, actor, purpose, limit) => {
            const { gate, lists, records } = await build(world);
            const context = contextOf(actor, purpose);
            const seen = async ({ id, caseId }: { id: string; caseId: string }): Promise<number | string> => {
              const find = () => Promise.resolve({ caseId: caseId as CaseId, record: id });
              const of: Subject = { kind: 'case', service: 'referral', find };
              return gate.ask({ name: one, of }, context, nothing).then(
                () => 200,
                (error: unknown) => {
                  if (error instanceof Problem) return error.document.status === 503 ? String(error.document.type) : error.document.status;
                  throw error;
                },
              );
            };
            const looks = await Promise.all(records.map(async (record) => [record.id, await seen(record)] as const));
            const single = looks.filter(([, look]) => look === 200).map(([id]) => id);
            const cannotBeKnown = looks.filter(([, look]) => typeof look === 'string').map(([, look]) => look);
            const list = await listed(gate, lists, { name: many, context, limit });
            if (list === 403) expect(single).toEqual([]);
            // Of what cannot be known a list shows nothing; and where that would be shown, nothing at all.
            else if (list === 503) expect(cannotBeKnown).not.toEqual([]);
            else {
              expect(list.toSorted()).toEqual(single.toSorted());
              expect(cannotBeKnown).not.toContain('consent-unknown');
            }
            met.add(list === 403 || list === 503 ? list : list.length > 0 ? 'some' : 'none');
          },
        ),
        { numRuns: 400, seed: 20261130 },
      );
      // Each answer was met, so that none is missed by chance.
      expect([...met]).toEqual(expect.arrayContaining(['some', 'none', 403]));
    },
    60_000,
  );

  it('ACC-01 B6 of an office of one authority holds no case whose authority is not known yet, also where there are none of another', async () => {
    const known = { own: [], told: [], records: 1, agreed: [], lacks: null };
    const { gate, lists } = await build([
      { ...known, authority: 'peterborough' },
      { ...known, authority: null },
    ]);
    const actor: Actor = { user: 'hana' as UserId, role: 'hub-coordinator', organisation: 'early-help-hub' as OrganisationId };
    const shown = await listed(gate, lists, { name: 'the list of episodes', context: contextOf(actor, 'early-help'), limit: 10 });
    expect(shown).toEqual(['0.record-0']);
  });

  it('CON-13 of those who work with the family no longer holds the case once no consent reaches them, and cannot be told while that is not known', async () => {
    const organisation = 'elm-school' as OrganisationId;
    const member: World[number]['own'][number] = {
      ...{ as: 'team-member', organisation, user: 'dana' as UserId, on: 'elsewhere', from: now, until: null, toldAt: '1', ended: null },
    };
    const list = async (more: Partial<World[number]>) => {
      const { gate, lists } = await build([
        { authority: 'peterborough', own: [member], told: [], records: 1, agreed: [], lacks: null, ...more },
      ]);
      const context = contextOf({ user: 'dana' as UserId, role: 'practitioner', organisation }, 'early-help');
      return listed(gate, lists, { name: 'the list of episodes', context, limit: 10 });
    };
    const agreed: Agreed = { purpose: 'take-part-in-early-help', organisation, until: null };
    expect(await list({ agreed: [agreed] })).toEqual(['0.record-0']);
    expect(await list({ agreed: [{ ...agreed, until: instant('2026-03-12T10:00:00Z') }] })).toEqual([]);
    expect(await list({ agreed: [{ ...agreed, organisation: 'mash' as OrganisationId }] })).toEqual([]);
    expect(await list({ agreed: [agreed], lacks: 'consent' })).toBe(503);
    expect(await list({ agreed: [agreed], lacks: 'relationships' })).toBe(503);
  });

  it('FD-12 of contacts shows whoever made one their own, also where something of the case’s relationships is parked', async () => {
    const organisation = 'elm-school' as OrganisationId;
    const made: World[number]['own'][number] = {
      ...{ as: 'contact-maker', organisation, user: null, on: 'record-0', from: now, until: null, toldAt: '1', ended: null },
    };
    const { gate, lists } = await build([
      { authority: 'peterborough', own: [made], told: [], records: 2, agreed: [], lacks: 'relationships' },
    ]);
    const context = contextOf({ user: 'dana' as UserId, role: 'practitioner', organisation }, 'early-help');
    expect(await listed(gate, lists, { name: 'the list of contacts', context, limit: 10 })).toEqual(['0.record-0']);
  });

  describe('ACC-01 of many records of which its reader may see few', () => {
    const organisation = 'elm-school' as OrganisationId;
    const maker = (which: number): World[number]['own'][number] => ({
      ...{ as: 'contact-maker', organisation, user: null, on: `record-${which}`, from: now, until: null, toldAt: '1', ended: null },
    });
    const context = contextOf({ user: 'dana' as UserId, role: 'practitioner', organisation }, 'early-help');
    /** Of one case, the school made the contacts of these places. */
    const ofPlaces = (places: readonly number[], records: number) =>
      build([{ authority: 'peterborough', own: places.map(maker), told: [], records, agreed: [], lacks: null }]);

    it('looks at many together, also for the last place of a page', async () => {
      // The third stands behind all others: a page of three is found by its first look and those after it.
      const { gate, lists, finds } = await ofPlaces([0, 1, 99], 100);
      expect(await listed(gate, lists, { name: 'the list of contacts', context, limit: 3 })).toEqual([
        '0.record-0',
        '0.record-1',
        '0.record-99',
      ]);
      expect(finds.length).toBeLessThan(8);
    });

    it('holds no more than was asked for, also where more may be read by the time that it looks again', async () => {
      const { gate, lists } = await ofPlaces([0, 30], 60);
      const granted = await gate.ask({ name: 'the list of contacts', of: casesOf('referral') }, context, nothing);
      let looks = 0;
      // From the third look on, eleven more may be read.
      const mayRead = async (records: readonly { readonly record: string }[]) => {
        looks += 1;
        const reached = (place: number) => place === 0 || place === 30 || (looks >= 3 && place >= 10 && place <= 20);
        return records.map(({ record }) => reached(Number(record.replace('0.record-', ''))));
      };
      const list = { ...granted.list!, reach: { cases: undefined, mayRead } };
      const page = await lists.find('referral.list', { sortBy: 'since', limit: 2 }, { ...context, granted: { ...granted, list } });
      expect(page.items).toHaveLength(2);
      expect(looks).toBeGreaterThan(3);
    });

    it.each([1, 2, 3, 7])('goes on from where a page ended, by pages of %d', async (limit) => {
      const places = [3, 4, 5, 40, 53, 54, 55, 98];
      const { gate, lists } = await ofPlaces(places, 99);
      const all = await listed(gate, lists, { name: 'the list of contacts', context, limit });
      expect((all as string[]).toSorted()).toEqual(places.map((place) => `0.record-${place}`).toSorted());
    });
  });

  it('ACC-02 is shown only once it is recorded which cases it shows', async () => {
    const { gate, lists, access } = await build([{ authority: 'peterborough', own: [], told: [], records: 2, agreed: [], lacks: null }]);
    const actor: Actor = { user: 'hana' as UserId, role: 'hub-coordinator', organisation: 'early-help-hub' as OrganisationId };
    const context = contextOf(actor, 'early-help');
    const granted = await gate.ask({ name: 'the list of episodes', of: casesOf('referral') }, context, nothing);
    expect((await lists.find(list.name, {}, { ...context, granted })).items).toHaveLength(2);
    const recorded = [];
    for await (const page of access.readAll('start')) recorded.push(...page);
    expect(recorded).toMatchObject([
      { type: 'access.AccessDecided.v1', data: { action: 'episode.read', outcome: 'allowed' } },
      { type: 'access.CasesListed.v1', actor, data: { action: 'episode.read', cases: [idOf('case 0')] } },
    ]);
  });
});
