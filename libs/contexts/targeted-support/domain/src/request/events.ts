import {
  code,
  defineEvent,
  handle,
  Instant,
  isErased,
  LongText,
  OrganisationId,
  PersonId,
  reveal,
  revealText,
  sealed,
  UserId,
  Uuid,
  type EventOf,
  type Sealed,
} from '@waymark/kernel';
import { spelt } from '@waymark/policy';
import { z } from 'zod';
import { panelReasons, supportProviders } from './commands.js';
import { specialistServices, specialistWords } from './specialist-services.js';

const story = () => sealed(LongText, { of: 'caseId' });
/** A code about a person or a family is as personal as a text (docs/adr/0017); until 30 November 2026 these stood in clear. */
const sealedCode = { of: 'caseId', addedLater: true };
const leadProfessional = z.strictObject({ user: UserId, organisation: OrganisationId });
const position = () => handle().nullable();
const seenUpTo = z.strictObject({ leadProfessional: position(), eha: position(), consent: position() });
const consents = z.array(z.strictObject({ consentId: Uuid, agencies: z.array(OrganisationId), from: Instant, until: Instant.nullable() }));

/** What the gate rested on: ids, dates, and how far the copies had read (GEN-01). */
const evidence = z.strictObject({
  leadProfessional,
  ehaId: Uuid,
  ehaCompletedAt: Instant,
  ehaUpdatedAt: Instant.nullable(),
  /** By their ids in the assessment; until 30 November 2026 with their codes. */
  needs: z.array(z.strictObject({ needId: Uuid, code: sealed(handle(), sealedCode).optional() })),
  consents,
  seenUpTo,
});

const asked = {
  requestId: Uuid,
  needs: z.array(Uuid).min(1),
  kinds: sealed(z.array(handle()).min(1), sealedCode),
  sharedWith: z.array(OrganisationId).min(1),
  evidence,
};

export const outcomes = ['allocate-directly', 'send-to-panel', 'return-for-information', 'signpost'] as const;

const listed = (kinds: Sealed<readonly string[]>) => new Intl.ListFormat('en-GB').format(reveal(kinds, ['(erased)']).map(spelt));

const decided = {
  'allocate-directly': 'support is allocated directly',
  'send-to-panel': 'it goes to a panel',
  'return-for-information': 'it goes back for more information',
  signpost: 'the family is signposted elsewhere',
} satisfies Record<(typeof outcomes)[number], string>;

export const RequestSubmitted = defineEvent(
  'targeted-support.RequestSubmitted.v1',
  { ...asked, persons: z.array(PersonId).min(1), hopedFor: story() },
  ({ kinds, hopedFor }) => `The Lead Professional requested Targeted Support (${listed(kinds)}). Hoped for: ${revealText(hopedFor)}`,
);

/** TS-08 */
export const SpecialistReferralPrompted = defineEvent(
  'targeted-support.SpecialistReferralPrompted.v1',
  { requestId: Uuid, service: sealed(z.enum(specialistServices), sealedCode) },
  ({ service }) =>
    `A prompt: a need for ${isErased(service) ? '(erased)' : specialistWords[service]} is referred there directly, not through a panel (TS-08).`,
);

/** TS-04. What follows from the outcome is an event of its own behind it. */
export const RequestTriaged = defineEvent(
  'targeted-support.RequestTriaged.v1',
  {
    requestId: Uuid,
    outcome: code(outcomes),
    reasons: story(),
    evidence: z.strictObject({ leadProfessional: leadProfessional.nullable(), consents, seenUpTo }),
  },
  ({ outcome, reasons }) => `The request for Targeted Support was triaged: ${decided[outcome]}. Reasons: ${revealText(reasons)}`,
);

export const SupportAllocated = defineEvent(
  'targeted-support.SupportAllocated.v1',
  { requestId: Uuid, provider: code(supportProviders), organisation: OrganisationId, supportKind: sealed(handle(), sealedCode) },
  ({ provider, supportKind }) =>
    `Targeted Support was allocated (${spelt(revealText(supportKind))}) to ${provider === 'commissioned-provider' ? 'a commissioned provider' : 'a Targeted Support team'}.`,
);

const panelWords = { complex: 'the needs are complex', 'wider-discussion': 'it would benefit from a wider discussion' };

export const RequestSentToPanel = defineEvent(
  'targeted-support.RequestSentToPanel.v1',
  { requestId: Uuid, panel: handle(), because: sealed(z.enum(panelReasons), sealedCode) },
  ({ panel, because }) => `The request was sent to the panel (${panel}), because ${isErased(because) ? '(erased)' : panelWords[because]}.`,
);

export const RequestReturned = defineEvent(
  'targeted-support.RequestReturned.v1',
  { requestId: Uuid, asked: story() },
  ({ asked }) => `The request was returned to the Lead Professional for more information: ${revealText(asked)}`,
);

export const FamilySignposted = defineEvent(
  'targeted-support.FamilySignposted.v1',
  { requestId: Uuid, to: story() },
  ({ to }) => `Instead of Targeted Support the family was signposted to: ${revealText(to)}`,
);

/** TS-04: told to the Lead Professional. */
export const LeadProfessionalTold = defineEvent(
  'targeted-support.LeadProfessionalTold.v1',
  { requestId: Uuid, leadProfessional, outcome: code(outcomes) },
  ({ outcome }) => `The Lead Professional was told the outcome of the triage and its reasons: ${decided[outcome]}.`,
);

export const InformationProvided = defineEvent(
  'targeted-support.InformationProvided.v1',
  { ...asked, information: story() },
  ({ information }) =>
    `The Lead Professional gave the information asked for, and the request awaits triage again: ${revealText(information)}`,
);

export const RequestWithdrawn = defineEvent(
  'targeted-support.RequestWithdrawn.v1',
  { requestId: Uuid, reasons: story() },
  ({ reasons }) => `The request for Targeted Support was withdrawn. Reasons: ${revealText(reasons)}`,
);

export const requestEvents = [
  RequestSubmitted,
  SpecialistReferralPrompted,
  RequestTriaged,
  SupportAllocated,
  RequestSentToPanel,
  RequestReturned,
  FamilySignposted,
  LeadProfessionalTold,
  InformationProvided,
  RequestWithdrawn,
] as const;

export type RequestEvent = EventOf<(typeof requestEvents)[number]>;
