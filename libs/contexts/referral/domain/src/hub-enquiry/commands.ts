import type { Command, OrganisationId, Uuid } from '@waymark/kernel';
import type { HubEnd } from '../outcomes.js';

/** Issued by a workflow when a triage ends in a hub enquiry. */
export interface OpenHubEnquiry extends Command<'OpenHubEnquiry'> {
  readonly hubEnquiryId: Uuid;
  readonly contactId: Uuid;
}

export interface DecideHubEnquiry extends Command<'DecideHubEnquiry'> {
  readonly end: HubEnd;
  /** To whom an assessment is recommended. */
  readonly agency: OrganisationId | null;
  readonly rationale: string;
}

export type HubEnquiryCommand = OpenHubEnquiry | DecideHubEnquiry;
