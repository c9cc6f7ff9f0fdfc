import { describe, expect, it } from '@jest/globals';
import { practicePolicy, relationshipKinds, type Relationship } from '@waymark/access';
import { instant, purposes, roles, type Actor, type CaseId, type OrganisationId, type Purpose, type UserId } from '@waymark/kernel';
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
import { ownRelationships, toldRelationships } from './relationship-models.js';
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
  on: fc.constantFrom('record-0', 'record-1', 'elsewhere'),
  from: fc.constant(instant('2026-03-02T10:00:00Z')),
  until: fc.option(fc.constantFrom(instant('2026-03-10T10:00:00Z'), instant('2026-03-20T10:00:00Z')), { freq: 2 }),
  ended: fc.option(fc.constant(instant('2026-03-09T10:00:00Z')), { freq: 2 }),
}) satisfies fc.Arbitrary<Relationship>;
const worlds = fc.array(
  fc.record({
    authority: fc.constantFrom('peterborough', 'cambridgeshire'),
    own: fc.array(relationships, { maxLength: 3 }),
    told: fc.array(relationships, { maxLength: 3 }),
    records: fc.integer({ min: 0, max: 2 }),
  }),
  { minLength: 1, maxLength: 8 },
);
type World = typeof worlds extends fc.Arbitrary<infer T> ? T : never;
const askers = fc.record({
  role: fc.constantFrom(...roles),
  organisation: fc.constantFrom(...organisations) as fc.Arbitrary<OrganisationId>,
  user: fc.constantFrom(...users) as fc.Arbitrary<UserId>,
});

/** A service of one list, over read models filled with a world. */
const build = async (world: World) => {
  const readModels = new MemoryReadModelStore();
  const [own, told, cases] = [ownRelationships('referral'), toldRelationships('referral'), caseCollection('referral')];
  for (const collection of [own, told, cases, list]) await readModels.declare(collection);
  const records: { id: string; caseId: string }[] = [];
  for (const [index, { authority, own: ofOwn, told: ofOthers, records: count }] of world.entries()) {
    // A relationship may rest on one of the case's own records: a contact on itself.
    const here = (one: Relationship): Relationship => ({ ...one, on: `${index}.${one.on}` });
    const known = { own: ofOwn.map(here), told: ofOthers.map(here), records: count };
    const caseId: string = idOf(`case ${index}`);
    const kept = (
      [
        [own, known.own],
        [told, known.told],
      ] as const
    ).map(([collection, all]) => ({
      put: { id: caseId, relationships: all, keys: [...new Set(all.flatMap(keysOf))] },
      in: collection.name,
    }));
    const listed = Array.from({ length: known.records }, (_, which) => ({
      id: `${index}.record-${which}`,
      caseId,
      since: `${which}-${index}`,
    }));
    records.push(...listed);
    await readModels.write({
      changes: [...kept, { put: { id: caseId, authority }, in: cases.name }, ...listed.map((put) => ({ put, in: list.name }))],
    });
  }
  const engines = memoryEngines({ events: [], contracts: [], topics: [] }, clock);
  const log = new AccessLog({ store: engines.access, clock, ids: systemIds }, () => undefined);
  const service = {
    name: 'referral',
    projections: [{ collections: [own] }],
    copies: [{ collections: [told] }],
  } as unknown as ServiceDefinition;
  const gate = new Gate({
    policy: practicePolicy,
    clock,
    caseOf: () => Promise.resolve(undefined),
    relationships: new Relationships(readModels, new CaseDirectory(readModels, () => Promise.resolve()), [service]),
    log,
    position: () => Promise.resolve(null),
    catchUp: () => Promise.resolve(true),
    onDecision: () => undefined,
  });
  return { gate, lists: new CaseLists(readModels, log), records, access: engines.access };
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
      await fc.assert(
        fc.asyncProperty(
          worlds,
          askers,
          fc.constantFrom(...purposes),
          fc.integer({ min: 1, max: 4 }),
          async (world, actor, purpose, limit) => {
            const { gate, lists, records } = await build(world);
            const context = contextOf(actor, purpose);
            const seen = async ({ id, caseId }: { id: string; caseId: string }): Promise<boolean> => {
              const find = () => Promise.resolve({ caseId: caseId as CaseId, record: id });
              const of: Subject = { kind: 'case', service: 'referral', find };
              return gate.ask({ name: one, of }, context, nothing).then(
                () => true,
                (error: unknown) => {
                  if (error instanceof Problem && error.document.status === 403) return false;
                  throw error;
                },
              );
            };
            const single: string[] = [];
            for (const record of records) if (await seen(record)) single.push(record.id);
            const granted = await gate.ask({ name: many, of: casesOf('referral') }, context, nothing).catch((error: unknown) => {
              if (error instanceof Problem && error.document.status === 403) return undefined;
              throw error;
            });
            if (!granted) return expect(single).toEqual([]);
            const listed: string[] = [];
            let cursor: string | undefined;
            do {
              const query = { sortBy: 'since', limit, ...(cursor ? { cursor } : {}) };
              const page = await lists.find(list.name, query, { ...context, granted });
              expect(page.items.length).toBeLessThanOrEqual(limit);
              listed.push(...page.items.map(({ id }) => id));
              cursor = page.next;
            } while (cursor);
            expect(listed.toSorted()).toEqual(single.toSorted());
          },
        ),
        { numRuns: 60, seed: 20261130 },
      );
    },
    60_000,
  );

  it('ACC-02 is shown only once it is recorded which cases it shows', async () => {
    const { gate, lists, access } = await build([{ authority: 'peterborough', own: [], told: [], records: 2 }]);
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
