import type { EventOf, Intent, WorkflowInput } from '@waymark/kernel';
import type { TellReferrer } from '../contact/commands.js';
import { contact } from '../contact/contact.js';
import { ContactTriaged } from '../contact/events.js';
import { HubEnquiryDecided } from '../hub-enquiry/events.js';
import type { HubEnd } from '../outcomes.js';
import { processOf } from './process.js';

type Input = EventOf<typeof ContactTriaged> | EventOf<typeof HubEnquiryDecided>;

/** FD-12: as soon as the outcome is final, whoever made the contact is told it. */
export const tellReferrer = processOf<Input>('tell-referrer', [ContactTriaged.type, HubEnquiryDecided.type], (input, caseId) => {
  const hubEnd = finalEnd(input);
  if (hubEnd === undefined) return undefined;
  const { contactId } = input.data;
  const command: Intent<TellReferrer> = { kind: 'TellReferrer', caseId, contactId, hubEnd, way: null };
  return { aggregate: contact.name, id: contactId, command };
});

/** The hub's end, null where the triage was final by itself, undefined while somebody still has to decide. */
const finalEnd = (input: WorkflowInput<Input>): HubEnd | null | undefined => {
  if (input.type === ContactTriaged.type) return input.data.outcome === 'early-help-hub-enquiry' ? undefined : null;
  return input.data.end === 'back-to-mash' ? undefined : input.data.end;
};
