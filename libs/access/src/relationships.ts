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

/** The consents that relationships rest on: to the work (CON-03), and the one of its own that a request needs (CON-14, TS-03). */
export type ConsentPurpose = 'take-part-in-early-help' | 'targeted-support-request';

/**
 * To which purpose a consent has to reach somebody's organisation, as long as they read by what they are to the case (CON-13); undefined: none. The front door
 * rests on its own basis (CON-16), and whoever leads closes the work after a withdrawal (CON-17).
 */
export const consentBehind: Readonly<Record<RelationshipKind, ConsentPurpose | undefined>> = {
  'contact-maker': undefined,
  'recommended-agency': undefined,
  'lead-professional': undefined,
  'agency-around-the-family': 'take-part-in-early-help',
  'proposed-lead-professional': 'take-part-in-early-help',
  'team-member': 'take-part-in-early-help',
  contributor: 'take-part-in-early-help',
  'involved-service': 'take-part-in-early-help',
  'request-recipient': 'targeted-support-request',
  provider: 'targeted-support-request',
};

/**
 * Where in the event log something was told. Ordered by plain string comparison. What comes again, or late, is put where it belongs by it: a contract may be
 * published again years later.
 */
export type ToldAt = string;

/** A relationship as an event tells of it. Ids alone. */
export interface Beginning {
  readonly as: RelationshipKind;
  readonly organisation: OrganisationId;
  /** Null where it is the whole organisation's. */
  readonly user: UserId | null;
  /** The record that it comes from and ends with: a consent, an episode, a contact, a request. */
  readonly on: string;
  readonly from: Instant;
  /** Agreed beforehand: the first moment at which it no longer holds. */
  readonly until: Instant | null;
}

/** One relationship of an organisation, or of one of its professionals, to a case. */
export interface Relationship extends Beginning {
  readonly toldAt: ToldAt;
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

/**
 * Kinds that a consent itself makes. They end as its stretches of time do: a withdrawal that is entered late leaves what was agreed after it (GEN-02, CON-13).
 * Every other kind ends with its record, whenever it began: a closing that is entered late leaves nobody in.
 */
const byConsent: readonly RelationshipKind[] = ['agency-around-the-family', 'request-recipient'];

/** What an event says of relationships to its case. */
export type RelationshipChange = { readonly begins: Beginning } | { readonly ends: Ending };

/** What is known of a case: who is what to it, and what has ended, so that a beginning that is told late is over at once. */
export interface KnownRelationships {
  readonly relationships: readonly Relationship[];
  readonly endings: readonly (Ending & { readonly toldAt: ToldAt })[];
}

export const noRelationships: KnownRelationships = { relationships: [], endings: [] };

/**
 * Takes in one change, and where in the log it was told. In whatever order and however often the same changes come, the same relationships hold: those whose
 * newest beginning nothing has ended that was told later. What one event ends and begins has begun.
 */
export const afterChange = (known: KnownRelationships, change: RelationshipChange, toldAt: ToldAt): KnownRelationships =>
  'begins' in change ? afterBeginning(known, { ...change.begins, toldAt }) : afterEnding(known, { ...change.ends, toldAt });

const afterBeginning = (
  { relationships, endings }: KnownRelationships,
  next: Beginning & { readonly toldAt: ToldAt },
): KnownRelationships => {
  const before = relationships.find((one) => isSame(one, next));
  if (before && before.toldAt >= next.toldAt) return { relationships, endings };
  const ending = endings.find((one) => isEndedBy(next, one) && one.toldAt > next.toldAt);
  return { relationships: [...relationships.filter((one) => one !== before), { ...next, ended: ending?.at ?? null }], endings };
};

const afterEnding = ({ relationships, endings }: KnownRelationships, next: KnownRelationships['endings'][number]): KnownRelationships => {
  if (endings.some((one) => endsAllOf(one, next))) return { relationships, endings };
  const over = (one: Relationship): boolean => one.ended === null && isEndedBy(one, next) && next.toldAt > one.toldAt;
  return {
    relationships: relationships.map((one) => (over(one) ? { ...one, ended: next.at } : one)),
    endings: [...endings.filter((one) => !endsAllOf(next, one)), next],
  };
};

const isSame = (one: Beginning, other: Beginning): boolean =>
  one.as === other.as && one.organisation === other.organisation && one.user === other.user && one.on === other.on;

const isMeant = (one: Beginning, { as, on, organisations }: Ending): boolean =>
  one.as === as && (on === undefined || one.on === on) && (organisations === null || organisations.includes(one.organisation));

const isEndedBy = (one: Beginning, ending: Ending): boolean =>
  isMeant(one, ending) && !(byConsent.includes(one.as) && one.from > ending.at);

/** Whether the one ending ends whatever the other does, so that it need not be kept. */
const endsAllOf = (one: KnownRelationships['endings'][number], other: KnownRelationships['endings'][number]): boolean =>
  isSameScope(one, other) && one.toldAt >= other.toldAt && (one.at >= other.at || !byConsent.includes(one.as));

const isSameScope = (one: Ending, other: Ending): boolean =>
  one.as === other.as && one.on === other.on && String(one.organisations?.toSorted()) === String(other.organisations?.toSorted());

/** Those that hold at a moment; of several who led one after the other, the last alone (LP-01). */
export const holdingAt = (known: readonly Relationship[], at: Instant): readonly Relationship[] => {
  const holding = known.filter(({ until, ended }) => ended === null && (until === null || at < until));
  const lead = holding.filter(({ as }) => as === 'lead-professional').reduce<Relationship | undefined>(later, undefined);
  return holding.filter((one) => one.as !== 'lead-professional' || one === lead);
};

const later = (one: Relationship | undefined, other: Relationship): Relationship =>
  one && (one.from > other.from || (one.from === other.from && one.toldAt > other.toldAt)) ? one : other;

/** The keys by which the cases are found that somebody may be related to: their own, their organisation's, and that of its staff. */
export const keysOf = ({ organisation, user }: Pick<Relationship, 'organisation' | 'user'>): readonly string[] =>
  user === null ? [`o:${organisation}`] : [`u:${user}@${organisation}`, `s:${organisation}`];
