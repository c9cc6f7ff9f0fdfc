import type { Aggregate } from '@waymark/kernel';
import type { PolicyPack } from '@waymark/policy';
import type { HubEnquiryCommand } from './commands.js';
import { decide } from './decide.js';
import { hubEnquiryEvents, type HubEnquiryEvent } from './events.js';
import { evolve } from './evolve.js';
import { noHubEnquiry, type HubEnquiry } from './state.js';

/** An Early Help Hub enquiry on a contact below the statutory threshold. Streams `referral.hub-enquiry-<enquiry>`. */
export const hubEnquiry: Aggregate<HubEnquiryCommand, HubEnquiryEvent, HubEnquiry, PolicyPack> = {
  name: 'referral.hub-enquiry',
  events: hubEnquiryEvents,
  initial: noHubEnquiry,
  decide,
  evolve,
};
