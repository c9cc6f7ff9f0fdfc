import { packFor } from '@waymark/policy';
import { instant } from '@waymark/kernel';
import type { Known } from './front-door.js';
import type { Tale } from '../tale.js';

/** Who answers for the family: somebody with parental responsibility, or the young person. */
export interface Giver {
  readonly personId: string;
  readonly capacity: 'parental-responsibility' | 'own-behalf';
  readonly dateOfBirth?: string;
}

const worker = ({ by, family }: Tale) => by(family.lead, 'practitioner');
const ledgerOf = ({ caseId }: Known) => `/api/assessment/cases/${caseId}`;

export const motherOf = ({ mother }: Known): Giver => ({ personId: mother, capacity: 'parental-responsibility' });
export const childOf = ({ child }: Known, { family }: Tale): Giver => ({
  personId: child,
  capacity: 'own-behalf',
  dateOfBirth: family.child.dateOfBirth,
});

export const takingPart = 'take-part-in-early-help';

interface Wanted {
  readonly giver?: Giver;
  readonly purpose?: string;
  readonly agencies?: readonly string[];
}

/** @returns the consent's id */
export const giveConsent = async (tale: Tale, known: Known, { giver = motherOf(known), purpose = takingPart, agencies }: Wanted = {}) => {
  const { lead } = tale.family;
  const { health, hub, housing } = tale.staff;
  const given = await worker(tale).post(`${ledgerOf(known)}/consents`, {
    giver,
    purpose,
    covers: giver.capacity === 'own-behalf' ? [giver.personId] : [known.child, known.mother],
    agencies: agencies ?? [lead.organisation, health.organisation, hub.organisation, housing.organisation],
    notice: { version: 'v3', form: 'paper', shared: true, read: true, understood: true, agreed: true },
    method: 'in-person',
  });
  return given.id;
};

/** CON-09: the other parent joins, for himself. */
export const fatherJoins = async (tale: Tale, known: Known): Promise<void> => {
  const { family, staff } = tale;
  await giveConsent(tale, known, {
    giver: { personId: known.father, capacity: 'own-behalf', dateOfBirth: family.fatherBorn },
    agencies: [family.lead.organisation, staff.health.organisation, staff.hub.organisation],
  });
};

export const refuseConsent = async (tale: Tale, known: Known, askAgainOn: string): Promise<string> => {
  const refused = await worker(tale).post(`${ledgerOf(known)}/refusals`, {
    giver: motherOf(known),
    purpose: takingPart,
    reasons: 'Afraid that a file will follow the children through school.',
    reassurance: 'Who sees what, and that no can be said at any time, was talked through.',
    alternatives: 'The breakfast club and the drop-in at the children’s centre.',
    askAgainOn,
  });
  return refused.id;
};

export const judgeRisk = async (tale: Tale, known: Known, refusalId: string): Promise<void> => {
  await worker(tale).post(`${ledgerOf(known)}/refusals/${refusalId}/risk`, {
    significantHarmLikely: false,
    rationale: 'The needs are real, the child is safe, and the family accepts the universal offer.',
  });
};

/** For all agencies, or for some. */
export const withdrawConsent = async (tale: Tale, known: Known, consentId: string, agencies?: readonly string[]): Promise<void> => {
  await worker(tale).post(`${ledgerOf(known)}/consents/${consentId}/withdrawal`, {
    by: known.mother,
    ...(agencies ? { agencies } : {}),
    reason: agencies ? 'They do not want their landlord to know.' : 'The family would rather go on alone.',
  });
};

/** CON-05: each of the six factors, with its reasoning. */
export const judgeCompetent = async (tale: Tale, known: Known, at: string): Promise<void> => {
  const factors = Object.keys(packFor(tale.authority, instant(at)).gillickFactors);
  await worker(tale).post(`${ledgerOf(known)}/competence-judgements`, {
    childId: known.child,
    factors: factors.map((factor) => ({ factor, met: true, reasoning: 'Explained it in their own words, and asked good questions.' })),
    outcome: 'competent',
  });
  await worker(tale).post(`${ledgerOf(known)}/parent-involvement`, {
    childId: known.child,
    parentInvolved: false,
    reasons: 'Wants to tell them in their own time.',
    helpOffered: 'The learning mentor will be there when they do.',
  });
};
