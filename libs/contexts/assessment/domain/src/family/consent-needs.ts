import type { ConsentNeeds } from '@waymark/consent';
import type { Family, FamilyCommand } from './decide.js';

/** CON-16: which assessment is open rests on the consent to take part; closing one does not. */
export const consentNeeds: ConsentNeeds<FamilyCommand, Family> = {
  OpenAssessment: ({ initiator }) => ({ action: 'write', with: { initiator: [initiator.organisation] } }),
  CloseAssessment: 'closing',
};
