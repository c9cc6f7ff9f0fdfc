import { notPermitted, refuse, type Policy } from '@waymark/kernel';
import type { PolicyPack } from '@waymark/policy';
import { hubEnds } from '../outcomes.js';
import { isWritten } from '../written.js';
import type { DecideHubEnquiry } from './commands.js';
import type { HubEnquiry } from './state.js';

type HubPolicy = Policy<DecideHubEnquiry, HubEnquiry, PolicyPack>;

/** FD-06. */
const aHubCoordinatorDecides: HubPolicy = ({ meta }) =>
  meta.actor.role === 'hub-coordinator' ? undefined : notPermitted('Only an Early Help Hub co-ordinator does a hub enquiry.');

/** FD-06. */
const oneOfThreeEnds: HubPolicy = ({ end }) =>
  hubEnds.includes(end)
    ? undefined
    : refuse('FD-06', 'A hub enquiry ends in an assessment recommended to a named agency, in advice, or back at the MASH.', {
        field: 'end',
      });

/** FD-06: an assessment is recommended to somebody, and nothing else is. */
const anAssessmentNamesItsAgency: HubPolicy = ({ end, agency }) => {
  if (end === 'eha-recommended' && agency === null)
    return refuse('FD-06', 'Name the agency to which the Early Help Assessment is recommended.', { field: 'agency' });
  return end !== 'eha-recommended' && agency !== null
    ? refuse('FD-06', 'An agency is named only where an assessment is recommended to it. Leave it out.', { field: 'agency' })
    : undefined;
};

/** GEN-01: every decision says why. */
const rationaleIsWritten: HubPolicy = ({ rationale }) =>
  isWritten(rationale) ? undefined : refuse('GEN-01', 'Say in writing why the enquiry ends so.', { field: 'rationale' });

/** GEN-02. */
const notBeforeItsOpening: HubPolicy = ({ meta }, enquiry) =>
  enquiry.status !== 'none' && meta.occurredAt < enquiry.openedAt
    ? refuse('GEN-02', 'The enquiry was not open yet at that moment. Give the moment at which it happened.', { field: 'occurredAt' })
    : undefined;

export const decidePolicies: readonly HubPolicy[] = [
  aHubCoordinatorDecides,
  oneOfThreeEnds,
  anAssessmentNamesItsAgency,
  rationaleIsWritten,
  notBeforeItsOpening,
];
