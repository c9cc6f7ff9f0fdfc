import { keysOf, type CaseFacts, type Relationship } from '@waymark/access';
import type { Actor, Instant } from '@waymark/kernel';
import type { Document, ReadModelStore } from '@waymark/read-model';
import { caseCollection, type CaseDirectory, type CaseEntry } from '../commands/case-directory.js';
import type { ServiceDefinition } from '../platform/service-definition.js';
import type { AboutCase } from './subject.js';
import { ownRelationships, toldRelationships, type CaseRelationships } from './relationship-models.js';

const pageSize = 500;

/** Who is what to a case, as far as a service knows it. */
export class Relationships {
  private readonly collections: ReadonlyMap<string, readonly string[]>;

  constructor(
    private readonly readModels: ReadModelStore,
    private readonly cases: CaseDirectory,
    services: readonly ServiceDefinition[],
  ) {
    this.collections = new Map(services.map((service) => [service.name, collectionsOf(service)]));
  }

  /** What the policy has to know of a case; undefined where the service knows of no such case. One that was begun a moment ago is waited for. */
  async factsOf(service: string, { caseId, record }: AboutCase, at: Instant): Promise<CaseFacts | undefined> {
    const authority = await this.cases.authorityOf(service, caseId, at);
    if (authority === undefined) return undefined;
    const found = await Promise.all(this.of(service).map((collection) => this.readModels.get<CaseRelationships>(collection, caseId)));
    return { caseId, authority, record, relationships: found.flatMap((known) => known?.relationships ?? []) };
  }

  /** The facts of every case that somebody may be related to, or that is of one of these authorities. */
  async factsOfAll(
    service: string,
    { organisation, user }: Actor,
    authorities: readonly string[],
  ): Promise<ReadonlyMap<string, CaseFacts>> {
    const keys = [...keysOf({ organisation, user: null }), ...keysOf({ organisation, user })];
    const ids = new Set<string>();
    for (const collection of this.of(service)) for (const key of keys) await this.collect(ids, collection, { field: 'keys', has: key });
    if (authorities.length > 0) await this.collect(ids, caseCollection(service).name, { field: 'authority', oneOf: authorities });
    return this.together(service, [...ids].toSorted());
  }

  /** How many cases of other authorities than these a service knows. */
  async casesBeyond(service: string, others: readonly string[]): Promise<number> {
    return others.length === 0 ? 0 : this.readModels.count(caseCollection(service).name, [{ field: 'authority', oneOf: others }]);
  }

  private of(service: string): readonly string[] {
    return this.collections.get(service) ?? [];
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

  private async together(service: string, ids: readonly string[]): Promise<ReadonlyMap<string, CaseFacts>> {
    const cases = await this.readModels.getMany<CaseEntry & Document>(caseCollection(service).name, ids);
    const found = await Promise.all(this.of(service).map((collection) => this.readModels.getMany<CaseRelationships>(collection, ids)));
    return new Map(
      ids.flatMap((caseId): [string, CaseFacts][] => {
        const authority = cases.get(caseId)?.authority;
        if (authority === undefined) return [];
        const relationships: readonly Relationship[] = found.flatMap((known) => known.get(caseId)?.relationships ?? []);
        return [[caseId, { caseId, authority, record: null, relationships }]];
      }),
    );
  }
}

const collectionsOf = ({ name, projections, copies }: ServiceDefinition): readonly string[] => {
  const kept = [...projections, ...copies].flatMap(({ collections }) => collections.map((collection) => collection.name));
  return [ownRelationships(name).name, toldRelationships(name).name].filter((collection) => kept.includes(collection));
};
