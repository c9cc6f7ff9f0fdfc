import type { Role } from '@waymark/kernel';
import { isBody, serves, type Body } from './bodies.js';
import type { Facts, FactsOfCase } from './facts.js';
import { consentBehind, holdingAt, type Relationship, type RelationshipKind } from './relationships.js';

/**
 * Why somebody may. `relationship`: by what they are to the case. `past`: by what they were, which nothing ends. `office`: by their role in a body of its
 * authority. `anyone`: whoever the case.
 */
export type Ground =
  | { readonly kind: 'relationship' | 'past' | 'office'; readonly holds: (facts: FactsOfCase) => boolean }
  | { readonly kind: 'anyone'; readonly holds: (facts: Facts) => boolean };

/** Who works with families; a member of the public, an auditor and the platform do not. */
export const professionals: readonly Role[] = [
  'practitioner',
  'lead-professional',
  'triage-officer',
  'hub-coordinator',
  'support-officer',
  'manager',
  'panel-member',
  'targeted-support-manager',
  'social-worker',
];

const isProfessional = ({ actor }: Facts): boolean => professionals.includes(actor.role);

/** CON-13: from a withdrawal on, what rests on consent rests on nothing. */
const consentIsNotMissing = ({ as }: Relationship, { about }: FactsOfCase): boolean => {
  const purpose = consentBehind[as];
  return purpose === undefined || about.consentCovers === undefined || about.consentCovers.includes(purpose);
};

/** What holds now, of everybody, and does not rest on a consent that is missing. */
const holdingNow = (facts: FactsOfCase): readonly Relationship[] =>
  holdingAt(facts.about.relationships, facts.at).filter((one) => consentIsNotMissing(one, facts));

/** ACC-01: a relationship of the actor, or of their whole organisation, that holds now. */
const related = (as: RelationshipKind): Ground => ({
  kind: 'relationship',
  holds: (facts) =>
    isProfessional(facts) && holdingNow(facts).some((one) => one.as === as && isOf(one, facts) && isNotAManagersAlone(one, facts)),
});

/** SUP-01: what reaches an organisation as a whole is for those who work there with the family; its managers see the cases that their staff take part in. */
const isNotAManagersAlone = ({ as, user }: Relationship, { actor }: Facts): boolean =>
  user !== null || actor.role !== 'manager' || begun.includes(as);
const begun: readonly RelationshipKind[] = ['contact-maker', 'recommended-agency'];

const isOf = ({ organisation, user }: { organisation: string; user: string | null }, { actor }: Facts): boolean =>
  organisation === actor.organisation && (user === null || user === actor.user);

/** A role, held in a body of the case's authority. */
const office = (role: Role, bodies: readonly Body[], more: (facts: FactsOfCase) => boolean = () => true): Ground => ({
  kind: 'office',
  holds: (facts) => {
    const { actor, about } = facts;
    return actor.role === role && about.authority !== null && serves(actor.organisation, about.authority, ...bodies) && more(facts);
  },
});

const forSafeguarding = ({ purpose }: Facts): boolean => purpose === 'safeguarding';

const operators: readonly Role[] = ['support-officer', 'manager', 'targeted-support-manager', 'system'];
const isOperator = ({ actor, purpose }: Facts): boolean =>
  operators.includes(actor.role) && purpose === 'operation' && isBody(actor.organisation);

export const grounds = {
  /** FD-12: of its own contact; whoever made a contact may also be the one who begins the work with the family (EHA-02). */
  contactMaker: related('contact-maker'),
  makerOfThisContact: {
    kind: 'past',
    holds: (facts) =>
      isProfessional(facts) &&
      facts.about.relationships.some((one) => one.as === 'contact-maker' && one.on === facts.about.record && isOf(one, facts)),
  },
  recommendedAgency: related('recommended-agency'),
  agencyAroundTheFamily: related('agency-around-the-family'),
  leadProfessional: related('lead-professional'),
  proposedLeadProfessional: related('proposed-lead-professional'),
  teamMember: related('team-member'),
  contributor: related('contributor'),
  involvedService: related('involved-service'),
  requestRecipient: related('request-recipient'),
  provider: related('provider'),
  /** SUP-01: of the cases that their own organisation's staff lead or take part in; not of those of other organisations. */
  managerOfOwnStaff: {
    kind: 'relationship',
    holds: (facts) =>
      facts.actor.role === 'manager' &&
      holdingNow(facts).some(({ user, organisation }) => user !== null && organisation === facts.actor.organisation),
  },
  /** FD-11: a safeguarding concern is raised by whoever was ever related to the case; nothing that has ended holds it up. */
  onceRelated: {
    kind: 'past',
    holds: (facts) => isProfessional(facts) && facts.about.relationships.some((one) => isOf(one, facts)),
  },
  /** FD-02, FD-03. */
  triageOfficer: office('triage-officer', ['mash']),
  triageOfficerForSafeguarding: office('triage-officer', ['mash'], forSafeguarding),
  /** FD-06, FD-07. */
  hubCoordinator: office('hub-coordinator', ['early-help-hub']),
  /** ADV-03. */
  supportOfficer: office('support-officer', ['early-help-hub', 'council']),
  /** TS-04. */
  targetedSupportManager: office('targeted-support-manager', ['targeted-support']),
  panelMember: office('panel-member', ['targeted-support', 'council']),
  socialWorkerForSafeguarding: office('social-worker', ['mash', 'council'], forSafeguarding),
  /** Looks for audit, and never writes. */
  auditor: office('auditor', ['council'], ({ purpose }) => purpose === 'audit'),
  /** FD-01: every contact is taken. */
  whoeverMakesAContact: {
    kind: 'anyone',
    holds: ({ about, actor }) => about === 'new' && actor.role !== 'auditor' && actor.role !== 'system',
  },
  /** Keeps the platform running: staff of an authority's bodies, not of any school, and for that purpose. */
  operator: { kind: 'anyone', holds: (facts) => isOperator(facts) },
  operatorOrAuditor: {
    kind: 'anyone',
    holds: (facts) => isOperator(facts) || (facts.actor.role === 'auditor' && isBody(facts.actor.organisation)),
  },
  professional: { kind: 'anyone', holds: isProfessional },
  professionalOrAuditor: { kind: 'anyone', holds: (facts) => isProfessional(facts) || facts.actor.role === 'auditor' },
} as const satisfies Readonly<Record<string, Ground>>;

export type GroundName = keyof typeof grounds;
