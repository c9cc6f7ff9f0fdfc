import type { ConsentNeeds } from '@waymark/consent';
import type { ConsentCommand } from './commands.js';
import type { Ledger } from './state.js';

/** CON-16: the records of consent itself rest on their own lawful basis, and a safety concern waits for nothing. */
export const consentNeeds: ConsentNeeds<ConsentCommand, Ledger> = {
  GiveConsent: 'own-ground',
  RefuseConsent: 'own-ground',
  WithdrawConsent: 'own-ground',
  RenewConsent: 'own-ground',
  JudgeCompetence: 'own-ground',
  RecordParentInvolvement: 'own-ground',
  RecordOtherParent: 'own-ground',
  RecordEffortToReach: 'asking',
  JudgeRiskOnRefusal: 'safeguarding',
  DecideSharing: 'own-ground',
  DecideNotToShare: 'own-ground',
  RecordLawfulBasis: 'own-ground',
  RaiseSafetyConcern: 'safeguarding',
};
