import type { Instant, OrganisationId, Uuid } from '@waymark/kernel';
import type { ConsentInForce } from '../request/evidence.js';
import { isRepeat, type AtPosition, type Copy } from './seen.js';

/** What assessment publishes about consent. `at` is when it was given or withdrawn, as told. */
export type ConsentMessage = AtPosition & { readonly consentId: Uuid; readonly at: Instant } & (
    | {
        readonly kind: 'consent-given';
        readonly purpose: string;
        readonly agencies: readonly OrganisationId[];
        readonly from: Instant;
        readonly until: Instant | null;
      }
    | { readonly kind: 'consent-withdrawn'; /** null: from all. */ readonly agencies: readonly OrganisationId[] | null }
  );

interface Reach {
  readonly agency: OrganisationId;
  /** Exclusive; null while it lasts as long as the grant. */
  readonly until: Instant | null;
}

/** One giving of a consent. A renewal is another grant beside it. */
interface Grant {
  readonly consentId: Uuid;
  readonly purpose: string;
  readonly givenAt: Instant;
  readonly from: Instant;
  /** Exclusive. */
  readonly until: Instant | null;
  readonly reach: readonly Reach[];
}

/** A case's consents with their intervals, so that what was in force can be told of any moment. */
export interface ConsentCopy extends Copy {
  readonly grants: readonly Grant[];
}

export const noConsents: ConsentCopy = { seenUpTo: null, grants: [] };

export const foldConsent = (copy: ConsentCopy, message: ConsentMessage): ConsentCopy =>
  isRepeat(copy, message) ? copy : { seenUpTo: message.position, grants: after(copy.grants, message) };

const after = (grants: readonly Grant[], message: ConsentMessage): readonly Grant[] => {
  const { consentId, at } = message;
  if (message.kind === 'consent-given') {
    const { purpose, agencies, from, until } = message;
    return [...grants, { consentId, purpose, givenAt: at, from, until, reach: agencies.map((agency) => ({ agency, until: null })) }];
  }
  // A withdrawal that is told late leaves alone what the family gave after it.
  return grants.map((grant) => (grant.consentId === consentId && grant.givenAt <= at ? withdrawn(grant, message.agencies, at) : grant));
};

const withdrawn = (grant: Grant, agencies: readonly OrganisationId[] | null, at: Instant): Grant =>
  agencies === null
    ? { ...grant, until: earlier(grant.until, at) }
    : {
        ...grant,
        reach: grant.reach.map(({ agency, until }) => ({ agency, until: agencies.includes(agency) ? earlier(until, at) : until })),
      };

const earlier = (until: Instant | null, at: Instant): Instant => (until !== null && until < at ? until : at);

/** The consents in force at a moment and whom each reaches then. The end of an interval is outside it: withdrawal takes effect at once (CON-13). */
export const consentsInForce = ({ grants }: ConsentCopy, at: Instant): readonly ConsentInForce[] =>
  grants
    .filter(({ from, until }) => from <= at && isBefore(at, until))
    .map(({ consentId, purpose, from, until, reach }) => ({
      consentId,
      purpose,
      from,
      until,
      agencies: reach.filter((one) => isBefore(at, one.until)).map(({ agency }) => agency),
    }));

const isBefore = (at: Instant, until: Instant | null): boolean => until === null || at < until;
