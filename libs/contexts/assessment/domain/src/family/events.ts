import { code, defineEvent, Uuid, type EventOf } from '@waymark/kernel';
import { ConsentEvidence, Professional } from '../common/parts.js';

export const closingReasons = ['episode-closed', 'consent-withdrawn', 'opened-in-error'] as const;
export type ClosingReason = (typeof closingReasons)[number];

const closedBecause: Readonly<Record<ClosingReason, string>> = {
  'episode-closed': 'the Early Help episode was closed',
  'consent-withdrawn': 'the family no longer agrees to take part',
  'opened-in-error': 'it was opened in error',
};

export const AssessmentOpened = defineEvent(
  'assessment.AssessmentOpened.v1',
  { ehaId: Uuid, leadProfessional: Professional, evidence: ConsentEvidence },
  ({ evidence }) =>
    `An Early Help Assessment was opened, on consent given after privacy notice ${evidence.takingPart?.noticeVersion ?? '(none)'}; ` +
    'its initiator is Lead Professional until the first Team Around the Family meeting.',
);

export const AssessmentClosed = defineEvent(
  'assessment.AssessmentClosed.v1',
  { ehaId: Uuid, reason: code(closingReasons) },
  ({ reason }) => `The family's Early Help Assessment was closed, because ${closedBecause[reason]}.`,
);

export type FamilyEvent = EventOf<typeof AssessmentOpened | typeof AssessmentClosed>;
