import {
  afterChange,
  keysOf,
  noRelationships,
  type KnownRelationships,
  type RelationshipChange,
  type RelationshipKind,
  type RelationshipTelling,
} from '@waymark/access';
import type { AnyContract, CaseId } from '@waymark/kernel';
import { projection, type Documents, type MessageOf, type Projection } from '@waymark/event-processing';
import type { Collection, Document } from '@waymark/read-model';
import { replica, type ReplicaDefinition } from '../platform/service-definition.js';

/** A case's relationships as far as one reaction knows them. */
export interface CaseRelationships extends Document, KnownRelationships {
  /** By which the cases of somebody are found. */
  readonly keys: readonly string[];
}

const collectionOf = (name: string): Collection => ({ name, indexes: ['keys'] });

/** The relationships that follow from a service's own events. */
export const ownRelationships = (service: string): Collection => collectionOf(`${service}.relationships`);
/**
 * The relationships that other services published. The number in the name rises whenever the form of the documents changes: under a new name the replica is
 * built anew from the bus, as a projection is by its version. The first form did not hold the position of the event.
 */
export const replicatedRelationships = (service: string): Collection => collectionOf(`${service}.relationships-told-2`);
/** The replica that fills it. */
export const relationshipsReplicaName = (service: string): string => `${service}.relationships-copy-2`;

const change = async (
  documents: Documents,
  collection: Collection,
  { caseId, position }: { readonly caseId: CaseId; readonly position: string },
  changes: readonly RelationshipChange[],
): Promise<void> => {
  if (changes.length === 0) return;
  const before: KnownRelationships = (await documents.get<CaseRelationships>(collection.name, caseId)) ?? noRelationships;
  const { relationships, endings } = changes.reduce((known, next) => afterChange(known, next, position), before);
  documents.put(collection.name, { id: caseId, relationships, endings, keys: [...new Set(relationships.flatMap(keysOf))] });
};

/** Keeps the relationships of people to a case, from the service's own events. No sealed field is opened for it. */
export const relationshipsProjection = (service: string, tellings: readonly RelationshipTelling[]): Projection => {
  const collection = ownRelationships(service);
  return projection({
    name: collection.name,
    version: 2,
    collections: [collection],
    handles: tellings.flatMap(({ handles }) => handles),
    opens: [],
    needs: ({ caseId }) => (caseId === null ? [] : [{ in: collection.name, id: caseId }]),
    project: async (event, documents) => {
      const { caseId, position } = event;
      const telling = tellings.find(({ handles }) => handles.some(({ type }) => type === event.type));
      if (caseId !== null && telling) await change(documents, collection, { caseId, position }, telling.tell(event));
    },
  });
};

interface ReplicaOptions<C extends AnyContract> {
  readonly service: string;
  /** The kinds of relationship that these contracts report. Other kinds need not wait for this replica. */
  readonly kinds: readonly RelationshipKind[];
  readonly takes: readonly C[];
  readonly outOf: readonly AnyContract[];
  readonly tell: (message: MessageOf<C>) => readonly RelationshipChange[];
}

/** The same, from what other services publish. */
export const relationshipsReplica = <const C extends AnyContract>({
  service,
  kinds,
  takes,
  outOf,
  tell,
}: ReplicaOptions<C>): ReplicaDefinition => {
  const collection = replicatedRelationships(service);
  const told = (message: MessageOf<C>): readonly RelationshipChange[] => {
    const changes = tell(message);
    const beyond = changes.map((one) => ('begins' in one ? one.begins : one.ends).as).find((as) => !kinds.includes(as));
    if (beyond) throw new TypeError(`${service}: a copy tells of ${beyond}, which it does not declare`);
    return changes;
  };
  return replica<C>({
    name: relationshipsReplicaName(service),
    relationshipKinds: kinds,
    collections: [collection],
    takes,
    outOf,
    needs: ({ key }) => [{ in: collection.name, id: key }],
    take: async (message, documents) =>
      change(documents, collection, { caseId: message.key as CaseId, position: message.position }, told(message)),
  });
};
