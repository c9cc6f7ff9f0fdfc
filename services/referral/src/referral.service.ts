import { relationshipsProjection, type ServiceDefinition } from '@waymark/nest';
import { referralContracts } from '@waymark/referral-contracts';
import {
  ContactTriaged,
  HubEnquiryDecided,
  MashEnquiryDecided,
  MashEnquiryRequested,
  referralAggregates,
  referralDeadlines,
  referralEvents,
  referralRelationships,
  referralWorkflows,
} from '@waymark/referral-domain';
import { answers } from './answers.js';
import { cases } from './cases.projection.js';
import { inbox } from './inbox/inbox.projection.js';
import { publish } from './publish.js';
import { ReferralModule } from './referral.module.js';

const { openMashEnquiry, concludeTriage, openHubEnquiry, returnToMash, tellReferrer } = referralWorkflows;

/** The front door: contacts, their triage, the MASH's enquiries and the hub's. */
export const referralService: ServiceDefinition = {
  name: 'referral',
  module: ReferralModule,
  aggregates: Object.values(referralAggregates),
  events: referralEvents,
  deadlines: referralDeadlines,
  publishes: { contracts: referralContracts, publish },
  projections: [cases, inbox, relationshipsProjection('referral', [referralRelationships])],
  replicas: [],
  workflows: [
    { workflow: openMashEnquiry, over: 'own-events', handles: [MashEnquiryRequested] },
    { workflow: concludeTriage, over: 'own-events', handles: [MashEnquiryDecided] },
    { workflow: openHubEnquiry, over: 'own-events', handles: [ContactTriaged] },
    { workflow: returnToMash, over: 'own-events', handles: [HubEnquiryDecided] },
    { workflow: tellReferrer, over: 'own-events', handles: [ContactTriaged, HubEnquiryDecided] },
  ],
  answers,
};
