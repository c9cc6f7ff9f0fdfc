import { CaseId, code, defineEvent, handle, Uuid } from '@waymark/kernel';
import { z } from 'zod';

// What the access log holds: ids, codes and places, nothing that anybody said. Who, in which role, for which organisation and purpose stands in the envelope.

const asked = {
  /** As the policy names it: `assessment.read`. */
  action: handle(),
  /** How far the cases' record was: what was shown is what it said there, or later. Null where it was empty. */
  position: handle().nullable(),
  /** Of the request. */
  requestId: Uuid,
};

/** ACC-02: somebody asked for access; recorded before anything is shown or done. */
export const AccessDecided = defineEvent(
  'access.AccessDecided.v1',
  {
    ...asked,
    /** The case; null for a list, for the platform's own affairs, and for a family that is not on record yet. */
    caseId: CaseId.nullable(),
    /** The record within the case; of an operation the person or case that it concerned. */
    record: handle().nullable(),
    outcome: code(['allowed', 'denied']),
    /** On which ground of the policy; null on a no. */
    ground: handle().nullable(),
    /** The rule that a no rests on. */
    rule: handle().nullable(),
  },
  ({ action, outcome }) => `Access was ${outcome}: ${action}.`,
);

/** ACC-02: a list showed these cases; recorded before it is shown. */
export const CasesListed = defineEvent(
  'access.CasesListed.v1',
  { ...asked, cases: z.array(CaseId) },
  ({ action, cases }) => `A list showed ${cases.length === 1 ? 'one case' : `${cases.length} cases`}: ${action}.`,
);

export const accessEvents = [AccessDecided, CasesListed] as const;
