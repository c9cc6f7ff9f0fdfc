import { refuse, type Policy } from '@waymark/kernel';
import type { PolicyPack } from '@waymark/policy';
import type { ConsentEvidence } from './parts.js';

interface RestsOnConsent {
  readonly evidence: ConsentEvidence;
}
type OfEvidence = Policy<RestsOnConsent, unknown, PolicyPack>;

/** CON-06: a child's consent whose ground is in doubt carries no further step. */
export const consentIsNotSuspended: OfEvidence = ({ evidence }) =>
  evidence.suspended && evidence.takingPart === null
    ? refuse(
        'CON-06',
        "The child's own consent is suspended, because their understanding is in doubt: ask a person with parental responsibility first.",
        { field: 'evidence' },
      )
    : undefined;

/** CON-01: Early Help is voluntary, from the first step to the last. */
export const takingPartIsAgreed: OfEvidence = ({ evidence }) =>
  evidence.takingPart === null
    ? refuse('CON-01', 'Early Help is voluntary, and no consent to take part is in force: record it first.', { field: 'evidence' })
    : undefined;

/** CON-02: the consent went through a privacy notice that the pack still relies on. */
export const noticeStillCounts: OfEvidence = ({ evidence }, _state, pack) =>
  evidence.takingPart !== null && !pack.privacyNotices.includes(evidence.takingPart.noticeVersion)
    ? refuse(
        'CON-02',
        'The consent rests on a privacy notice that may no longer be relied on: share the present one and renew the consent.',
        {
          field: 'evidence',
        },
      )
    : undefined;

/** Whatever an assessment does rests on these. */
export const consentPolicies: readonly OfEvidence[] = [consentIsNotSuspended, takingPartIsAgreed, noticeStillCounts];

/** CON-09: each other person with parental responsibility has joined, or was sought. */
export const otherParentsWereSought: OfEvidence = ({ evidence }) =>
  evidence.otherParents.some(({ consented, efforts }) => !consented && efforts === 0)
    ? refuse('CON-09', 'Another person with parental responsibility has not joined, and no effort to reach them is recorded: record one.', {
        field: 'evidence.otherParents',
      })
    : undefined;
