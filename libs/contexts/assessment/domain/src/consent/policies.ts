import { invalid, refuse, type Instant, type OrganisationId, type Policy } from '@waymark/kernel';
import { isCoded, londonDay, startOfLondonDay, wordsOf, type PolicyPack } from '@waymark/policy';
import type { DecideSharing, GiveConsent, JudgeCompetence, RefuseConsent, RenewConsent } from './commands.js';
import type { Notice } from './events.js';
import { ageIsKnown, answerPolicies, youngGiverIsCompetent } from './giver-policies.js';
import {
  isCompetentStill,
  nothingWasDecidedSince,
  nothingWasSaidSince,
  ownRefusalStands,
  ownRefusalStandsAgainstRenewal,
} from './late-policies.js';
import type { Ledger } from './state.js';

type On<C> = Policy<C, Ledger, PolicyPack>;
interface WithNotice {
  readonly notice: Notice;
  readonly meta: { readonly occurredAt: Instant };
}
interface WithReach {
  readonly agencies: readonly OrganisationId[];
  readonly until: Instant | null;
  readonly meta: { readonly occurredAt: Instant };
}

/** CON-02: shared, read, understood and agreed; in a version that the pack knows and that had been issued by then. */
export const noticeWasUnderstood: On<WithNotice> = ({ notice, meta }, _ledger, pack) => {
  const missing = (['shared', 'read', 'understood', 'agreed'] as const).find((step) => !notice[step]);
  if (missing)
    return refuse('CON-02', `Consent counts only when the privacy notice was shared, read, understood and agreed: it was not ${missing}.`, {
      field: `notice.${missing}`,
    });
  const issued = isCoded(pack.privacyNoticeIssuedOn, notice.version) ? pack.privacyNoticeIssuedOn[notice.version] : undefined;
  return pack.privacyNotices.includes(notice.version) && issued && issued <= londonDay(meta.occurredAt)
    ? undefined
    : refuse('CON-02', `This version of the privacy notice was not in use then: share one of ${pack.privacyNotices.join(', ')}.`, {
        field: 'notice.version',
      });
};

/** CON-03: whom it reaches is said, once each, and an end lies ahead. */
export const reachIsSaid: On<WithReach> = ({ agencies, until, meta }) => {
  if (agencies.length === 0 || new Set(agencies).size < agencies.length)
    return refuse('CON-03', 'Consent names the agencies that it reaches: name at least one, each once.', { field: 'agencies' });
  return until !== null && until <= meta.occurredAt
    ? refuse('CON-03', 'The end of a consent lies after its beginning: give a later one, or none.', { field: 'until' })
    : undefined;
};

/** CON-03. */
export const peopleAreNamed: On<GiveConsent> = ({ covers }) =>
  covers.length === 0 || new Set(covers).size < covers.length
    ? refuse('CON-03', 'Consent names the people it covers: name at least one, each once.', { field: 'covers' })
    : undefined;

/** CON-04: on their own behalf somebody consents for themself and for nobody else. */
export const ownBehalfCoversOneself: On<GiveConsent> = ({ giver, covers }) =>
  giver.capacity === 'own-behalf' && covers.some((personId) => personId !== giver.personId)
    ? refuse('CON-04', 'Consent on their own behalf covers only the giver: others are covered by a person with parental responsibility.', {
        field: 'covers',
      })
    : undefined;

export const givePolicies: readonly On<GiveConsent>[] = [
  ...answerPolicies,
  noticeWasUnderstood,
  reachIsSaid,
  peopleAreNamed,
  ownBehalfCoversOneself,
  ownRefusalStands,
  isCompetentStill,
  nothingWasSaidSince,
];

/** CON-10: to ask again lies ahead. */
export const askAgainLiesAhead: On<RefuseConsent> = ({ askAgainOn, meta }) =>
  askAgainOn !== null && startOfLondonDay(askAgainOn) <= meta.now
    ? invalid('The day to ask the family again has passed or is today: give a day to come, or none.', { field: 'askAgainOn' })
    : undefined;

export const refusePolicies: readonly On<RefuseConsent>[] = [...answerPolicies, askAgainLiesAhead];
export const renewPolicies: readonly On<RenewConsent>[] = [noticeWasUnderstood, reachIsSaid];

/** CON-03, CON-05: a renewal is a new agreement of whoever gave it, for whom it covers. */
export const renewalPolicies = [ageIsKnown, youngGiverIsCompetent, isCompetentStill, ownRefusalStandsAgainstRenewal, nothingWasSaidSince];

/** CON-05: each of the pack's factors once, each with its reasoning; competent only where all are met. */
export const allFactorsAreJudged: On<JudgeCompetence> = ({ factors, outcome }, _ledger, pack) => {
  const judged = factors.map(({ factor }) => factor);
  const missing = Object.keys(pack.gillickFactors).filter((factor) => !judged.includes(factor));
  if (missing.length > 0)
    return refuse(
      'CON-05',
      `All six factors are judged; still missing: ${missing.map((it) => wordsOf(pack.gillickFactors, it)).join('; ')}.`,
      {
        field: 'factors',
      },
    );
  if (judged.length !== Object.keys(pack.gillickFactors).length)
    return refuse('CON-05', 'Each of the six factors is judged once: leave out what is not one of them.', { field: 'factors' });
  return outcome === 'competent' && factors.some(({ met }) => met !== true)
    ? refuse('CON-05', 'A child is competent only where all six factors are met: judge otherwise, or look at the factor again.', {
        field: 'outcome',
      })
    : undefined;
};

/** CON-12: the basis or duty is one that the pack knows, in law by then. */
export const basisIsInLaw: On<Pick<DecideSharing, 'basis' | 'meta'>> = ({ basis, meta }, _ledger, pack) => {
  const known = isCoded(pack.sharingBases, basis) ? pack.sharingBases[basis] : undefined;
  return known && basis !== 'consent' && (known.from === null || known.from <= londonDay(meta.occurredAt))
    ? undefined
    : refuse('CON-12', 'Sharing without consent names the lawful basis or duty relied on, in law on that day: name one of the pack.', {
        field: 'basis',
      });
};

/** CON-12: nothing of the decision is left blank. */
export const decisionIsWhole: On<DecideSharing> = (command) => {
  const blank = (['what', 'why', 'viewsSought'] as const).find((field) => isBlank(command[field]));
  const nobody = (['agencies', 'about'] as const).find((field) => command[field].length === 0);
  const field = blank ?? nobody;
  return field
    ? refuse('CON-12', 'A decision about sharing says what, why, about whom, with whom, on which basis, and which views were sought.', {
        field,
      })
    : undefined;
};

export const sharingPolicies: readonly On<DecideSharing>[] = [decisionIsWhole, basisIsInLaw];
export const shareWithoutConsentPolicies: readonly On<DecideSharing>[] = [...sharingPolicies, nothingWasDecidedSince];

const isBlank = (text: unknown): boolean => typeof text === 'string' && text.trim() === '';
