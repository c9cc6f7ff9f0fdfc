import { code, defineContract, handle, Uuid, CaseId } from '@waymark/kernel';
import { z } from 'zod';

const which = { caseId: CaseId, requestId: Uuid };

/** The Lead Professional asked for Targeted Support, through the gate (TS-01 to TS-03). */
export const requestSubmitted = defineContract('earlyhelp.targeted-support.request-submitted.v1', { ...which, kinds: z.array(handle()) });

/** From 30 November 2026, without the kinds, which tell of the family's needs (docs/adr/0017); nothing is published as version 1 any more. */
export const requestSubmittedV2 = defineContract('earlyhelp.targeted-support.request-submitted.v2', which);

/** TS-04: what triage decided. A return tells of itself as `request-returned` as well. */
export const requestTriaged = defineContract('earlyhelp.targeted-support.request-triaged.v1', {
  ...which,
  outcome: code(['allocate-directly', 'send-to-panel', 'return-for-information', 'signpost']),
});

/** The request went back to the Lead Professional, who is asked for information. */
export const requestReturned = defineContract('earlyhelp.targeted-support.request-returned.v1', which);

export const requestWithdrawn = defineContract('earlyhelp.targeted-support.request-withdrawn.v1', which);

export const targetedSupportContracts = [requestSubmitted, requestSubmittedV2, requestTriaged, requestReturned, requestWithdrawn] as const;
