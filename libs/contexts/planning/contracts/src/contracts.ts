import { CaseId, code, Day, defineContract, flag, handle, Instant, OrganisationId, UserId, Uuid } from '@waymark/kernel';
import { z } from 'zod';

const leadProfessional = z.object({ user: UserId, organisation: OrganisationId });

/** A period of help with a family began, with an assessment (EP-01). Whoever initiated that leads until the first meeting. */
export const episodeOpened = defineContract('earlyhelp.planning.episode-opened.v1', {
  caseId: CaseId,
  episodeId: Uuid,
  ehaId: Uuid,
  leadProfessional,
  openedAt: Instant,
});

/** `reason`: a code of the policy pack (EP-04). */
export const episodeClosed = defineContract('earlyhelp.planning.episode-closed.v1', {
  caseId: CaseId,
  episodeId: Uuid,
  reason: handle(),
  closedAt: Instant,
});

/** From 30 November 2026, without the reason, which is about the family (docs/adr/0017); nothing is published as version 1 any more. */
export const episodeClosedV2 = defineContract('earlyhelp.planning.episode-closed.v2', {
  caseId: CaseId,
  episodeId: Uuid,
  closedAt: Instant,
});

export const episodeReopened = defineContract('earlyhelp.planning.episode-reopened.v1', {
  caseId: CaseId,
  episodeId: Uuid,
  leadProfessional,
  reopenedAt: Instant,
});

/** Somebody else leads from now on (LP-01, LP-03). */
export const leadProfessionalChanged = defineContract('earlyhelp.planning.lead-professional-changed.v1', {
  caseId: CaseId,
  episodeId: Uuid,
  leadProfessional,
  since: Instant,
});

/** Professionals were invited to a Team Around the Family meeting, as the family agreed (TAF-04) and as far as consent reaches them (CON-16). */
export const teamAgreed = defineContract('earlyhelp.planning.team-agreed.v1', {
  caseId: CaseId,
  episodeId: Uuid,
  professionals: z.array(z.object({ user: UserId, organisation: OrganisationId })),
  at: Instant,
});

/** A Team Around the Family meeting was held: the first (TAF-01) or a review (TAF-02). */
export const tafHeld = defineContract('earlyhelp.planning.taf-held.v1', {
  caseId: CaseId,
  episodeId: Uuid,
  meetingId: Uuid,
  heldAt: Instant,
  first: flag(),
});

/** A SMART action was agreed (PLAN-01), to be done by the end of that day in England. */
export const actionAgreed = defineContract('earlyhelp.planning.action-agreed.v1', {
  caseId: CaseId,
  episodeId: Uuid,
  actionId: Uuid,
  needId: Uuid,
  ownedBy: code(['professional', 'family-member']),
  by: Day,
});

/** An action's date has passed (PLAN-02). */
export const actionOverdue = defineContract('earlyhelp.planning.action-overdue.v1', {
  caseId: CaseId,
  episodeId: Uuid,
  actionId: Uuid,
  dueAt: Instant,
});

/** No review was held within the window (TAF-02). */
export const caseDrifting = defineContract('earlyhelp.planning.case-drifting.v1', {
  caseId: CaseId,
  episodeId: Uuid,
  since: Instant,
});

/** Any other deadline of planning's passed without being met; `rule` says which. */
export const deadlineMissed = defineContract('earlyhelp.planning.deadline-missed.v1', {
  caseId: CaseId,
  episodeId: Uuid,
  deadlineId: Uuid,
  rule: handle(),
  dueAt: Instant,
});

/** Everything that planning publishes. */
export const planningContracts = [
  episodeOpened,
  episodeClosed,
  episodeClosedV2,
  episodeReopened,
  leadProfessionalChanged,
  teamAgreed,
  tafHeld,
  actionAgreed,
  actionOverdue,
  caseDrifting,
  deadlineMissed,
] as const;
