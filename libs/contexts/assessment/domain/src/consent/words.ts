import { takingPart } from '@waymark/consent';

/** In which capacity somebody consents. `other` is neither enough nor recorded as consent (CON-09). */
export const capacities = ['own-behalf', 'parental-responsibility', 'other'] as const;
export type Capacity = (typeof capacities)[number];

export const methods = ['in-person', 'phone', 'written', 'video'] as const;
export type Method = (typeof methods)[number];

export const noticeForms = ['paper', 'electronic', 'read-aloud', 'easy-read', 'translated', 'interpreted'] as const;

export const competenceOutcomes = ['competent', 'not-competent', 'inconsistent'] as const;
export type CompetenceOutcome = (typeof competenceOutcomes)[number];

/** UK GDPR Article 6(1). Consent is left out on purpose: agreement to take part is another record (CON-15). */
export const article6 = ['legal-obligation', 'vital-interests', 'public-task', 'legitimate-interests'] as const;
/** UK GDPR Article 9(2), for special categories of data. */
export const article9 = ['social-protection', 'vital-interests', 'substantial-public-interest', 'health-or-social-care'] as const;

export const capacityWords: Readonly<Record<Capacity, string>> = {
  'own-behalf': 'on their own behalf',
  'parental-responsibility': 'with parental responsibility',
  other: 'in another capacity',
};

export const methodWords: Readonly<Record<Method, string>> = {
  'in-person': 'in person',
  phone: 'by phone',
  written: 'in writing',
  video: 'by video call',
};

const purposes: Readonly<Record<string, string>> = {
  [takingPart]: 'to take part in Early Help',
  'targeted-support-request': 'to a request for Targeted Support',
  'lead-professional-change': 'to a change of Lead Professional',
  'sibling-setting-contact': "to contact with a sibling's setting",
  'whole-family-assessment': 'to an assessment of the whole family',
  'use-of-social-care-assessment': "to the use of Children's Social Care's assessment",
  'step-down-assessment': "to the use of Children's Social Care's assessment",
};

/** "to take part in Early Help"; a purpose that only its pack knows is spelt out. */
export const purposeWords = (purpose: string): string => purposes[purpose] ?? `for this purpose: ${purpose.replaceAll('-', ' ')},`;
