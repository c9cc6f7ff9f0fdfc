import { notPermitted, refuse, type CommandMeta, type OrganisationId, type Policy, type Refused, type Uuid } from '@waymark/kernel';
import { isCoded, withinLimit, type PolicyPack } from '@waymark/policy';
import type { TriageRequest, WithdrawRequest } from './commands.js';
import type { Evidence, LeadProfessional } from './evidence.js';
import type { AwaitingTriage, Request, SubmittedRequest } from './state.js';

/** The consent of its own that a request needs (CON-14). */
export const requestConsent = 'targeted-support-request';

/** What the gate is asked, at submission and again after a return. */
export interface Asking {
  readonly needs: readonly Uuid[];
  readonly kinds: readonly string[];
  readonly sharedWith: readonly OrganisationId[];
  readonly evidence: Evidence;
  readonly meta: CommandMeta;
}
type Gate = Policy<Asking, Request, PolicyPack>;

const isActor = (lead: LeadProfessional | null, { actor }: CommandMeta): boolean =>
  lead?.user === actor.user && lead.organisation === actor.organisation;

/** TS-01 */
const onlyTheLeadProfessionalAsks: Gate = ({ evidence, meta }) =>
  isActor(evidence.leadProfessional, meta)
    ? undefined
    : refuse(
        'TS-01',
        "Only the case's Lead Professional requests Targeted Support: ask them to submit it, or have the change of Lead Professional recorded first.",
        {
          field: 'actor',
        },
      );

/** TS-02 */
const aCompletedEhaIsThere: Gate = ({ evidence }) =>
  evidence.eha
    ? undefined
    : refuse('TS-02', 'There is no completed Early Help Assessment for this case: complete one that evidences the needs first.', {
        field: 'caseId',
      });

/** FD-07 */
const theHubHasAccepted: Gate = ({ evidence }) =>
  evidence.eha?.accepted
    ? undefined
    : refuse(
        'FD-07',
        'The Early Help Assessment has not passed the hub’s safeguarding and quality checks: wait until the hub has accepted it.',
        {
          field: 'caseId',
        },
      );

/** TS-02 */
const theEhaIsInDate: Gate = ({ evidence: { eha }, meta }, _state, pack) => {
  const dates = [eha?.completedAt, eha?.updatedAt].filter((date) => date !== null && date !== undefined);
  return dates.some((date) => withinLimit(date, pack.ehaValidForRequest, meta.occurredAt))
    ? undefined
    : refuse(
        'TS-02',
        'The Early Help Assessment is out of date: it was neither completed nor updated within the time that a request needs. Update it first.',
        {
          field: 'caseId',
        },
      );
};

/** TS-02 */
const theEhaEvidencesTheNeeds: Gate = ({ needs, evidence: { eha } }) => {
  if (needs.length === 0)
    return refuse('TS-02', 'The request names no need: name at least one that the assessment evidences.', { field: 'needs' });
  const missing = needs.findIndex((needId) => !eha?.needs.some((need) => need.needId === needId));
  return missing < 0
    ? undefined
    : refuse('TS-02', 'The assessment does not evidence a need that the request names: update the assessment, or take the need out.', {
        field: `needs.${missing}`,
      });
};

/** TS-05 */
const theKindsAreOffered: Gate = ({ kinds }, _state, pack) => {
  if (kinds.length === 0) return refuse('TS-05', `The request names no kind of support: name one of ${offered(pack)}.`, { field: 'kinds' });
  const unknownKind = kinds.findIndex((kind) => !isCoded(pack.supportKinds, kind));
  return unknownKind < 0
    ? undefined
    : refuse('TS-05', `There is no such kind of support here: name one of ${offered(pack)}.`, { field: `kinds.${unknownKind}` });
};

/** TS-03 */
const consentCoversTheSharing: Gate = ({ sharedWith, evidence }) => {
  if (sharedWith.length === 0)
    return refuse('TS-03', 'The request names no organisation that it is shared with: name those that the family has agreed to.', {
      field: 'sharedWith',
    });
  const refusal = consentIsInForce(evidence);
  if (refusal) return refusal;
  const beyond = sharedWith.findIndex((organisation) => !isReached(evidence, organisation));
  return beyond < 0
    ? undefined
    : refuse(
        'TS-03',
        'The additional consent does not reach an organisation that the request is shared with: ask the family, or take the organisation out.',
        {
          field: `sharedWith.${beyond}`,
        },
      );
};

export const gate: readonly Gate[] = [
  onlyTheLeadProfessionalAsks,
  aCompletedEhaIsThere,
  theHubHasAccepted,
  theEhaIsInDate,
  theEhaEvidencesTheNeeds,
  theKindsAreOffered,
  consentCoversTheSharing,
];

type OfTriage = Policy<TriageRequest, AwaitingTriage, PolicyPack>;

/** TS-04 */
const onlyATargetedSupportManagerTriages: OfTriage = ({ meta }) =>
  meta.actor.role === 'targeted-support-manager'
    ? undefined
    : refuse('TS-04', 'A request is triaged by a manager of Targeted Support, acting in that role.', { field: 'actor' });

/** TS-04 */
const triageHasReasons: OfTriage = ({ reasons }) =>
  reasons.trim()
    ? undefined
    : refuse('TS-04', 'The triage has no reasons: say why, so that the Lead Professional and the family can be told.', {
        field: 'reasons',
      });

/** TS-04 */
const thePanelIsOneOfThePack: OfTriage = ({ triage }, _state, pack) => {
  if (triage.outcome !== 'send-to-panel' || isCoded(pack.panels, triage.panel)) return undefined;
  const panels = Object.keys(pack.panels).join(', ');
  return refuse(
    'TS-04',
    panels ? `There is no such panel here: send the request to one of ${panels}.` : 'This authority has no panel: choose another outcome.',
    {
      field: 'triage.panel',
    },
  );
};

/** TS-04 */
const theOutcomeSaysWhatFollows: OfTriage = ({ triage }) => {
  if (triage.outcome === 'return-for-information' && !triage.asked.trim())
    return refuse('TS-04', 'A return says what information is asked for.', { field: 'triage.asked' });
  if (triage.outcome === 'signpost' && !triage.to.trim())
    return refuse('TS-04', 'A signpost says where the family is pointed to.', { field: 'triage.to' });
  return undefined;
};

/** TS-05 */
const theAllocatedKindIsOffered: OfTriage = ({ triage }, _state, pack) =>
  triage.outcome !== 'allocate-directly' || isCoded(pack.supportKinds, triage.supportKind)
    ? undefined
    : refuse('TS-05', `There is no such kind of support here: allocate one of ${offered(pack)}.`, { field: 'triage.supportKind' });

/** TS-03, CON-13: whoever learns of the family by the outcome is reached by the consent still. */
const consentStillCoversTheOutcome: OfTriage = ({ triage, evidence }) => {
  if (triage.outcome === 'return-for-information' || triage.outcome === 'signpost') return undefined;
  const refusal = consentIsInForce(evidence);
  if (refusal) return refusal;
  return triage.outcome === 'send-to-panel' || isReached(evidence, triage.organisation)
    ? undefined
    : refuse(
        'TS-03',
        'The additional consent does not reach the organisation that the support is allocated to: return the request, so that the family is asked.',
        {
          field: 'triage.organisation',
        },
      );
};

export const triagePolicies: readonly OfTriage[] = [
  onlyATargetedSupportManagerTriages,
  triageHasReasons,
  thePanelIsOneOfThePack,
  theOutcomeSaysWhatFollows,
  theAllocatedKindIsOffered,
  consentStillCoversTheOutcome,
];

/** TS-01: whoever may ask may take it back; so may a manager of Targeted Support, when there is no Lead Professional any more. */
const theLeadProfessionalOrAManagerWithdraws: Policy<WithdrawRequest, SubmittedRequest, PolicyPack> = ({ evidence, meta }) =>
  isActor(evidence.leadProfessional, meta) || meta.actor.role === 'targeted-support-manager'
    ? undefined
    : notPermitted("A request is withdrawn by the case's Lead Professional or a manager of Targeted Support.", { field: 'actor' });

export const withdrawalPolicies = [theLeadProfessionalOrAManagerWithdraws] as const;

const offered = (pack: PolicyPack): string => Object.keys(pack.supportKinds).join(', ');

export const requestConsents = ({ consents }: Evidence) => consents.filter(({ purpose }) => purpose === requestConsent);

const consentIsInForce = (evidence: Evidence): Refused | undefined =>
  requestConsents(evidence).length > 0
    ? undefined
    : refuse(
        'TS-03',
        'The additional consent for a request for Targeted Support and its sharing is not in force: ask the family and record it first.',
        {
          field: 'caseId',
        },
      );

const isReached = (evidence: Evidence, organisation: OrganisationId): boolean =>
  requestConsents(evidence).some(({ agencies }) => agencies.includes(organisation));
