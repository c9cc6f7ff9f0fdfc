import * as contracts from '@waymark/assessment-contracts';
import type { AssessmentDeadline, EhaEvent, FamilyEvent, LedgerEvent } from '@waymark/assessment-domain';
import type { Recorded } from '@waymark/event-store';
import type { CaseId, Instant, Uuid } from '@waymark/kernel';
import type { OutgoingMessage } from '@waymark/event-processing';

type AssessmentEvent = LedgerEvent | FamilyEvent | EhaEvent | AssessmentDeadline;

interface Origin {
  readonly caseId: CaseId;
  readonly at: Instant;
}
type Contracts = {
  readonly [T in AssessmentEvent['type']]?: (
    data: Extract<AssessmentEvent, { type: T }>['data'],
    origin: Origin,
  ) => OutgoingMessage | readonly OutgoingMessage[];
};

type Sharing = Extract<AssessmentEvent, { type: 'assessment.SharingDecided.v1' | 'assessment.NonSharingDecided.v1' }>['data'];

/** In both versions: who knows only the first goes on with it. */
const sharing = (
  share: 'yes' | 'no',
  { decisionId, about, agencies, basis }: Sharing,
  { caseId, at }: Origin,
): readonly OutgoingMessage[] => [
  { contract: contracts.sharingDecided, data: { caseId, decisionId, share, agencies, basis, at } },
  { contract: contracts.sharingDecidedV2, data: { caseId, decisionId, share, about, agencies, basis, from: at, until: null } },
];

const idsOf = (needs: readonly { readonly needId: Uuid }[]): readonly Uuid[] => needs.map(({ needId }) => needId);

/** What others learn; an event that is not here is this service's own affair. */
const published: Contracts = {
  'assessment.ConsentGiven.v1': ({ consentId, giver, purpose, covers, agencies, until }, { caseId, at }) => [
    { contract: contracts.consentGiven, data: { caseId, consentId, purpose, agencies, from: at, until } },
    { contract: contracts.consentGivenV2, data: { caseId, consentId, giver: giver.personId, purpose, covers, agencies, from: at, until } },
  ],
  // A renewal changes neither who gave it nor whom it covers: those who keep it know both from its giving.
  'assessment.ConsentRenewed.v1': ({ consentId, purpose, agencies, until }, { caseId, at }) => ({
    contract: contracts.consentGiven,
    data: { caseId, consentId, purpose, agencies, from: at, until },
  }),
  'assessment.ConsentRefused.v1': ({ refusalId, purpose }, { caseId, at }) => ({
    contract: contracts.consentRefused,
    data: { caseId, refusalId, purpose, at },
  }),
  'assessment.ConsentWithdrawn.v1': ({ consentId, purpose, agencies }, { caseId, at }) => ({
    contract: contracts.consentWithdrawn,
    data: { caseId, consentId, purpose, agencies, at, because: 'withdrawn' },
  }),
  'assessment.ConsentSuspended.v1': ({ consentId, purpose }, { caseId, at }) => ({
    contract: contracts.consentWithdrawn,
    data: { caseId, consentId, purpose, agencies: null, at, because: 'suspended' },
  }),
  'assessment.CompetenceJudged.v1': ({ competenceId, childId }, { caseId, at }) => ({
    contract: contracts.competenceJudged,
    data: { caseId, competenceId, childId, at },
  }),
  'assessment.SharingDecided.v1': (decision, origin) => sharing('yes', decision, origin),
  'assessment.NonSharingDecided.v1': (decision, origin) => sharing('no', decision, origin),
  'assessment.AssessmentOpened.v1': ({ ehaId, leadProfessional }, { caseId, at }) => ({
    contract: contracts.assessmentOpened,
    data: { caseId, ehaId, leadProfessional, openedAt: at },
  }),
  'assessment.AssessmentClosed.v1': ({ ehaId }, { caseId, at }) => ({
    contract: contracts.assessmentClosed,
    data: { caseId, ehaId, closedAt: at },
  }),
  'assessment.EhaCompleted.v1': ({ ehaId, needs }, { caseId, at }) => ({
    contract: contracts.assessmentCompletedV2,
    data: { caseId, ehaId, completedAt: at, needs: idsOf(needs) },
  }),
  'assessment.EhaAccepted.v1': ({ ehaId, completedAt, needs }, { caseId, at }) => ({
    contract: contracts.assessmentAcceptedV2,
    data: { caseId, ehaId, completedAt, acceptedAt: at, needs: idsOf(needs) },
  }),
  'assessment.EhaReturned.v1': ({ ehaId }, { caseId, at }) => ({
    contract: contracts.assessmentReturned,
    data: { caseId, ehaId, returnedAt: at },
  }),
  'assessment.EhaEscalated.v1': ({ ehaId }, { caseId, at }) => ({
    contract: contracts.assessmentEscalated,
    data: { caseId, ehaId, escalatedAt: at },
  }),
  'assessment.EhaUpdated.v1': ({ ehaId, needs }, { caseId, at }) => ({
    contract: contracts.assessmentUpdatedV2,
    data: { caseId, ehaId, updatedAt: at, needs: idsOf(needs) },
  }),
  'assessment.DeadlineSet.v1': ({ deadlineId, rule, about, dueAt }, { caseId }) => ({
    contract: contracts.deadlineSet,
    data: { caseId, deadlineId, rule, about, dueAt },
  }),
  'assessment.DeadlineMissed.v1': ({ deadlineId, rule, about, dueAt }, { caseId }) => ({
    contract: contracts.deadlineMissed,
    data: { caseId, deadlineId, rule, about, dueAt },
  }),
};

type Publish = (data: unknown, origin: Origin) => OutgoingMessage | readonly OutgoingMessage[];

export const publish = ({ type, data, caseId, occurredAt }: Recorded): readonly OutgoingMessage[] => {
  const contract = (published as unknown as Readonly<Record<string, Publish | undefined>>)[type];
  // Every contract of this service is about a case.
  return contract && caseId !== null ? [contract(data, { caseId, at: occurredAt })].flat() : [];
};
