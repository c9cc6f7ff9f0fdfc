import { takingPart, type ConsentNeeds } from '@waymark/consent';
import type { RequestCommand } from './commands.js';
import { requestConsent } from './policies.js';
import type { Request } from './state.js';

const stillTakingPart = { purpose: takingPart, action: 'share', by: 'anybody' } as const;

/**
 * CON-14, CON-16: what a request needs of consent, one entry a command. The gate says by TS-03 what is missing (001 Requesting); of what is there the ledger
 * itself is asked, so that no clock brings back what was withdrawn.
 */
export const consentNeeds: ConsentNeeds<RequestCommand, Request> = {
  SubmitRequest: ({ persons, sharedWith }) => [
    { action: 'share' },
    { purpose: requestConsent, action: 'share', by: 'anybody', about: { persons }, with: { sharedWith } },
  ],
  ProvideInformation: ({ sharedWith = [] }) => [
    { action: 'share' },
    { purpose: requestConsent, action: 'share', by: 'anybody', with: { sharedWith } },
  ],
  TriageRequest: ({ triage }) => {
    switch (triage.outcome) {
      case 'return-for-information':
        return 'asking';
      case 'signpost':
        return 'closing';
      case 'send-to-panel':
        return [stillTakingPart, { purpose: requestConsent, action: 'share' }];
      case 'allocate-directly':
        return [stillTakingPart, { purpose: requestConsent, action: 'share', with: { 'triage.organisation': [triage.organisation] } }];
    }
  },
  WithdrawRequest: 'closing',
};
