import type { Instant, OrganisationId, UserId } from '@waymark/kernel';

/** What somebody can be to a family's case, as the record tells it. */
export const relationshipKinds = [
  /** Made a contact about the family (FD-01). */
  'contact-maker',
  /** An assessment was recommended to it (FD-06). */
  'recommended-agency',
  /** A consent to take part reaches it (CON-03). */
  'agency-around-the-family',
  /** LP-01: one at a time; who led before is no longer. */
  'lead-professional',
  /** LP-03. */
  'proposed-lead-professional',
  /** Invited to the Team Around the Family with the family's agreement, or owner of an action. */
  'team-member',
  /** Wrote something in the assessment (EHA-02). */
  'contributor',
  /** EP-05. */
  'involved-service',
  /** A request for Targeted Support is shared with it (TS-03). */
  'request-recipient',
  /** A request was allocated to it (TS-04). */
  'provider',
] as const;
export type RelationshipKind = (typeof relationshipKinds)[number];

/** One relationship of an organisation, or of one of its professionals, to a case. Ids alone. */
export interface Relationship {
  readonly as: RelationshipKind;
  readonly organisation: OrganisationId;
  /** Null where it is the whole organisation's. */
  readonly user: UserId | null;
  /** The record that it comes from and ends with: a consent, an episode, a contact, a request. */
  readonly on: string;
  readonly from: Instant;
  /** Agreed beforehand: the first moment at which it no longer holds. */
  readonly until: Instant | null;
  /** When it was ended; over as soon as that is on record, whatever this process's clock says. */
  readonly ended: Instant | null;
}

export interface Ending {
  readonly as: RelationshipKind;
  /** On which record; left out: on whichever. */
  readonly on?: string;
  /** Null: of all. */
  readonly organisations: readonly OrganisationId[] | null;
  readonly at: Instant;
}

/** What an event says of relationships to its case. */
export type RelationshipChange = { readonly begins: Relationship } | { readonly ends: Ending };

/** Folds one change. Taking the same change twice gives the same list. */
export const afterChange = (known: readonly Relationship[], change: RelationshipChange): readonly Relationship[] => {
  if ('begins' in change) return [...known.filter((one) => !isSame(one, change.begins)), change.begins];
  const { ends } = change;
  return known.map((one) => (isMeant(one, ends) && one.ended === null ? { ...one, ended: ends.at } : one));
};

const isSame = (one: Relationship, other: Relationship): boolean =>
  one.as === other.as && one.organisation === other.organisation && one.user === other.user && one.on === other.on;

const isMeant = (one: Relationship, { as, on, organisations }: Ending): boolean =>
  one.as === as && (on === undefined || one.on === on) && (organisations === null || organisations.includes(one.organisation));

/** Those that hold at a moment; of several who led one after the other, the last alone (LP-01). */
export const holdingAt = (known: readonly Relationship[], at: Instant): readonly Relationship[] => {
  const holding = known.filter(({ until, ended }) => ended === null && (until === null || at < until));
  const lead = holding.filter(({ as }) => as === 'lead-professional').reduce<Relationship | undefined>(later, undefined);
  return holding.filter((one) => one.as !== 'lead-professional' || one === lead);
};

const later = (one: Relationship | undefined, other: Relationship): Relationship => (one && one.from > other.from ? one : other);

/** The keys by which the cases are found that somebody may be related to: their own, their organisation's, and that of its staff. */
export const keysOf = ({ organisation, user }: Pick<Relationship, 'organisation' | 'user'>): readonly string[] =>
  user === null ? [`o:${organisation}`] : [`u:${user}@${organisation}`, `s:${organisation}`];
