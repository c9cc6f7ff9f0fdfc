import type { Tale } from '../tale.js';

/** Whom and what the tale knows after the first contact. */
export interface Known {
  readonly contact: string;
  readonly caseId: string;
  readonly child: string;
  readonly mother: string;
  readonly father: string;
}

const officer = ({ by, staff }: Tale) => by(staff.triage, 'triage-officer');
const coordinator = ({ by, staff }: Tale) => by(staff.hub, 'hub-coordinator');
const referrer = ({ by, family }: Tale) => by(family.lead, 'practitioner');

export const makeContact = async (tale: Tale): Promise<Known> => {
  const { child, mother, father, theme, lead } = tale.family;
  const made = await referrer(tale).post('/api/referral/contacts', {
    authority: tale.authority,
    source: { kind: 'professional', referrer: { name: lead.name } },
    child: { name: child.name, dateOfBirth: child.dateOfBirth },
    household: [
      { name: mother, relationship: 'mother' },
      { name: father, relationship: 'father' },
    ],
    concern: theme.concern(firstName(child.name)),
    reasons: [theme.reason],
  });
  const contact = `/api/referral/contacts/${made.id}`;
  const seen = await referrer(tale).get<{ child: Person; household: readonly Person[] }>(contact);
  const [first, second] = seen.household;
  return { contact, caseId: made.caseId, child: seen.child.personId, mother: first?.personId ?? '', father: second?.personId ?? '' };
};

interface Person {
  readonly personId: string;
}

const rationales = {
  'no-further-action': 'The school has already sorted it out with the family; nothing further is asked for.',
  'advice-and-information': 'One need, and the family asks for advice: parenting courses and the local offer were named.',
  'early-help-hub-enquiry': 'Several needs that one agency cannot meet; no sign of significant harm.',
  'childrens-social-care': 'Marks that the account does not explain: a Child and Family assessment is needed.',
} as const;

export const triage = async (tale: Tale, { contact }: Known, outcome: keyof typeof rationales): Promise<void> => {
  const threshold = outcome === 'early-help-hub-enquiry' && {
    level: 'targeted',
    indicators: ['poor-attendance-or-behaviour', 'inconsistent-parenting'],
    reasoning: 'Needs at home and at school, that the family would like help with.',
  };
  await officer(tale).post(`${contact}/triage`, { outcome, rationale: rationales[outcome], ...(threshold ? { threshold } : {}) });
};

export const decideHubEnquiry = async (tale: Tale, { contact }: Known, end: 'eha-recommended' | 'advice'): Promise<void> => {
  const { triage: decided } = await coordinator(tale).get<{ triage: { hubEnquiryId: string } }>(contact);
  await coordinator(tale).post(`/api/referral/hub-enquiries/${decided.hubEnquiryId}/decision`, {
    end,
    ...(end === 'eha-recommended' ? { agency: tale.family.lead.organisation } : {}),
    rationale:
      end === 'advice' ? 'The family has what it needs for now, and knows whom to ring.' : 'They know the family best and are trusted.',
  });
};

/** @returns where the enquiry is */
export const openMashEnquiry = async (tale: Tale, { contact }: Known): Promise<string> => {
  await officer(tale).post(`${contact}/mash-enquiry`, {});
  const { mashEnquiryId } = await officer(tale).get<{ mashEnquiryId: string }>(contact);
  const enquiry = `/api/referral/mash-enquiries/${mashEnquiryId}`;
  await officer(tale).post(`${enquiry}/agencies`, {
    agency: 'police',
    question: 'What is known of the address and of those who live there?',
  });
  await officer(tale).post(`${enquiry}/agencies`, {
    agency: 'health',
    question: 'Are there any worries about health or missed appointments?',
  });
  return enquiry;
};

export const healthShares = async (tale: Tale, enquiry: string): Promise<void> => {
  await officer(tale).post(`${enquiry}/replies`, {
    agency: 'health',
    kind: 'shared',
    shared: 'Two appointments missed in the spring; no other worries.',
    basis: 'public-task',
  });
};

export const decideMashEnquiry = async (tale: Tale, enquiry: string): Promise<void> => {
  await officer(tale).post(`${enquiry}/decision`, {
    outcome: 'advice-and-information',
    rationale: 'What the agencies know does not point to significant harm; the school goes on supporting.',
  });
};

export const firstName = (name: string): string => name.split(' ')[0] ?? name;
