/** FD-02: the four outcomes of a triage and of a MASH enquiry. */
export const triageOutcomes = ['no-further-action', 'advice-and-information', 'early-help-hub-enquiry', 'childrens-social-care'] as const;
export type TriageOutcome = (typeof triageOutcomes)[number];

/** FD-06: the three ends of an Early Help Hub enquiry. */
export const hubEnds = ['eha-recommended', 'advice', 'back-to-mash'] as const;
export type HubEnd = (typeof hubEnds)[number];

export const outcomeWords: Readonly<Record<TriageOutcome, string>> = {
  'no-further-action': 'no further action',
  'advice-and-information': 'advice and information',
  'early-help-hub-enquiry': 'an Early Help Hub enquiry',
  'childrens-social-care': "progress to Children's Social Care for a Child and Family assessment",
};

/** FD-12: what the maker of a contact may know of what comes next. */
export const nextSteps = ['none', 'advice-given', 'assessment-recommended', 'social-care-assessment'] as const;
export type NextStep = (typeof nextSteps)[number];

export const nextStepWords: Readonly<Record<NextStep, string>> = {
  none: 'nothing further is planned',
  'advice-given': 'advice is given',
  'assessment-recommended': 'an Early Help Assessment is recommended',
  'social-care-assessment': "Children's Social Care assesses",
};
