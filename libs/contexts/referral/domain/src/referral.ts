import type { AnyEventDefinition } from '@waymark/kernel';
import { contact } from './contact/contact.js';
import { hubEnquiry } from './hub-enquiry/hub-enquiry.js';
import { mashEnquiry } from './mash-enquiry/mash-enquiry.js';
import { openHubEnquiry, returnToMash } from './workflows/hub-enquiry.js';
import { concludeTriage, openMashEnquiry } from './workflows/mash-enquiry.js';
import { tellReferrer } from './workflows/tell-referrer.js';

/** Every event that referral writes. */
export const referralEvents: readonly AnyEventDefinition[] = [...contact.events, ...mashEnquiry.events, ...hubEnquiry.events];

export const referralAggregates = { contact, mashEnquiry, hubEnquiry } as const;

export const referralWorkflows = { openMashEnquiry, concludeTriage, openHubEnquiry, returnToMash, tellReferrer } as const;
