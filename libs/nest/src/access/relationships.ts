import { keysOf, relationshipKinds, type Relationship, type RelationshipKind } from '@waymark/access';
import type { Actor, CaseId, Instant } from '@waymark/kernel';
import type { Authority } from '@waymark/policy';
import type { Document, ReadModelStore } from '@waymark/read-model';
import { caseCollection, type CaseDirectory, type CaseEntry } from '../commands/case-directory.js';
import type { PlatformReactions } from '../platform/reactions.js';
import type { ServiceDefinition } from '../platform/service-definition.js';
import { Problem } from '../problems/problem.js';
import { ownRelationships, replicatedRelationships, type CaseRelationships } from './relationship-models.js';

const pageSize = 500;

/** How long an access waits for what was recorded last. */
const longestWaitMs = 2_000;

/** Who is what to a case, as far as a service knows it. */
export class Relationships {
  private readonly lists: ReadonlyMap<string, readonly RelationshipList[]>;

  constructor(
    private readonly readModels: ReadModelStore,
    private readonly cases: CaseDirectory,
    services: readonly ServiceDefinition[],
    private readonly reactions: Pick<PlatformReactions, 'waitForReplica' | 'parkedOf'>,
  ) {
    this.lists = new Map(services.map((service) => [service.name, listsOf(service)]));
  }

  /** The authority of a case; undefined where the service knows of no such case. One that was begun a moment ago is waited for. */
  authorityOf(service: string, caseId: CaseId, at: Instant): Promise<Authority | undefined> {
    return this.cases.authorityOf(service, caseId, at);
  }

  /** The same of several, as they are now; without those that the service does not know. */
  async authoritiesOf(service: string, cases: readonly string[]): Promise<ReadonlyMap<string, Authority>> {
    const known = await this.readModels.getMany<CaseEntry & Document>(caseCollection(service).name, cases);
    return new Map([...known].map(([caseId, { authority }]) => [caseId, authority]));
  }

  /** Everybody's relationships to these cases, past ones included. */
  async of(service: string, cases: readonly string[]): Promise<ReadonlyMap<string, readonly Relationship[]>> {
    const found = await Promise.all(
      this.listsOf(service).map(({ collection }) => this.readModels.getMany<CaseRelationships>(collection, cases)),
    );
    return new Map(cases.map((caseId) => [caseId, found.flatMap((known) => known.get(caseId)?.relationships ?? [])]));
  }

  /** What is recorded by now is in the relationships: nobody is let in, or kept out, by what no longer holds. @throws Problem 503 `not-yet` */
  async assertCurrent(service: string): Promise<void> {
    const waits = this.listsOf(service).map(({ reaction }) => this.reactions.waitForReplica(reaction, longestWaitMs));
    if (!(await Promise.all(waits)).every(Boolean)) throw notKnownYet();
  }

  /** Of which kinds of relationship something may be missing: everywhere, where it is not taken in yet; in a case, where it waits to be put right. */
  async missingOf(service: string, cases: readonly string[]): Promise<Missing> {
    const lists = this.listsOf(service);
    const current = await Promise.all(lists.map(({ reaction }) => this.reactions.waitForReplica(reaction, longestWaitMs)));
    const parked = await Promise.all(lists.map(({ reaction }) => this.reactions.parkedOf(reaction, cases)));
    const kindsOf = (isMissing: (index: number) => boolean): ReadonlySet<RelationshipKind> =>
      new Set(lists.flatMap(({ kinds }, index) => (isMissing(index) ? kinds : [])));
    return {
      everywhere: kindsOf((index) => current[index] !== true),
      inCases: new Map(cases.map((caseId) => [caseId, kindsOf((index) => parked[index]!.has(caseId))])),
    };
  }

  /** Every case that somebody may be related to, or that is of one of these authorities. */
  async casesOf(service: string, { organisation, user }: Actor, authorities: readonly string[]): Promise<readonly string[]> {
    const keys = [...keysOf({ organisation, user: null }), ...keysOf({ organisation, user })];
    const ids = new Set<string>();
    for (const { collection } of this.listsOf(service))
      for (const key of keys) await this.collect(ids, collection, { field: 'keys', has: key });
    if (authorities.length > 0) await this.collect(ids, caseCollection(service).name, { field: 'authority', oneOf: authorities });
    return [...ids].toSorted();
  }

  /** How many cases of other authorities than these a service knows. */
  async casesBeyond(service: string, others: readonly string[]): Promise<number> {
    return others.length === 0 ? 0 : this.readModels.count(caseCollection(service).name, [{ field: 'authority', oneOf: others }]);
  }

  private listsOf(service: string): readonly RelationshipList[] {
    return this.lists.get(service) ?? [];
  }

  private async collect(
    ids: Set<string>,
    collection: string,
    where: { field: string; has: string } | { field: string; oneOf: readonly string[] },
  ) {
    let cursor: string | undefined;
    do {
      const page = await this.readModels.find<Document>(collection, { where: [where], limit: pageSize, ...(cursor ? { cursor } : {}) });
      for (const { id } of page.items) ids.add(id);
      cursor = page.next;
    } while (cursor);
  }
}

/** Kinds of relationship of which what is known may be wrong. */
export interface Missing {
  readonly everywhere: ReadonlySet<RelationshipKind>;
  readonly inCases: ReadonlyMap<string, ReadonlySet<RelationshipKind>>;
}

interface RelationshipList {
  readonly collection: string;
  /** Who keeps it. */
  readonly reaction: string;
  /** The only kinds that it reports; all of them by default. */
  readonly kinds: readonly RelationshipKind[];
}

const listsOf = ({ name, projections, replicas }: ServiceDefinition): readonly RelationshipList[] =>
  [
    ...projections.map((one) => ({ ...one, kinds: relationshipKinds })),
    ...replicas.map((one) => ({ ...one, kinds: one.relationshipKinds ?? relationshipKinds })),
  ].flatMap(({ name: reaction, collections, kinds }) =>
    collections
      .map((collection) => collection.name)
      .filter((collection) => [ownRelationships(name).name, replicatedRelationships(name).name].includes(collection))
      .map((collection) => ({ collection, reaction, kinds })),
  );

/** It cannot be said now whether somebody has a part in a case. */
export const notKnownYet = (): Problem =>
  new Problem(
    {
      type: 'urn:waymark:problem:not-yet',
      title: 'Not there yet',
      status: 503,
      detail: 'Whether you have a part in this case cannot be told now: what was recorded last has not been taken in. Try again.',
    },
    { 'retry-after': '2' },
  );
