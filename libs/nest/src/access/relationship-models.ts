import { afterChange, keysOf, type Relationship, type RelationshipChange, type RelationshipTelling } from '@waymark/access';
import type { AnyContract, CaseId } from '@waymark/kernel';
import { projection, type Documents, type MessageOf, type Projection } from '@waymark/reactions';
import type { Collection, Document } from '@waymark/read-model';
import { copy, type CopyDefinition } from '../platform/service-definition.js';

/** A case's relationships as far as one reaction knows them. */
export interface CaseRelationships extends Document {
  readonly relationships: readonly Relationship[];
  /** By which the cases of somebody are found. */
  readonly keys: readonly string[];
}

const collectionOf = (name: string): Collection => ({ name, indexes: ['keys'] });

/** What a service's own events tell. */
export const ownRelationships = (service: string): Collection => collectionOf(`${service}.relationships`);
/** What other services told it. */
export const toldRelationships = (service: string): Collection => collectionOf(`${service}.relationships-told`);

const change = async (
  documents: Documents,
  collection: Collection,
  caseId: CaseId,
  changes: readonly RelationshipChange[],
): Promise<void> => {
  if (changes.length === 0) return;
  const before = await documents.get<CaseRelationships>(collection.name, caseId);
  const relationships = changes.reduce(afterChange, before?.relationships ?? []);
  documents.put(collection.name, { id: caseId, relationships, keys: [...new Set(relationships.flatMap(keysOf))] });
};

/** Keeps who is what to a case, from the record's own events. No sealed field is opened for it. */
export const relationshipsProjection = (service: string, tellings: readonly RelationshipTelling[]): Projection => {
  const collection = ownRelationships(service);
  return projection({
    name: collection.name,
    collections: [collection],
    handles: tellings.flatMap(({ handles }) => handles),
    opens: [],
    needs: ({ caseId }) => (caseId === null ? [] : [{ in: collection.name, id: caseId }]),
    project: async (event, documents) => {
      const { caseId } = event;
      const telling = tellings.find(({ handles }) => handles.some(({ type }) => type === event.type));
      if (caseId !== null && telling) await change(documents, collection, caseId, telling.tell(event));
    },
  });
};

interface CopyOptions<C extends AnyContract> {
  readonly service: string;
  readonly takes: readonly C[];
  readonly outOf: readonly AnyContract[];
  readonly tell: (message: MessageOf<C>) => readonly RelationshipChange[];
}

/** The same, from what other services publish. */
export const relationshipsCopy = <const C extends AnyContract>({ service, takes, outOf, tell }: CopyOptions<C>): CopyDefinition => {
  const collection = toldRelationships(service);
  return copy<C>({
    name: `${service}.relationships-copy`,
    collections: [collection],
    takes,
    outOf,
    needs: ({ key }) => [{ in: collection.name, id: key }],
    take: async (message, documents) => change(documents, collection, message.key as CaseId, tell(message)),
  });
};
