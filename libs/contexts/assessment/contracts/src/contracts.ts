import { z } from 'zod';
import { CaseId, code, defineContract, handle, Instant, OrganisationId, PersonId, UserId, Uuid } from '@waymark/kernel';

const agencies = () => z.array(OrganisationId);
const needs = () => z.array(z.object({ needId: Uuid, code: handle() }));
/** Needs by their ids: which kind of need it is, is about a person (docs/adr/0017); whoever may know asks assessment. */
const needIds = () => z.array(Uuid);
const ofEha = { caseId: CaseId, ehaId: Uuid };

/**
 * A consent holds from `from` on and before `until`, for the agencies named. The same `consentId` again renews it for those: their
 * stretch before ends where the new one begins.
 */
export const consentGiven = defineContract('earlyhelp.assessment.consent-given.v1', {
  caseId: CaseId,
  consentId: Uuid,
  purpose: handle(),
  agencies: agencies(),
  from: Instant,
  until: Instant.nullable(),
});

/** The same, with who gave it and whom it covers: without that nobody who is named counts as covered (CON-16). */
export const consentGivenV2 = defineContract('earlyhelp.assessment.consent-given.v2', {
  caseId: CaseId,
  consentId: Uuid,
  giver: PersonId,
  purpose: handle(),
  covers: z.array(PersonId),
  agencies: agencies(),
  from: Instant,
  until: Instant.nullable(),
});

/** Somebody refused; it undoes nobody else's consent (CON-09). */
export const consentRefused = defineContract('earlyhelp.assessment.consent-refused.v1', {
  caseId: CaseId,
  refusalId: Uuid,
  purpose: handle(),
  at: Instant,
});

/** From `at` on the consent reaches these agencies no more; null: none (CON-13). `suspended`: the child's understanding is in doubt (CON-06). */
export const consentWithdrawn = defineContract('earlyhelp.assessment.consent-withdrawn.v1', {
  caseId: CaseId,
  consentId: Uuid,
  purpose: handle(),
  agencies: agencies().nullable(),
  at: Instant,
  because: code(['withdrawn', 'suspended']),
});

/** A child's competence was judged (CON-05); whoever may know the outcome asks. */
export const competenceJudged = defineContract('earlyhelp.assessment.competence-judged.v1', {
  caseId: CaseId,
  competenceId: Uuid,
  childId: PersonId,
  at: Instant,
});

/** It was decided to share without consent (CON-12), or not to. */
export const sharingDecided = defineContract('earlyhelp.assessment.sharing-decided.v1', {
  caseId: CaseId,
  decisionId: Uuid,
  share: code(['yes', 'no']),
  agencies: agencies(),
  basis: handle(),
  at: Instant,
});

/** The same, with whom it is about; it holds from `from` on and before `until`, for these people and agencies only (CON-19). */
export const sharingDecidedV2 = defineContract('earlyhelp.assessment.sharing-decided.v2', {
  caseId: CaseId,
  decisionId: Uuid,
  share: code(['yes', 'no']),
  about: z.array(PersonId),
  agencies: agencies(),
  basis: handle(),
  from: Instant,
  until: Instant.nullable(),
});

export const assessmentOpened = defineContract('earlyhelp.assessment.assessment-opened.v1', {
  ...ofEha,
  leadProfessional: z.object({ user: UserId, organisation: OrganisationId }),
  openedAt: Instant,
});

/** Completed, and with the hub: nothing that needs a completed assessment goes ahead before it is accepted (FD-07). */
export const assessmentCompleted = defineContract('earlyhelp.assessment.assessment-completed.v1', {
  ...ofEha,
  completedAt: Instant,
  needs: needs(),
});

/** From 30 November 2026; nothing is published as version 1 any more, which carried the codes of the needs. */
export const assessmentCompletedV2 = defineContract('earlyhelp.assessment.assessment-completed.v2', {
  ...ofEha,
  completedAt: Instant,
  needs: needIds(),
});

export const assessmentReturned = defineContract('earlyhelp.assessment.assessment-returned.v1', { ...ofEha, returnedAt: Instant });

/** The hub escalated it to the MASH. */
export const assessmentEscalated = defineContract('earlyhelp.assessment.assessment-escalated.v1', { ...ofEha, escalatedAt: Instant });

/** The hub's two checks have passed (FD-07). */
export const assessmentAccepted = defineContract('earlyhelp.assessment.assessment-accepted.v1', {
  ...ofEha,
  completedAt: Instant,
  acceptedAt: Instant,
  needs: needs(),
});

/** From 30 November 2026, without the codes of the needs. */
export const assessmentAcceptedV2 = defineContract('earlyhelp.assessment.assessment-accepted.v2', {
  ...ofEha,
  completedAt: Instant,
  acceptedAt: Instant,
  needs: needIds(),
});

/** Reviewed and updated (EHA-10): it is as good as completed then. */
export const assessmentUpdated = defineContract('earlyhelp.assessment.assessment-updated.v1', {
  ...ofEha,
  updatedAt: Instant,
  needs: needs(),
});

/** From 30 November 2026, without the codes of the needs. */
export const assessmentUpdatedV2 = defineContract('earlyhelp.assessment.assessment-updated.v2', {
  ...ofEha,
  updatedAt: Instant,
  needs: needIds(),
});

export const assessmentClosed = defineContract('earlyhelp.assessment.assessment-closed.v1', { ...ofEha, closedAt: Instant });

const deadline = {
  caseId: CaseId,
  deadlineId: Uuid,
  rule: handle(),
  /** What it is about, by id. */ about: Uuid.nullable(),
  dueAt: Instant,
};

export const deadlineSet = defineContract('earlyhelp.assessment.deadline-set.v1', deadline);

/** A deadline of assessment's passed without being met; `rule` says which. */
export const deadlineMissed = defineContract('earlyhelp.assessment.deadline-missed.v1', deadline);

/** Everything that assessment publishes. */
export const assessmentContracts = [
  consentGiven,
  consentGivenV2,
  consentRefused,
  consentWithdrawn,
  competenceJudged,
  sharingDecided,
  sharingDecidedV2,
  assessmentOpened,
  assessmentCompleted,
  assessmentCompletedV2,
  assessmentReturned,
  assessmentEscalated,
  assessmentAccepted,
  assessmentAcceptedV2,
  assessmentUpdated,
  assessmentUpdatedV2,
  assessmentClosed,
  deadlineSet,
  deadlineMissed,
] as const;
