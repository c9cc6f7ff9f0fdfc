import type { GroundName } from './grounds.js';
import { does, shows, type AccessPolicy } from './policy.js';

// ACC-01, as one table: what may be done and seen, and on which grounds. What is not here nobody may.

/** Those who work with the family. */
const aroundTheFamily = [
  'agencyAroundTheFamily',
  'leadProfessional',
  'proposedLeadProfessional',
  'teamMember',
  'contributor',
  'involvedService',
  'managerOfOwnStaff',
] as const satisfies readonly GroundName[];
const hubAndSupport = ['hubCoordinator', 'supportOfficer'] as const;
/** EHA-02: any partner agency that knows the family of its own contact, by recommendation or by consent begins the work. */
const whoBegins = ['contactMaker', 'recommendedAgency', ...aroundTheFamily, 'hubCoordinator'] as const;
const readsForSafeguarding = ['triageOfficerForSafeguarding', 'socialWorkerForSafeguarding'] as const;
const readsTheWork = [...aroundTheFamily, 'requestRecipient', 'provider', ...hubAndSupport, ...readsForSafeguarding, 'auditor'] as const;
const readsRequests = [
  ...aroundTheFamily,
  'requestRecipient',
  'provider',
  ...hubAndSupport,
  'targetedSupportManager',
  'panelMember',
] as const;
/**
 * The whole history tells what every service knows, a MASH enquiry and who made a contact among it: for those who may read that too. Others read each record
 * where it is kept, until a history can withhold entry by entry.
 */
const readsHistory = [...readsForSafeguarding, 'auditor'] as const;

export const practicePolicy: AccessPolicy = {
  // The front door
  ...does('contact.make', 'whoeverMakesAContact', ...whoBegins, 'supportOfficer', 'triageOfficer'),
  ...does('contact.triage', 'triageOfficer'),
  ...does('mash-enquiry.work', 'triageOfficer'),
  ...does('hub-enquiry.decide', 'hubCoordinator'),
  ...shows(
    'a contact',
    'contact.read',
    'makerOfThisContact',
    'recommendedAgency',
    'leadProfessional',
    'managerOfOwnStaff',
    'triageOfficer',
    'hubCoordinator',
    'socialWorkerForSafeguarding',
    'auditor',
  ),
  ...shows('a MASH enquiry', 'mash-enquiry.read', 'triageOfficer', 'socialWorkerForSafeguarding', 'auditor'),
  ...shows('a hub enquiry', 'hub-enquiry.read', 'hubCoordinator', 'triageOfficer', 'recommendedAgency', 'auditor'),

  // Consent and assessment
  ...does('consent.record', ...whoBegins),
  ...does('concern.raise', 'onceRelated', 'managerOfOwnStaff', 'triageOfficer', ...hubAndSupport, 'targetedSupportManager'),
  ...does('assessment.open', ...whoBegins),
  ...does('assessment.contribute', ...aroundTheFamily, 'hubCoordinator'),
  ...does('assessment.finish', ...aroundTheFamily, 'hubCoordinator'),
  ...does('assessment.check', ...aroundTheFamily, 'hubCoordinator'),
  ...does('assessment.close', ...whoBegins),
  ...shows(
    'a consent ledger',
    'consent.read',
    ...whoBegins,
    'supportOfficer',
    'requestRecipient',
    'triageOfficer',
    ...readsForSafeguarding,
    'auditor',
  ),
  ...shows(
    'an entry of a consent ledger',
    'consent.read',
    ...whoBegins,
    'supportOfficer',
    'requestRecipient',
    'triageOfficer',
    ...readsForSafeguarding,
    'auditor',
  ),
  ...shows("a family's assessments", 'assessment.read', ...readsTheWork),
  ...shows('an assessment', 'assessment.read', ...readsTheWork),

  // Planning
  ...does('episode.lead', ...aroundTheFamily, ...hubAndSupport),
  ...does('episode.supervise', ...aroundTheFamily),
  ...does('episode.check-in', ...aroundTheFamily, ...hubAndSupport),
  ...does('episode.change', ...aroundTheFamily, ...hubAndSupport),
  ...does('meeting.change', ...aroundTheFamily, ...hubAndSupport),
  ...does('plan.change', ...aroundTheFamily, ...hubAndSupport),
  ...does('note.write', ...aroundTheFamily, ...hubAndSupport),
  ...shows('an episode', 'episode.read', ...readsTheWork),
  ...shows("a family's meeting", 'episode.read', ...readsTheWork),
  ...shows("a family's meetings", 'episode.read', ...readsTheWork),
  ...shows("a family's plan", 'episode.read', ...readsTheWork),
  ...shows("a family's case notes", 'episode.read', ...readsTheWork),

  // Targeted Support
  ...does('request.submit', ...aroundTheFamily, 'hubCoordinator'),
  ...does('request.change', ...aroundTheFamily, 'hubCoordinator', 'targetedSupportManager'),
  ...does('request.triage', ...aroundTheFamily, 'targetedSupportManager'),
  ...shows('a request for Targeted Support', 'request.read', ...readsRequests, ...readsForSafeguarding, 'auditor'),

  // Lists: each shows the records that its reader may read one by one
  ...shows(
    'the list of contacts',
    'contact.read',
    'makerOfThisContact',
    'recommendedAgency',
    'leadProfessional',
    'managerOfOwnStaff',
    'triageOfficer',
    'hubCoordinator',
    'socialWorkerForSafeguarding',
    'auditor',
  ),
  ...shows('the list of assessments', 'assessment.read', ...readsTheWork),
  ...shows('the list of episodes', 'episode.read', ...readsTheWork),
  ...shows('the list of deadlines', 'episode.read', ...readsTheWork),
  ...shows('the list of requests', 'request.read', ...readsRequests, ...readsForSafeguarding, 'auditor'),
  ...shows('the list of cases', 'case.summary', 'contactMaker', 'recommendedAgency', ...readsTheWork, 'triageOfficer'),

  // A case from its record
  ...shows('the summary of a case', 'case.summary', 'contactMaker', 'recommendedAgency', ...readsTheWork, 'triageOfficer'),
  ...shows('the chronology of a case', 'case.history', ...readsHistory),
  ...shows('the replay of a case', 'case.history', ...readsHistory),
  ...shows('the state of a case', 'case.history', ...readsHistory),

  // The platform
  ...does('platform.operate', 'operator'),
  ...shows('how the platform runs', 'platform.see', 'operatorOrAuditor'),
  ...shows('what is parked', 'parked.read', 'operatorOrAuditor'),
  ...shows('what was counted of what is erased', 'statistics.see', 'operatorOrAuditor'),
  ...shows('how many cases there are', 'overview.see', 'professionalOrAuditor'),
};
