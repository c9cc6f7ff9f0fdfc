import { takingPart, type ConsentNeeds, type Use } from '@waymark/consent';
import type { OrganisationId, PersonId } from '@waymark/kernel';
import type { RequestCommand, Triage } from './commands.js';
import { requestConsent } from './policies.js';
import type { Request } from './state.js';

/** Whom the request is about, and with whom it is shared: whatever follows a request is about them all, whomever it names itself. */
const personsOf = (request: Request): Readonly<Record<string, readonly PersonId[]>> =>
  request.status === 'not-submitted' ? {} : { requestId: request.persons };
const sharedWithOf = (request: Request): Readonly<Record<string, readonly OrganisationId[]>> =>
  request.status === 'not-submitted' ? {} : { requestId: request.sharedWith };

/** Of what goes on to a panel or a provider. */
const goingOn = (more: Readonly<Record<string, readonly OrganisationId[]>>): readonly Use<Request>[] => [
  { purpose: takingPart, action: 'share', by: 'anybody', about: personsOf },
  { purpose: requestConsent, action: 'share', about: personsOf, with: (request) => ({ ...more, ...sharedWithOf(request) }) },
];

const ofTriage = (triage: Triage): 'asking' | 'closing' | readonly Use<Request>[] => {
  switch (triage.outcome) {
    case 'return-for-information':
      return 'asking';
    case 'signpost':
      return 'closing';
    case 'send-to-panel':
      return goingOn({});
    case 'allocate-directly':
      return goingOn({ 'triage.organisation': [triage.organisation] });
  }
};

/**
 * CON-14, CON-16: what a request needs of consent, one entry a command. The gate says by TS-03 what is missing (001 Requesting); of what is there the ledger
 * itself is asked, so that no clock brings back what was withdrawn. Where a person of the request is no longer covered the request is withdrawn, and another
 * submitted without them; where an agency is, the request is returned, and the information given without it.
 */
export const consentNeeds: ConsentNeeds<RequestCommand, Request> = {
  SubmitRequest: ({ persons, sharedWith }) => [
    { action: 'share', about: { persons } },
    { purpose: requestConsent, action: 'share', by: 'anybody', about: { persons }, with: { sharedWith } },
  ],
  ProvideInformation: ({ sharedWith }) => [
    { action: 'share', about: personsOf },
    {
      purpose: requestConsent,
      action: 'share',
      by: 'anybody',
      about: personsOf,
      with: (request) => (sharedWith === undefined ? sharedWithOf(request) : { sharedWith }),
    },
  ],
  TriageRequest: ({ triage }) => ofTriage(triage),
  WithdrawRequest: 'closing',
};
