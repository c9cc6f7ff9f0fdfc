import type { AnyEventDefinition, DomainEvent, EventOf, OpenPart, Description } from '@waymark/kernel';
import type { Beginning, Ending, RelationshipChange, RelationshipKind } from './relationships.js';

/** The open part of an event, and who did it when: relationships are told by ids, never by what is sealed. */
type Told<D extends AnyEventDefinition> = D extends AnyEventDefinition
  ? EventOf<D> extends DomainEvent<infer T, infer Data>
    ? { readonly type: T; readonly data: OpenPart<Data> } & Description
    : never
  : never;

/** What a context's events say of who is what to a family. Pure; stands beside the events. */
export interface RelationshipTelling {
  readonly handles: readonly AnyEventDefinition[];
  readonly tell: (event: { readonly type: string; readonly data: unknown } & Description) => readonly RelationshipChange[];
}

/** Names the events' types for the event that `tell` sees. */
export const tellsRelationships = <const D extends AnyEventDefinition>(
  handles: readonly D[],
  tell: (event: Told<D>) => readonly RelationshipChange[],
): RelationshipTelling => ({ handles, tell: tell as unknown as RelationshipTelling['tell'] });

type Whom = Pick<Beginning, 'organisation'> & Partial<Pick<Beginning, 'user'>>;
interface When {
  readonly on: string;
  readonly from: Beginning['from'];
  readonly until?: Beginning['until'];
}

/** A relationship begins: of a professional, or of an organisation as a whole. */
export const begins = (
  as: RelationshipKind,
  { organisation, user = null }: Whom,
  { on, from, until = null }: When,
): RelationshipChange => ({
  begins: { as, organisation, user, on, from, until },
});

export const ends = (as: RelationshipKind, ending: Omit<Ending, 'as'>): RelationshipChange => ({ ends: { as, ...ending } });
