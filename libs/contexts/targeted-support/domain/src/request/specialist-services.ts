/** TS-08: specialist services that a professional refers to directly, not through a panel. */
export const specialistServices = ['camhs', 'disability-0-25'] as const;
export type SpecialistService = (typeof specialistServices)[number];

export const specialistWords: Readonly<Record<SpecialistService, string>> = {
  camhs: 'CAMHS',
  'disability-0-25': 'the 0-25 Disability Service',
};
